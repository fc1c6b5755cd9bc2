import { fieldsOf, joined, uint, type Bytes } from './byte-layout.ts';
import { KEY_ID_BYTES } from './key-id.ts';
import { VaultError } from './vault-error.ts';

/**
 * What a record is. It is bound to the sealed bytes without being stored in them: a record that is
 * put in another's place does not open. `kind`: 1 to 64 bytes of UTF-8, `id`: 1 to 512; `version`
 * is that of the content's own format, from 0 to 2^32 - 1.
 */
export interface RecordLabel {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

/** AES-GCM's nonce (NIST SP 800-38D section 5.2.1.1: 96 bits is what it is made for). */
export const NONCE_BYTES = 12;
/** AES-GCM's tag, at its full length. */
export const TAG_BYTES = 16;

const MAGIC = Uint8Array.of(0x50, 0x4f, 0x53); // "POS"
const FORMAT_VERSION = 1;
const HEADER_BYTES = MAGIC.length + 1 + KEY_ID_BYTES;

/** By how many bytes a sealed record is longer than what is in it. */
export const RECORD_OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/** A sealed record, taken apart but not opened. */
export interface SealedParts {
  readonly header: Bytes;
  readonly keyId: Bytes;
  readonly nonce: Bytes;
  /** Ciphertext and tag. */
  readonly body: Bytes;
}

/** The first bytes of every record that this key seals. */
export function recordHeader(keyId: Bytes): Bytes {
  return joined(MAGIC, uint(FORMAT_VERSION, 1), keyId);
}

/**
 * Takes a sealed record apart. The parts are views, not copies.
 * @throws VaultError `corrupt` or `unsupported-version`
 */
export function splitRecord(sealed: Bytes): SealedParts {
  const fields = fieldsOf(sealed);
  fields.magic(MAGIC);
  fields.version(FORMAT_VERSION);
  const keyId = fields.bytes(KEY_ID_BYTES);
  const header = fields.soFar();
  const nonce = fields.bytes(NONCE_BYTES);
  if (sealed.length < RECORD_OVERHEAD_BYTES) throw new VaultError('corrupt');
  return { header, keyId, nonce, body: sealed.subarray(HEADER_BYTES + NONCE_BYTES) };
}

/**
 * A label as bytes, which the tag covers after the header and before the content. Every part has a
 * fixed length or its length before it, so no two labels give the same bytes.
 * @throws VaultError `refused` for a label outside of its rules
 */
export function encodeLabel(label: RecordLabel): Bytes {
  if (!Number.isInteger(label.version) || label.version < 0 || label.version >= 2 ** 32) {
    throw new VaultError('refused');
  }
  return joined(text(label.kind, 64), text(label.id, 512), uint(label.version, 4));
}

function text(value: string, maxBytes: number): Bytes {
  const bytes = new TextEncoder().encode(value);
  // A lone surrogate would be encoded as U+FFFD, like any other: two labels, the same bytes.
  if (bytes.length < 1 || bytes.length > maxBytes || !value.isWellFormed()) {
    throw new VaultError('refused');
  }
  return joined(uint(bytes.length, 2), bytes);
}
