/**
 * What a file is, by its first bytes, its name and what the browser says of it. The first bytes win
 * where they are certain: a name can be anything.
 */

/** How many of a file's first bytes `mediaTypeOf` looks at. */
export const SNIFFED_BYTES = 32;

/** Signatures as bytes from an offset, by the registry of each format; `..` is any byte. */
const SIGNATURES: readonly (readonly [type: string, signature: string, offset?: number])[] = [
  ['image/png', '89 50 4e 47 0d 0a 1a 0a'],
  ['image/jpeg', 'ff d8 ff'],
  ['image/gif', '47 49 46 38'],
  ['image/webp', '52 49 46 46 .. .. .. .. 57 45 42 50'],
  ['image/avif', '66 74 79 70 61 76 69 66', 4],
  ['image/heic', '66 74 79 70 68 65 69 63', 4],
  ['image/tiff', '49 49 2a 00'],
  ['image/tiff', '4d 4d 00 2a'],
  ['image/bmp', '42 4d .. .. .. .. 00 00 00 00'],
  ['application/pdf', '25 50 44 46 2d'],
  ['application/gzip', '1f 8b 08'],
  ['application/x-7z-compressed', '37 7a bc af 27 1c'],
  ['application/vnd.rar', '52 61 72 21 1a 07'],
  ['application/zip', '50 4b 03 04'],
  ['application/zip', '50 4b 05 06'],
  ['application/msword', 'd0 cf 11 e0 a1 b1 1a e1'],
  ['video/webm', '1a 45 df a3'],
  ['video/quicktime', '66 74 79 70 71 74 20 20', 4],
  ['video/mp4', '66 74 79 70', 4],
  ['audio/mpeg', '49 44 33'],
  ['audio/wav', '52 49 46 46 .. .. .. .. 57 41 56 45'],
  ['audio/ogg', '4f 67 67 53'],
  ['audio/flac', '66 4c 61 43'],
];

/** Formats that lie in another one's container: there the name says which it is. */
const CONTAINED: Readonly<Record<string, RegExp>> = {
  'application/zip':
    /^application\/(?:vnd\.(?:openxmlformats|oasis)\b.*|vnd\.ms-\S+|epub\+zip|java-archive|vnd\.android\.package-archive)$/,
  'application/msword': /^application\/vnd\.ms-\S+$/,
  'video/webm': /^(?:video|audio)\/(?:x-)?(?:matroska|webm)$/,
  'video/mp4': /^(?:video|audio|image)\/(?:mp4|3gpp2?|x-m4[av]|heif|avif)$/,
  'audio/ogg': /^(?:audio|video|application)\/ogg$/,
  'application/gzip': /^application\/(?:x-)?(?:compressed-tar|tgz)$/,
};

const BY_EXTENSION: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
  epub: 'application/epub+zip',
  htm: 'text/html',
  html: 'text/html',
  ics: 'text/calendar',
  json: 'application/json',
  m4a: 'audio/mp4',
  md: 'text/markdown',
  mkv: 'video/matroska',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  rtf: 'application/rtf',
  svg: 'image/svg+xml',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  vcf: 'text/vcard',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
};

const UNKNOWN = 'application/octet-stream';
const MEDIA_TYPE = /^[a-z\d][\w!#$&^.+-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}$/;

/** The media type to send a file with, without parameters; `application/octet-stream` when nothing is known. */
export function mediaTypeOf(file: {
  /** Its first `SNIFFED_BYTES` bytes, or all of it. */
  readonly head: Uint8Array;
  readonly fileName: string;
  /** What the browser says; '' when it does not know. */
  readonly declared: string;
}): string {
  const named = namedType(file.fileName, file.declared);
  const sniffed = SIGNATURES.find((one) => begins(file.head, one))?.[0];
  if (sniffed === undefined) return named;
  return CONTAINED[sniffed]?.test(named) === true ? named : sniffed;
}

function namedType(fileName: string, declared: string): string {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(BY_EXTENSION, extension)) return BY_EXTENSION[extension] ?? UNKNOWN;
  const type = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(type) ? type : UNKNOWN;
}

function begins(
  head: Uint8Array,
  [, signature, offset = 0]: readonly [string, string, number?],
): boolean {
  return signature
    .split(' ')
    .every((byte, at) =>
      byte === '..' ? at + offset < head.length : head[at + offset] === Number.parseInt(byte, 16),
    );
}
