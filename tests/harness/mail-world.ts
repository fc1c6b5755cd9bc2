import { deleteDB } from 'idb';
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import type { AccountHealth, AccountView } from '../../utils/accounts/accounts.ts';
import type { AttachmentReference, DraftContent } from '../../utils/mail/mail.ts';
import { createNetwork, type CallRecord } from '../../utils/network/network.ts';
import {
  createMailStore,
  createOutbox,
  type MailEvent,
  type MailStore,
  type MailView,
  type Outbox,
  type SendingAccounts,
  type SendingChoices,
} from '../../utils/outbox/outbox.ts';
import { secret, type Alarms, type Clock, type EpochMs } from '../../utils/platform/platform.ts';
import { createGmail } from '../../utils/providers/gmail/gmail.ts';
import type { MailProvider, Rung } from '../../utils/providers/providers.ts';
import { createKeyStore, createVault, type Vault } from '../../utils/vault/vault.ts';
import { createGooglePeer, type GooglePeer } from '../peers/google/google-peer.ts';
import { DEMO_ACCOUNTS, demoClient } from '../peers/google/google-defaults.ts';
import { createHostRouter, type HostRouter } from '../peers/host-router.ts';
import { peerFetch } from '../peers/peer-fetch.ts';
import { createDyingWorker } from './dying-dependencies.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeStorageArea } from './fake-storage.ts';
import { openOutlookHome, type OutlookHome } from './outlook-home.ts';
import { quickPassphrases } from './quick-passphrases.ts';
import { createTestRandom } from './test-random.ts';
import { PLAIN_ACCOUNT } from './plain-account.ts';

/** The world around one outbox: what outlives a worker, and what happens outside of it. */
export interface MailWorld {
  readonly router: HostRouter;
  readonly google: GooglePeer;
  /** Null unless the accounts are at Outlook. */
  readonly outlook: OutlookHome | null;
  readonly clock: FakeClock;
  readonly store: MailStore;
  readonly vault: Vault;
  readonly accounts: FakeAccounts;
  /** Hosts that the person has allowed. Assign to change. */
  readonly allowedHosts: Set<string>;
  /** Alarms that are set now. */
  readonly alarms: Map<string, EpochMs>;
  readonly events: MailEvent[];
  readonly calls: CallRecord[];
  /** What went wrong inside, as the log got it. */
  readonly reports: unknown[];
  online: boolean;
  /** What the person chose. No undo window, unless a test wants one. */
  choices: SendingChoices;
  /** False: two workers that live at once don't keep each other out. */
  locks: boolean;
  /** A new worker over the same stores. `dying` wraps what it works with. */
  worker(dying?: Dying): Outbox;
  /** Wipes what is stored, for good: a run of thousands of worlds would fill the memory with it. */
  forget(): Promise<void>;
  /** Every worker so far has ended: what it was waiting for by its own clock never comes. */
  endWorkers(): void;
  /** The mails that the provider has accepted. */
  accepted(): number;
}

/** What a worker works with, for a harness that lets it die at one of its calls. */
export interface WorkerParts {
  readonly store: MailStore;
  readonly vault: Pick<Vault, 'seal' | 'open' | 'isOpen'>;
  readonly accounts: SendingAccounts;
  readonly alarms: Alarms;
  readonly fetch: typeof globalThis.fetch;
  readonly canReadAllHeaders: (host: string) => Promise<boolean>;
}

/** A worker that may end: its wrapped parts, and when it has ended (its locks are let go then). */
export interface Dying {
  wrap(parts: WorkerParts): WorkerParts;
  readonly ended: Promise<void>;
  /** Ends it now, at whatever it is. */
  end(): void;
}

const ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const HOSTS = ['gmail.googleapis.com', 'oauth2.googleapis.com', 'openidconnect.googleapis.com'];
const SEND_SCOPES = ['openid', 'email', 'https://www.googleapis.com/auth/gmail.send'];
/** A life of this many alarms is more than any mail needs. */
const MOST_ALARMS = 60;
/** As platform.ts says of alarms. */
const ALARM_PERIOD_MS = 60_000;

