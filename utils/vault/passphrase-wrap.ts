import type { Clock, EpochMs, Random, Secret } from '../platform/platform.ts';
import { fieldsOf, joined, uint, type Bytes } from './byte-layout.ts';
import { WRAP_ID_BYTES, WRAP_TYPES, type Envelope, type Wrap } from './envelope.ts';
import { orVaultError, VaultError } from './vault-error.ts';
import { AES_256_GCM, unwrapDataKey, wrapDataKey, type RawDataKey } from './wrapped-key.ts';

/** OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256. A stored record that asks for less is refused. */
export const LEAST_ROUNDS = 600_000;
/** A stored record that asks for more would hold the device up: about a minute on a slow one. */
const MOST_ROUNDS = 50_000_000;
/** What one try costs, on the device that chose the passphrase. */
const AIM_MS = 350;
/** More than this is not chosen, however fast the device: a slower one may open it one day. */
const MOST_CHOSEN_ROUNDS = 10_000_000;

const VERSION = 1;
const PBKDF2_SHA_256 = 1;
const SALT_BYTES = 16;
const PARAMETERS_BYTES = 1 + 4 + SALT_BYTES;

/** What makes and opens wraps. */
export interface WrapTools {
  readonly subtle: SubtleCrypto;
  readonly random: Random;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * How many rounds of PBKDF2 take about 350 ms here, and never fewer than 600,000. The least where
 * the clock shows no time.
 */
export async function calibratedRounds({ subtle, random, clock }: WrapTools): Promise<number> {
  const salt = random.bytes(SALT_BYTES);
  const beganAt = clock.now();
  await derived(subtle, new Uint8Array(1), { rounds: LEAST_ROUNDS, salt });
  const tookMs = clock.now() - beganAt;
  if (tookMs <= 0) return LEAST_ROUNDS;
  const rounds = Math.round((LEAST_ROUNDS * AIM_MS) / tookMs);
  return Math.min(MOST_CHOSEN_ROUNDS, Math.max(LEAST_ROUNDS, rounds));
}

/** Wraps the data key by a passphrase. @throws VaultError `storage` */
export async function wrapByPassphrase(
  tools: WrapTools,
  key: { readonly head: Omit<Envelope, 'wraps'>; readonly raw: RawDataKey },
  by: { readonly passphrase: Secret; readonly rounds: number; readonly now: EpochMs },
): Promise<Wrap> {
  const { subtle, random } = tools;
  const id = random.bytes(WRAP_ID_BYTES);
  const salt = random.bytes(SALT_BYTES);
  const parameters = joined(uint(PBKDF2_SHA_256, 1), uint(by.rounds, 4), salt);
  const wrappingKey = await derived(subtle, clearBytes(by.passphrase), { rounds: by.rounds, salt });
  return wrapDataKey(
    { subtle, random, key: wrappingKey },
    {
      head: key.head,
      wrap: { type: WRAP_TYPES.passphrase, version: VERSION, id, createdAt: by.now, parameters },
      raw: key.raw.bytes,
    },
  );
}

/**
 * Opens the data key with a passphrase. Null when it is another passphrase.
 * @throws VaultError `no-key` when no passphrase opens this envelope, `weak-kdf` when the wrap asks
 * for less work than it may, `corrupt`, `unsupported-version`, `storage`
 */
export async function openByPassphrase(
  subtle: SubtleCrypto,
  envelope: Envelope,
  passphrase: Secret,
): Promise<RawDataKey | null> {
  const wrap = envelope.wraps.find(({ type }) => type === WRAP_TYPES.passphrase);
  if (!wrap) throw new VaultError('no-key');
  const parameters = readParameters(wrap);
  const key = await derived(subtle, clearBytes(passphrase), parameters);
  const opened = { head: envelope, wrap, parametersBytes: PARAMETERS_BYTES };
  const bytes = await unwrapDataKey({ subtle, key }, opened);
  return bytes && { id: envelope.keyId, bytes };
}

interface Parameters {
  readonly rounds: number;
  readonly salt: Bytes;
}

function readParameters(wrap: Wrap): Parameters {
  if (wrap.version > VERSION) throw new VaultError('unsupported-version');
  if (wrap.version < VERSION) throw new VaultError('corrupt');
  const fields = fieldsOf(wrap.body);
  const derivation = fields.uint(1);
  if (derivation > PBKDF2_SHA_256) throw new VaultError('unsupported-version');
  const rounds = fields.uint(4);
  if (derivation < PBKDF2_SHA_256 || rounds > MOST_ROUNDS) throw new VaultError('corrupt');
  if (rounds < LEAST_ROUNDS) throw new VaultError('weak-kdf');
  return { rounds, salt: fields.bytes(SALT_BYTES) };
}

/** NFKC, so that a passphrase typed on another keyboard has the same bytes. */
function clearBytes(passphrase: Secret): Bytes {
  return new TextEncoder().encode(passphrase.reveal().normalize('NFKC'));
}

/** The wrapping key (RFC 8018 section 5.2, PBKDF2 with HMAC-SHA-256); the clear bytes are wiped. */
async function derived(
  subtle: SubtleCrypto,
  clear: Bytes,
  { rounds, salt }: Parameters,
): Promise<CryptoKey> {
  return orVaultError('storage', async () => {
    const base = await subtle.importKey('raw', clear, 'PBKDF2', false, ['deriveKey']);
    clear.fill(0);
    const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', iterations: rounds, salt };
    return subtle.deriveKey(pbkdf2, base, AES_256_GCM, false, ['encrypt', 'decrypt']);
  });
}
