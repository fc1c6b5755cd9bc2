/** Bytes of a file as text, by the marks that spreadsheets leave (Encoding Standard, section 6). */

/** Encodings that a person can choose when the guess was wrong. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
/** One of the encodings. */
export type Encoding = (typeof ENCODINGS)[number];

/** A text with the encoding that it was read by. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
  /** False when bytes did not fit the encoding: U+FFFD stands in their place. */
  readonly exact: boolean;
}

const LOOKED_AT_BYTES = 4096;

/**
 * Reads by `chosen`, else by the byte order mark, else as UTF-16 where every other byte is zero,
 * else as UTF-8 where that fits, else as Windows-1252, which is what Excel saves in the West.
 */
export function decodeText(bytes: Uint8Array, chosen: Encoding | null = null): Decoded {
  if (chosen) return decodeBy(bytes, chosen);
  const marked = byMark(bytes) ?? byZeros(bytes);
  if (marked) return decodeBy(bytes, marked);
  const utf8 = decodeBy(bytes, 'utf-8');
  return utf8.exact ? utf8 : decodeBy(bytes, 'windows-1252');
}

function decodeBy(bytes: Uint8Array, encoding: Encoding): Decoded {
  try {
    return {
      text: new TextDecoder(encoding, { fatal: true }).decode(bytes),
      encoding,
      exact: true,
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder(encoding).decode(bytes), encoding, exact: false };
  }
}

function byMark([first, second, third]: Uint8Array): Encoding | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** Mostly Latin text in UTF-16 without a mark has a zero in every other byte; no other text has zeros. */
function byZeros(bytes: Uint8Array): Encoding | null {
  const looked = bytes.subarray(0, LOOKED_AT_BYTES);
  const zeros = [0, 0];
  for (const [index, byte] of looked.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 4 < looked.length) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