/**
 * A fresh device with one linked account, and a Google of its own. `outlook` names rights: then the
 * account is at Outlook, and has those.
 */
export function createMailWorld(at: { readonly outlook?: readonly Rung[] } = {}): MailWorld {
  const clock = createFakeClock();
  const router = createHostRouter({ clock });
  const client = demoClient([]);
  const google = createGooglePeer({
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [client],
    clock: { now: () => clock.now(), advance: (ms) => clock.jump(ms) },
  });
  router.mount(google);
  const random = createTestRandom();
  const allowedHosts = new Set<string>();
  const alarms = new Map<string, EpochMs>();
  const grant = (account: string): string =>
    google.grant({ account, client: client.id, scopes: SEND_SCOPES }).accessToken;
  const vault = createVault({
    keys: createKeyStore({ databaseName: randomUUID() }),
    random,
    clock,
    local: createFakeStorageArea(),
    session: createFakeStorageArea(),
    onUnfinishedChange: () => undefined,
    crypto: quickPassphrases(),
  });
  const outlook = at.outlook ? openOutlookHome(router, clock) : null;
  const accounts = createFakeAccounts({ grant, clock, outlook });
  accounts.grantedRungs = [...(at.outlook ?? ['send'])];
  const events: MailEvent[] = [];
  const calls: CallRecord[] = [];
  const reports: unknown[] = [];
  const locks = createLocks();
  const databaseName = randomUUID();
  const living = new Set<Dying>();
  const world: MailWorld = {
    router,
    google,
    outlook,
    clock,
    store: createMailStore(databaseName),
    forget: () => deleteDB(databaseName),
    vault,
    accounts,
    allowedHosts,
    alarms,
    events,
    calls,
    reports,
    online: true,
    choices: { undoSeconds: 0, lateToleranceMinutes: 60, receiptRetentionDays: 30 },
    locks: true,
    accepted: () => (outlook?.microsoft ?? google).deliveries.length,
    endWorkers() {
      for (const one of living) one.end();
      living.clear();
    },
    worker(dying = createDyingWorker(null, breakNothing)) {
      living.add(dying);
      const ownClock: Clock = {
        now: () => clock.now(),
        async sleep(delayMs, signal) {
          await clock.sleep(delayMs, signal);
          if (!living.has(dying)) await new Promise<never>(() => undefined);
        },
      };
      const whole: WorkerParts = {
        store: world.store,
        vault,
        accounts,
        alarms: {
          setAt: (name, at) => later(() => void alarms.set(name, at)),
          clear: (name) => later(() => void alarms.delete(name)),
        },
        fetch: peerFetch(router, {
          origin: ORIGIN,
          hostPermissions: () => [...allowedHosts],
          online: () => world.online,
        }),
        canReadAllHeaders: (host) => later(() => allowedHosts.has(host)),
      };
      const parts = dying.wrap(whole);
      const network = createNetwork({
        fetch: parts.fetch,
        clock,
        hosts: outlook?.hosts ?? HOSTS,
        isOnline: () => world.online,
        record: (call) => calls.push(call),
        hasHostPermission: parts.canReadAllHeaders,
      });
      accounts.use(outlook?.create({ network, clock }) ?? createGmail({ network, clock }));
      return createOutbox({
        ...parts,
        clock: ownClock,
        random,
        keepAlive: { during: (work) => work() },
        exclusively: (name, work) => {
          const owned = () => Promise.race([work(), never(dying.ended)]);
          return world.locks ? locks(name, owned) : owned();
        },
        isOnline: () => world.online,
        choices: () => later(() => world.choices),
        log: { report: (_where, error) => reports.push(error) },
        recordEvent: (event) => events.push(event),
        onChange: () => undefined,
      });
    },
  };
  return world;
}

