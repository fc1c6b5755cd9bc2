import type { Random } from '../platform/platform.ts';
import { joined, type Bytes } from './byte-layout.ts';
import { wrapAssociatedData, type Envelope, type Wrap } from './envelope.ts';
import { NONCE_BYTES, TAG_BYTES } from './record-format.ts';
import { orVaultError, VaultError } from './vault-error.ts';

/** Length of a data key, and of every key that wraps one. */
export const KEY_BYTES = 32;
/** What follows the parameters in the body of a wrap. */
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** Nothing but AES-256-GCM is used in this room. */
export const AES_256_GCM = { name: 'AES-GCM', length: 256 } as const;

/** The data key in clear. Whoever makes one wipes it with `wipe` when it is done with. */
export interface RawDataKey {
  readonly id: Bytes;
  readonly bytes: Bytes;
}

/** The data key, open: it seals and opens, but its bytes can't be had. */
export interface DataKey {
  readonly id: Bytes;
  readonly key: CryptoKey;
}

/** A wrap that is being made: what it says of itself, and the parameters of its type. */
export type WrapHead = Omit<Wrap, 'body'> & { readonly parameters: Bytes };

/** Makes a key that seals and opens of the bytes, which stay as they are. @throws VaultError `storage` */
export async function heldKey(subtle: SubtleCrypto, { id, bytes }: RawDataKey): Promise<DataKey> {
  const key = await orVaultError('storage', () =>
    subtle.importKey('raw', bytes, AES_256_GCM, false, ['encrypt', 'decrypt']),
  );
  return { id, key };
}

/** Overwrites a key in memory. The engine may have copies: this is the best that can be done. */
export function wipe(...keys: readonly (RawDataKey | null)[]): void {
  for (const key of keys) key?.bytes.fill(0);
}

/** Wraps the data key by a key that came from something that the person knows or has. @throws VaultError `storage` */
export async function wrapDataKey(
  by: { readonly subtle: SubtleCrypto; readonly random: Random; readonly key: CryptoKey },
  {
    head,
    wrap,
    raw,
  }: { readonly head: EnvelopeHead; readonly wrap: WrapHead; readonly raw: Bytes },
): Promise<Wrap> {
  const { parameters, ...said } = wrap;
  const iv = by.random.bytes(NONCE_BYTES);
  const additionalData = joined(wrapAssociatedData(head, said), parameters);
  const wrapped = await orVaultError('storage', () =>
    by.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, by.key, raw),
  );
  return { ...said, body: joined(parameters, iv, new Uint8Array(wrapped)) };
}

/**
 * Opens what `wrapDataKey` made. Null when the key is another one, or the wrap was changed: the two
 * can't be told apart.
 * @throws VaultError `corrupt` when the body has not the length that it must have
 */
export async function unwrapDataKey(
  by: { readonly subtle: SubtleCrypto; readonly key: CryptoKey },
  { head, wrap, parametersBytes }: OpenedWrap,
): Promise<Bytes | null> {
  if (wrap.body.length !== parametersBytes + WRAPPED_BYTES) throw new VaultError('corrupt');
  const parameters = wrap.body.subarray(0, parametersBytes);
  const nonceEnd = parametersBytes + NONCE_BYTES;
  const gcm = {
    name: 'AES-GCM',
    iv: wrap.body.subarray(parametersBytes, nonceEnd),
    additionalData: joined(wrapAssociatedData(head, wrap), parameters),
  };
  try {
    return new Uint8Array(await by.subtle.decrypt(gcm, by.key, wrap.body.subarray(nonceEnd)));
  } catch (error) {
    // Web Cryptography API, AES-GCM decrypt: OperationError is a tag that does not fit.
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw new VaultError('storage', { cause: error });
  }
}

type EnvelopeHead = Omit<Envelope, 'wraps'>;

/** A wrap as it was found in an envelope, and how long the parameters of its type are. */
interface OpenedWrap {
  readonly head: EnvelopeHead;
  readonly wrap: Wrap;
  readonly parametersBytes: number;
}
