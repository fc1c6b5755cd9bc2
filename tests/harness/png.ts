import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** An image in memory: rows from the top, three bytes a pixel, red first. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Writes an image as PNG (https://www.w3.org/TR/png-3/, sections 5 and 9): true colour, no filter. */
export function pngOf({ width, height, pixels }: RgbImage): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rowBytes = width * 3;
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y += 1) {
    rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An image in memory: rows from the top, four bytes a pixel, red first, alpha last. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Writes a drawing of few colours as PNG with a palette, which is a third smaller than true colour.
 * Throws when it has more than 256 colours.
 */
export function palettePngOf({ width, height, pixels }: RgbaImage): Buffer {
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const colourAt = (pixel: number): number => view.getUint32(pixel * 4);
  // See-through ones first: a colour without an entry in tRNS is opaque.
  const colours = [...new Set(Array.from({ length: width * height }, (_, at) => colourAt(at)))];
  colours.sort((a, b) => (a & 255) - (b & 255) || a - b);
  if (colours.length > 256) throw new Error(`${colours.length} colours are too many for a palette`);
  const places = new Map(colours.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = places.get(colourAt(y * width + x)) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const alphas = colours.map((colour) => colour & 255).filter((alpha) => alpha < 255);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flatMap((rgba) => [rgba >>> 24, rgba >>> 16, rgba >>> 8]))),
    chunk('tRNS', Buffer.from(alphas)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Reads the window dump that Xvfb keeps of its screen (XWD version 7, X11/XWDFile.h): 32 bits a
 * pixel, least significant byte first, as Xvfb writes it for a screen of depth 24.
 */
export function readWindowDump(dump: Buffer): RgbImage {
  const field = (index: number): number => dump.readUInt32BE(index * 4);
  const [headerBytes, version, width, height] = [field(0), field(1), field(4), field(5)];
  const [byteOrder, bitsPerPixel, bytesPerLine, colours] = [
    field(7),
    field(11),
    field(12),
    field(19),
  ];
  if (version !== 7 || byteOrder !== 0 || bitsPerPixel !== 32) {
    throw new Error(`a window dump of another kind: ${version}, ${byteOrder}, ${bitsPerPixel}`);
  }
  const start = headerBytes + colours * 12;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, from = start + y * bytesPerLine; x < width; x += 1, from += 4, to += 3) {
      pixels[to] = dump[from + 2] ?? 0;
      pixels[to + 1] = dump[from + 1] ?? 0;
      pixels[to + 2] = dump[from] ?? 0;
    }
  }
  return { width, height, pixels };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