/** Something happened that starts a worker; afterwards life goes on by alarms. */
export async function liveOn(world: MailWorld, alarms = MOST_ALARMS): Promise<void> {
  await world.worker().run();
  await liveByAlarms(world, alarms);
}

/**
 * Nothing but alarms wakes a worker, until none is set: whatever depends on another event is stuck.
 * The first alarm ends a worker in the middle of what it was at: `liveOn` lets it finish that first.
 */
export async function liveByAlarms(world: MailWorld, alarms = MOST_ALARMS): Promise<void> {
  for (let woken = 0; woken < alarms && (await alarmRings(world)); woken++) {
    await world.worker().run();
  }
}

/**
 * The next alarm rings, and will ring again in a minute unless it is set anew. False when there is
 * none. No worker has lived until then.
 */
export async function alarmRings(world: MailWorld): Promise<boolean> {
  const [next] = [...world.alarms].sort((a, b) => a[1] - b[1]);
  if (!next) return false;
  const [name, at] = next;
  world.endWorkers();
  await world.clock.advance(Math.max(0, at - world.clock.now()));
  world.alarms.set(name, world.clock.now() + ALARM_PERIOD_MS);
  return true;
}

/** Makes a draft to be sent. */
export async function writeDraft(
  world: MailWorld,
  content: Partial<DraftContent> = {},
  accountId = ACCOUNT_ID,
): Promise<string> {
  const draft = await world.worker().createDraft({
    accountId,
    content: draftOf(content),
    suggestions: [],
  });
  return draft.id;
}

/** Hands a file over as a page does, and gives what the draft names it by. */
export async function attachFile(
  outbox: Outbox,
  mailId: string,
  bytes: Uint8Array,
): Promise<AttachmentReference> {
  const sizeBytes = bytes.length;
  const begun = await outbox.beginFile({ mailId, sizeBytes });
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  const { fileId, pieceBytes } = begun;
  for (let index = 0; index === 0 || index * pieceBytes < sizeBytes; index += 1) {
    const piece = bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes);
    const put = await outbox.putPiece({ mailId, fileId, index, bytes: piece });
    if (put.kind !== 'stored') throw new Error(put.kind);
  }
  const end = await outbox.finishFile({ mailId, fileId });
  if (end.kind !== 'complete') throw new Error(end.kind);
  return {
    id: fileId,
    fileName: 'plan.bin',
    mediaType: 'application/octet-stream',
    sizeBytes,
    contentId: null,
  };
}

/** Makes a draft with a file, as a page does: first the draft, then the file, then the draft that names it. */
export async function writeDraftWithFile(
  world: MailWorld,
  bytes: Uint8Array,
  content: Partial<DraftContent> = {},
): Promise<string> {
  const id = await writeDraft(world, content);
  const worker = world.worker();
  const file = await attachFile(worker, id, bytes);
  const saved = await worker.saveDraft({
    id,
    accountId: ACCOUNT_ID,
    revision: 1,
    content: draftOf({ ...content, attachments: [file] }),
  });
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  return id;
}

/** Bytes in which no two places look alike. */
export function fileBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => Math.imul(at + 1, 2654435761) >>> 21);
}

