import { VaultError } from './vault-error.ts';

/** Bytes that WebCrypto takes: never shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The same bytes, without a copy unless they lie in shared memory, which could change meanwhile. */
export function unshared(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

/** All parts in one array, in order. */
export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sizeBytes, part) => sizeBytes + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** An unsigned integer, most significant byte first. `value` must fit. */
export function uint(value: number, sizeBytes: 1 | 2 | 4 | 8): Bytes {
  const bytes = new Uint8Array(sizeBytes);
  let rest = value;
  for (let at = sizeBytes - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** Whether two arrays hold the same bytes. For ids, which are no secrets: its time depends on them. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Lowercase hexadecimal, for showing an id. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads fields one after the other. Each throws VaultError, `corrupt` when the bytes end before it. */
export interface FieldReader {
  /** The first bytes, which say what this is; others are `corrupt`. */
  magic(expected: Bytes): void;
  /** One byte; `unsupported-version` above `known`, `corrupt` for 0, which never was. */
  version(known: number): void;
  bytes(sizeBytes: number): Bytes;
  /** An unsigned integer, most significant byte first; `corrupt` beyond 2^53 - 1. */
  uint(sizeBytes: 1 | 2 | 4 | 8): number;
  /** Everything up to here, from the beginning. */
  soFar(): Bytes;
  /** Throws VaultError `corrupt` when something is left over. */
  end(): void;
}

/** Begins to read at the first byte. */
export function fieldsOf(whole: Bytes): FieldReader {
  let offset = 0;
  const bytes = (sizeBytes: number): Bytes => {
    if (offset + sizeBytes > whole.length) throw new VaultError('corrupt');
    offset += sizeBytes;
    return whole.subarray(offset - sizeBytes, offset);
  };
  const number = (sizeBytes: number): number => {
    const value = bytes(sizeBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new VaultError('corrupt');
    return value;
  };
  return {
    magic(expected) {
      if (!sameBytes(bytes(expected.length), expected)) throw new VaultError('corrupt');
    },
    version(known) {
      const found = number(1);
      if (found > known) throw new VaultError('unsupported-version');
      if (found < 1) throw new VaultError('corrupt');
    },
    bytes,
    uint: number,
    soFar: () => whole.subarray(0, offset),
    end() {
      if (offset !== whole.length) throw new VaultError('corrupt');
    },
  };
}
