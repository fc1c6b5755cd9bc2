/**
 * docs/vault-format.md a second time, from the page alone: node:crypto, and nothing of ours. Where
 * this file and utils/vault disagree, one of them does not follow the page.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  pbkdf2Sync,
  type CipherGCMTypes,
} from 'node:crypto';

const CIPHER: CipherGCMTypes = 'aes-256-gcm';

/** A label as in the door of the room. */
export interface Label {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

/** Section "Key id". */
export function keyId(random: Buffer): Buffer {
  const digest = createHash('sha256').update('postern key id').update(random).digest();
  return Buffer.concat([random, digest.subarray(0, 4)]);
}

/** Section "Associated data of a record". */
export function recordAssociatedData(id: Buffer, label: Label): Buffer {
  const kind = Buffer.from(label.kind, 'utf8');
  const name = Buffer.from(label.id, 'utf8');
  return Buffer.concat([
    Buffer.from('POS', 'latin1'),
    u8(1),
    id,
    u16(kind.length),
    kind,
    u16(name.length),
    name,
    u32(label.version),
  ]);
}

/** Section "A sealed record". */
export function sealRecord(record: {
  readonly dataKey: Buffer;
  readonly keyId: Buffer;
  readonly nonce: Buffer;
  readonly label: Label;
  readonly clear: Buffer;
}): Buffer {
  const associatedData = recordAssociatedData(record.keyId, record.label);
  return Buffer.concat([
    Buffer.from('POS', 'latin1'),
    u8(1),
    record.keyId,
    record.nonce,
    gcm(record.dataKey, record.nonce, { associatedData, clear: record.clear }),
  ]);
}

/** Opens a sealed record by offsets alone. Throws when the tag is wrong. */
export function openRecord(dataKey: Buffer, label: Label, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, dataKey, sealed.subarray(20, 32));
  decipher.setAAD(recordAssociatedData(sealed.subarray(4, 20), label));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([
    decipher.update(sealed.subarray(32, sealed.length - 16)),
    decipher.final(),
  ]);
}

/** What every wrap begins with. */
export interface WrapHead {
  readonly id: Buffer;
  readonly createdAt: number;
  readonly nonce: Buffer;
}

/** The head of an envelope, and the key in it. */
export interface EnvelopeHead {
  readonly keyId: Buffer;
  readonly createdAt: number;
  readonly dataKey: Buffer;
}

/** Section "The envelope". */
export function envelope(head: EnvelopeHead, wraps: readonly Buffer[]): Buffer {
  return Buffer.concat([envelopeHeader(head), u8(wraps.length), ...wraps]);
}

/** Section "Device wrap". */
export function deviceWrap(head: EnvelopeHead, wrap: WrapHead, deviceKey: Buffer): Buffer {
  return wrapped(head, { ...wrap, type: 1, parameters: Buffer.alloc(0), key: deviceKey });
}

/** Section "Passphrase wrap". */
export function passphraseWrap(
  head: EnvelopeHead,
  wrap: WrapHead,
  by: { readonly passphrase: string; readonly rounds: number; readonly salt: Buffer },
): Buffer {
  const key = pbkdf2Sync(by.passphrase.normalize('NFKC'), by.salt, by.rounds, 32, 'sha256');
  const parameters = Buffer.concat([u8(1), u32(by.rounds), by.salt]);
  return wrapped(head, { ...wrap, type: 2, parameters, key });
}

/** Section "Passkey wrap". */
export function passkeyWrap(
  head: EnvelopeHead,
  wrap: WrapHead,
  by: { readonly prfInput: Buffer; readonly credentialId: Buffer; readonly prfOutput: Buffer },
): Buffer {
  const key = Buffer.from(
    hkdfSync('sha256', by.prfOutput, Buffer.alloc(0), 'postern passkey wrap 1', 32),
  );
  const parameters = Buffer.concat([by.prfInput, u16(by.credentialId.length), by.credentialId]);
  return wrapped(head, { ...wrap, type: 3, parameters, key });
}

function wrapped(
  head: EnvelopeHead,
  wrap: WrapHead & {
    readonly type: number;
    readonly parameters: Buffer;
    readonly key: Buffer;
  },
): Buffer {
  const wrapHeader = Buffer.concat([u8(wrap.type), u8(1), wrap.id, u64(wrap.createdAt)]);
  const associatedData = Buffer.concat([envelopeHeader(head), wrapHeader, wrap.parameters]);
  const body = Buffer.concat([
    wrap.parameters,
    wrap.nonce,
    gcm(wrap.key, wrap.nonce, { associatedData, clear: head.dataKey }),
  ]);
  return Buffer.concat([wrapHeader, u16(body.length), body]);
}

function envelopeHeader(head: EnvelopeHead): Buffer {
  return Buffer.concat([Buffer.from('POK', 'latin1'), u8(1), head.keyId, u64(head.createdAt)]);
}

function gcm(
  key: Buffer,
  nonce: Buffer,
  content: { readonly associatedData: Buffer; readonly clear: Buffer },
): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(content.associatedData);
  return Buffer.concat([cipher.update(content.clear), cipher.final(), cipher.getAuthTag()]);
}

function u8(value: number): Buffer {
  return Buffer.of(value);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