/** A draft's content that can be sent. */
export function draftOf(content: Partial<DraftContent> = {}): DraftContent {
  return {
    to: [{ name: 'Ann', address: 'ann@example.com' }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: 'A fence of larch',
    text: 'Hello Ann,\nit is ready.\n',
    html: null,
    attachments: [],
    threading: null,
    fromAlias: null,
    ...content,
  };
}

/** What a page sees of one mail. @throws Error when there is none. */
export async function viewOf(world: MailWorld, id: string): Promise<MailView> {
  const view = await world.worker().show(id);
  if (!view) throw new Error(`no mail ${id}`);
  return view;
}

/** Ada's account, which writes the drafts, and Grace's. */
export const ACCOUNT_ID = '6f1c1f57-0000-4000-8000-000000000001';
/** Grace's account. */
export const OTHER_ACCOUNT_ID = '6f1c1f57-0000-4000-8000-000000000002';

const PEOPLE = new Map<string, { readonly email: string; readonly name: string }>([
  [ACCOUNT_ID, DEMO_ACCOUNTS.ada],
  [OTHER_ACCOUNT_ID, DEMO_ACCOUNTS.grace],
]);

/** Accounts without a browser, whose tokens come straight from the peer. What is set holds for both. */
export interface FakeAccounts extends SendingAccounts {
  health: AccountHealth;
  grantedRungs: AccountView['grantedRungs'];
  otherSenders: AccountView['otherSenders'];
  linked: boolean;
  /** Says in every token's place what is set here. */
  instead: Awaited<ReturnType<SendingAccounts['token']>> | null;
  readonly used: number;
  /** How often a token was asked for. */
  readonly asked: number;
  use(provider: MailProvider): void;
}

function createFakeAccounts(from: {
  readonly grant: (account: string) => string;
  readonly clock: FakeClock;
  readonly outlook: OutlookHome | null;
}): FakeAccounts {
  const { grant, outlook } = from;
  let provider: MailProvider | null = null;
  const tokens = new Map<string, string>();
  let [used, asked] = [0, 0];
  const fake: FakeAccounts = {
    health: { kind: 'works' },
    grantedRungs: ['send'],
    otherSenders: [],
    linked: true,
    instead: null,
    get used() {
      return used;
    },
    get asked() {
      return asked;
    },
    use: (gmail) => {
      provider = gmail;
    },
    provider: () => provider,
    get: (id) => later(() => (fake.linked ? accountView(id, fake, from) : null)),
    token: (id, rung, options) =>
      later(() => {
        asked += 1;
        if (fake.instead) return fake.instead;
        if (!fake.grantedRungs.includes(rung)) return { kind: 'missing-right', rung };
        const key = `${id} ${rung}`;
        const kept = options?.rejected === true ? undefined : tokens.get(key);
        const token = kept ?? outlook?.grant(rung) ?? grant(PEOPLE.get(id)?.email ?? '');
        tokens.set(key, token);
        return { kind: 'token', token: secret(token) };
      }),
    noteHealth: (_id, health) =>
      later(() => {
        fake.health = health;
      }),
    markUsed: () =>
      later(() => {
        used += 1;
      }),
  };
  return fake;
}

function accountView(
  id: string,
  {
    health,
    grantedRungs,
    otherSenders,
  }: Pick<FakeAccounts, 'health' | 'grantedRungs' | 'otherSenders'>,
  { clock, outlook }: { readonly clock: FakeClock; readonly outlook: OutlookHome | null },
): AccountView | null {
  const person = PEOPLE.has(id) && outlook ? outlook.person : PEOPLE.get(id);
  if (!person) return null;
  return {
    ...PLAIN_ACCOUNT,
    id,
    providerId: outlook ? 'outlook' : 'gmail',
    providerName: outlook ? 'Outlook' : 'Gmail',
    address: person.email,
    name: person.name,
    otherSenders,
    grantedRungs,
    health,
    grant: 'lasting',
    limits: null,
    linkedAt: clock.now(),
    lastUsedAt: null,
  };
}

/** Web Locks: one holder of a name at a time. */
function createLocks(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const held = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = held.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    held.set(name, mine);
    return mine;
  };
}

function breakNothing(): Promise<void> {
  return Promise.resolve();
}

/** Who waits for an ended worker waits for ever, but what it held is free. */
async function never(ended: Promise<void>): Promise<never> {
  await ended;
  throw new Error('the worker has ended');
}

/** The browser's answers come in a later turn, never within the call. */
async function later<T>(act: () => T): Promise<T> {
  await Promise.resolve();
  return act();
}
