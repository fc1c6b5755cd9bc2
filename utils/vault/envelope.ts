import type { EpochMs } from '../platform/platform.ts';
import { fieldsOf, joined, uint, type Bytes } from './byte-layout.ts';
import { KEY_ID_BYTES } from './key-id.ts';
import { VaultError } from './vault-error.ts';

/** Type bytes of wraps: by what the data key is wrapped. */
export const WRAP_TYPES = { device: 1, passphrase: 2, passkey: 3 } as const;

/** The data key, wrapped once. Types and versions that this build does not know are kept as they are. */
export interface Wrap {
  /** One of WRAP_TYPES, or a number from 0 to 255 that a newer build uses. */
  readonly type: number;
  readonly version: number;
  /** Names the wrapping key: for a device wrap the device key's id. */
  readonly id: Bytes;
  readonly createdAt: EpochMs;
  /** What the type and version say: see docs/vault-format.md. At most 65,535 bytes. */
  readonly body: Bytes;
}

/** The data key as it is stored: wrapped, any number of times from 1 to 255. */
export interface Envelope {
  readonly keyId: Bytes;
  readonly createdAt: EpochMs;
  readonly wraps: readonly Wrap[];
}

/** Length of the id of a wrap. */
export const WRAP_ID_BYTES = 16;

const MAGIC = Uint8Array.of(0x50, 0x4f, 0x4b); // "POK"
const FORMAT_VERSION = 1;

/** The bytes of an envelope. */
export function encodeEnvelope(envelope: Envelope): Bytes {
  return joined(
    envelopeHeader(envelope),
    uint(envelope.wraps.length, 1),
    ...envelope.wraps.flatMap((wrap) => [wrapHeader(wrap), uint(wrap.body.length, 2), wrap.body]),
  );
}

/**
 * Reads an envelope. What it says is not yet proved: opening a wrap does that.
 * @throws VaultError `corrupt` or `unsupported-version`
 */
export function decodeEnvelope(bytes: Bytes): Envelope {
  const fields = fieldsOf(bytes);
  fields.magic(MAGIC);
  fields.version(FORMAT_VERSION);
  const keyId = fields.bytes(KEY_ID_BYTES);
  const createdAt = fields.uint(8);
  const wraps = Array.from({ length: fields.uint(1) }, (): Wrap => {
    const type = fields.uint(1);
    const version = fields.uint(1);
    const id = fields.bytes(WRAP_ID_BYTES);
    const wrappedAt = fields.uint(8);
    return { type, version, id, createdAt: wrappedAt, body: fields.bytes(fields.uint(2)) };
  });
  fields.end();
  if (wraps.length === 0) throw new VaultError('corrupt');
  return { keyId, createdAt, wraps };
}

/**
 * What the tag of a wrap covers besides the data key: the envelope it belongs to and what the wrap
 * says of itself. So no wrap can be moved to another key or said to be of another kind. Wraps
 * don't cover each other: each comes and goes alone.
 */
export function wrapAssociatedData(
  envelope: Omit<Envelope, 'wraps'>,
  wrap: Omit<Wrap, 'body'>,
): Bytes {
  return joined(envelopeHeader(envelope), wrapHeader(wrap));
}

function envelopeHeader(envelope: Omit<Envelope, 'wraps'>): Bytes {
  return joined(MAGIC, uint(FORMAT_VERSION, 1), envelope.keyId, uint(envelope.createdAt, 8));
}

function wrapHeader(wrap: Omit<Wrap, 'body'>): Bytes {
  return joined(uint(wrap.type, 1), uint(wrap.version, 1), wrap.id, uint(wrap.createdAt, 8));
}
