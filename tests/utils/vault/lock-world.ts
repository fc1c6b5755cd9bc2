import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { createMailStore, type MailStore } from '../../../utils/outbox/outbox.ts';
import { draftRecord } from '../../../utils/outbox/store/mail-record.ts';
import { sealMailsAnew } from '../../../utils/outbox/seal-mails-anew.ts';
import {
  openContent,
  openHandle,
  sealContent,
  sealHandle,
} from '../../../utils/outbox/sealed-mail.ts';
import { secret, type StorageArea } from '../../../utils/platform/platform.ts';
import {
  createSealedRecords,
  createVault,
  type KeyStore,
  type SealedHolder,
  type SealedRecords,
  type Vault,
} from '../../../utils/vault/vault.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea, type FakeStorageArea } from '../../harness/fake-storage.ts';
import { draftOf } from '../../harness/mail-world.ts';
import { freshKeyStore, strongRandom } from './test-vault.ts';

export const OLD = secret('an old passphrase of four words');
export const NEW = secret('another one with other words');

/** Passes a call on, or ends the worker at it. */
export type Through = <T>(name: string, call: () => Promise<T>) => Promise<T>;

/** What outlives a worker: every store there is. */
export interface LockWorld {
  readonly clock: FakeClock;
  readonly keys: KeyStore;
  readonly local: FakeStorageArea;
  session: FakeStorageArea;
  readonly mails: MailStore;
}

/** A vault and everything that is sealed by it, as one worker has them. */
export interface LockWorker {
  readonly vault: Vault;
  readonly accounts: SealedRecords<string>;
  readonly tokens: SealedRecords<string>;
  readonly mails: MailStore;
  readonly holders: readonly SealedHolder[];
  /** How often the vault said that a change is unfinished. */
  unfinished(): number;
}

export function createLockWorld(): LockWorld {
  return {
    clock: createFakeClock(),
    keys: freshKeyStore(),
    local: createFakeStorageArea(),
    session: createFakeStorageArea(),
    mails: createMailStore(randomUUID()),
  };
}

const live: Through = (_name, call) => call();

/** A new worker over the same stores; each of its calls to them goes `through`. */
export function workerOf(world: LockWorld, through: Through = live): LockWorker {
  const local = wrapped<StorageArea>('local', world.local, through);
  const session = wrapped<StorageArea>('session', world.session, through);
  const mails = wrapped('mails', world.mails, through);
  let unfinished = 0;
  const vault = createVault({
    keys: wrapped('keys', world.keys, through),
    random: strongRandom,
    clock: world.clock,
    local,
    session,
    onUnfinishedChange: () => void (unfinished += 1),
    crypto: { subtle: quick },
  });
  const schema = (): z.ZodMiniType<string> => z.string();
  const accounts = createSealedRecords({ vault, area: local, kind: 'account', version: 1, schema });
  const tokens = createSealedRecords({
    vault,
    area: session,
    kind: 'access-token',
    version: 1,
    schema,
  });
  const outbox: SealedHolder = { sealAnew: (anew) => sealMailsAnew(mails, anew) };
  return {
    vault,
    accounts,
    tokens,
    mails,
    holders: [accounts, tokens, outbox],
    unfinished: () => unfinished,
  };
}

const ACCOUNTS = { a1: 'ada@example.com', a2: 'grace@example.com' };
const TOKEN = 'ya29.token';
const MAIL = 'mail-1';
const HANDLE = 'https://gmail.googleapis.com/upload?id=1';

/** Something of every kind that is sealed. */
export async function fill({ vault, accounts, tokens, mails }: LockWorker): Promise<void> {
  for (const [id, address] of Object.entries(ACCOUNTS)) await accounts.put(id, address);
  await tokens.put('t1', TOKEN);
  const content = {
    content: draftOf(),
    suggestions: [],
    alsoFound: '',
    mergePlan: '',
    rejection: null,
    sharedFiles: [],
    unsubscribe: null,
    fixed: null,
  };
  const handle = await sealHandle(vault, { mailId: MAIL, attempt: 1 }, secret(HANDLE));
  await mails.add({
    record: {
      ...draftRecord(MAIL, 'a1', 0),
      earlier: { attempt: 1, handle, finalSliceAt: null },
    },
    content: await sealContent(vault, MAIL, content),
  });
}

/** Opens everything. @throws whatever does not open */
export async function readAll({ vault, accounts, tokens, mails }: LockWorker): Promise<unknown> {
  const stored = await mails.find(MAIL);
  const handle = stored?.record.earlier?.handle;
  if (!stored?.content || !handle) throw new Error('the mail is gone');
  return {
    accounts: await Promise.all(Object.keys(ACCOUNTS).map((id) => accounts.get(id))),
    token: await tokens.get('t1'),
    subject: (await openContent(vault, MAIL, stored.content)).content.subject,
    handle: (await openHandle(vault, { mailId: MAIL, attempt: 1 }, handle)).reveal(),
  };
}

/** What `readAll` gives when nothing was lost. Tokens lie in memory: gone with the browser. */
export const WHOLE = {
  accounts: Object.values(ACCOUNTS),
  token: TOKEN,
  subject: draftOf().subject,
  handle: HANDLE,
};

/** Derives with one round instead of 600,000: how a key is derived is held by the vectors. */
const quick: SubtleCrypto = new Proxy(crypto.subtle, {
  get(target, key) {
    if (key === 'deriveKey') {
      return (algorithm: Pbkdf2Params, ...rest: unknown[]) =>
        Reflect.apply(target.deriveKey.bind(target), target, [
          { ...algorithm, iterations: 1 },
          ...rest,
        ]) as Promise<CryptoKey>;
    }
    const member: unknown = Reflect.get(target, key);
    return typeof member === 'function' ? (member.bind(target) as unknown) : member;
  },
});

function wrapped<P extends object>(room: string, part: P, through: Through): P {
  return new Proxy(part, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      return (...args: unknown[]) =>
        through(`${room}.${key}`, () => Reflect.apply(member, target, args) as Promise<unknown>);
    },
  });
}
