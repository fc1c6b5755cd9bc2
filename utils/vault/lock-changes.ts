import type { Secret } from '../platform/platform.ts';
import { sameBytes, type Bytes } from './byte-layout.ts';
import { openRawWithDevice, wrapForDevice } from './device-wrap.ts';
import {
  decodeEnvelope,
  encodeEnvelope,
  WRAP_TYPES,
  type Envelope,
  type Wrap,
} from './envelope.ts';
import { newKeyId } from './key-id.ts';
import type { KeyStore, StoredKeys } from './key-store.ts';
import type { Keyring } from './keyring.ts';
import type { UnlockOutcome, VaultLock } from './lock.ts';
import type { OpenKeyStore } from './open-key.ts';
import { passkeyWrapOf, wrapByPasskey } from './passkey-wrap.ts';
import {
  calibratedRounds,
  openByPassphrase,
  wrapByPassphrase,
  type WrapTools,
} from './passphrase-wrap.ts';
import { openRetired, retire } from './retired-keys.ts';
import { existingKeys, readKeys } from './stored-keys.ts';
import type { UnlockTries } from './unlock-tries.ts';
import { orVaultError, VaultError } from './vault-error.ts';
import { heldKey, KEY_BYTES, wipe, type RawDataKey } from './wrapped-key.ts';

/** What the lock works with. */
export interface LockParts extends WrapTools {
  readonly keys: KeyStore;
  readonly openKey: OpenKeyStore;
  readonly keyring: Keyring;
  readonly tries: UnlockTries;
}

type WrapActs = Pick<
  VaultLock,
  'turnOff' | 'changePassphrase' | 'unlock' | 'addPasskey' | 'removePasskey'
>;

/** What needs the passphrase, and what changes who may open the data key. */
export function createWrapActs(parts: LockParts, onUnlocked: () => void): WrapActs {
  const { clock, keyring, openKey } = parts;
  return {
    unlock: (passphrase) =>
      withPassphrase(parts, passphrase, async ({ stored, raw }) => {
        onUnlocked();
        await goOn(parts, stored, raw);
      }),
    changePassphrase: async (passphrase, next) => {
      const rounds = await calibratedRounds(parts);
      return withPassphrase(parts, passphrase, async ({ stored, envelope, raw }) => {
        const by = { passphrase: next, rounds, now: clock.now() };
        const wrap = await wrapByPassphrase(parts, { head: envelope, raw }, by);
        await storeWraps(parts, stored, replaced(envelope, WRAP_TYPES.passphrase, wrap));
      });
    },
    turnOff: (passphrase) =>
      withPassphrase(parts, passphrase, async ({ stored, envelope, raw }) => {
        const forDevice = await wrapForDevice({ ...parts, now: clock.now() }, envelope, raw);
        const next = { ...stored, ...forDevice };
        await replaceKeys(parts, stored, next);
        await keyring.take(next, raw);
        onUnlocked();
        // The device opens it from here on: what is left of it in memory says nothing new.
        await openKey.remove();
      }),
    addPasskey: (passphrase, passkey) =>
      withPassphrase(parts, passphrase, async ({ stored, envelope, raw }) => {
        const by = { ...passkey, now: clock.now() };
        const wrap = await wrapByPasskey(parts, { head: envelope, raw }, by);
        await storeWraps(parts, stored, replaced(envelope, WRAP_TYPES.passkey, wrap));
      }),
    removePasskey: () =>
      keyring.inTurn(async () => {
        const stored = await existingKeys(parts);
        const envelope = decodeEnvelope(stored.envelope);
        if (!passkeyWrapOf(envelope)) return;
        await storeWraps(parts, stored, replaced(envelope, WRAP_TYPES.passkey, null));
      }),
  };
}

/** One strict transaction is the whole change: before it nothing has happened, after it everything has. */
export async function turnOn(
  parts: LockParts,
  by: { readonly passphrase: Secret; readonly rounds: number },
): Promise<void> {
  const { subtle, random, clock } = parts;
  const stored = await readKeys(parts);
  const before = stored && (await openRawWithDevice(stored, subtle));
  if (stored && !before) throw new VaultError('refused');
  const now = clock.now();
  const raw = { id: await newKeyId(random, subtle), bytes: random.bytes(KEY_BYTES) };
  try {
    const head = { keyId: raw.id, createdAt: now };
    const wrap = await wrapByPassphrase(parts, { head, raw }, { ...by, now });
    const next: StoredKeys = {
      deviceKey: null,
      envelope: encodeEnvelope({ ...head, wraps: [wrap] }),
      retired: stored && before ? await retiredBy(parts, raw, { stored, before }) : [],
    };
    if (stored) await replaceKeys(parts, stored, next);
    else await createKeys(parts, next);
    await goOn(parts, next, raw);
  } finally {
    wipe(raw, before);
  }
}

/** The key of now, and the keys that it had retired itself, under the new one. */
async function retiredBy(
  { subtle, random }: LockParts,
  raw: RawDataKey,
  { stored, before }: { readonly stored: StoredKeys; readonly before: RawDataKey },
): Promise<readonly Bytes[]> {
  const earlier = await openRetired(subtle, await heldKey(subtle, before), stored.retired);
  const dataKey = await heldKey(subtle, raw);
  const retired = await Promise.all(
    [before, ...earlier].map((key) => retire({ subtle, random }, dataKey, key)),
  );
  wipe(...earlier);
  return retired;
}

/** This worker goes on with the key, which is wiped here, and the next one finds it in memory. */
export async function goOn(parts: LockParts, stored: StoredKeys, raw: RawDataKey): Promise<void> {
  try {
    // Where the browser has no room for it, the next worker asks for the passphrase.
    await parts.openKey.write(raw).catch(() => undefined);
    await parts.keyring.take(stored, raw);
  } finally {
    wipe(raw);
  }
}

interface Opened {
  readonly stored: StoredKeys;
  readonly envelope: Envelope;
  readonly raw: RawDataKey;
}

/** A try with the passphrase, written down before it is made. */
function withPassphrase(
  parts: LockParts,
  passphrase: Secret,
  act: (opened: Opened) => Promise<void>,
): Promise<UnlockOutcome> {
  const { keyring, tries, subtle } = parts;
  return keyring.inTurn(async () => {
    const notBefore = await tries.notBefore();
    if (notBefore !== null) return { kind: 'too-soon', notBefore };
    const stored = await existingKeys(parts);
    const envelope = decodeEnvelope(stored.envelope);
    const next = await tries.begin();
    const raw = await openByPassphrase(subtle, envelope, passphrase);
    if (!raw) return { kind: 'wrong', notBefore: next };
    try {
      await tries.succeeded();
      await act({ stored, envelope, raw });
      return { kind: 'done' };
    } finally {
      wipe(raw);
    }
  });
}

/** The envelope with this wrap in place of those of its type; null takes them away. */
function replaced(envelope: Envelope, type: number, wrap: Wrap | null): Envelope {
  const others = envelope.wraps.filter((other) => other.type !== type);
  return { ...envelope, wraps: wrap ? [...others, wrap] : others };
}

function storeWraps(parts: LockParts, stored: StoredKeys, envelope: Envelope): Promise<void> {
  return replaceKeys(parts, stored, { ...stored, envelope: encodeEnvelope(envelope) });
}

/** @throws VaultError `storage` also when another context was quicker: nothing was changed then */
async function replaceKeys(parts: LockParts, before: StoredKeys, next: StoredKeys): Promise<void> {
  const done = await orVaultError('storage', () => parts.keys.replace(before, next));
  if (!done) throw new VaultError('storage');
}

async function createKeys({ keys }: LockParts, next: StoredKeys): Promise<void> {
  const stored = await orVaultError('storage', () => keys.createIfAbsent(next));
  if (!sameBytes(stored.envelope, next.envelope)) throw new VaultError('storage');
}
