import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { palettePngOf, pngOf, readWindowDump } from './png.ts';

it("turns Xvfb's window dump into a picture, colours in the right order", () => {
  const header = Buffer.alloc(100);
  const fields = { 0: 100, 1: 7, 4: 2, 5: 1, 7: 0, 11: 32, 12: 8, 19: 1 };
  for (const [index, value] of Object.entries(fields))
    header.writeUInt32BE(value, Number(index) * 4);
  const colourMap = Buffer.alloc(12);
  const bluePixelThenRed = Buffer.from([255, 0, 0, 0, 0, 0, 255, 0]);
  const image = readWindowDump(Buffer.concat([header, colourMap, bluePixelThenRed]));
  expect(image).toMatchObject({ width: 2, height: 1 });
  expect([...image.pixels]).toEqual([0, 0, 255, 255, 0, 0]);

  const png = pngOf(image);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const data = png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8);
  expect([...inflateSync(data)]).toEqual([0, 0, 0, 255, 255, 0, 0]);
});

it('refuses a dump that it would show in wrong colours', () => {
  expect(() => readWindowDump(Buffer.alloc(100))).toThrow('another kind');
});

it('writes a drawing with its colours in a palette, see-through ones first', () => {
  const clear = [0, 0, 0, 0];
  const red = [255, 0, 0, 255];
  const half = [0, 0, 255, 128];
  const pixels = Uint8Array.from([red, clear, half, red].flat());
  const png = palettePngOf({ width: 2, height: 2, pixels });
  const bytesOf = (type: string): number[] => {
    const at = png.indexOf(type);
    return [...png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))];
  };
  expect(bytesOf('PLTE')).toEqual([0, 0, 0, 0, 0, 255, 255, 0, 0]);
  expect(bytesOf('tRNS')).toEqual([0, 128]);
  expect([...inflateSync(Buffer.from(bytesOf('IDAT')))]).toEqual([0, 2, 0, 0, 1, 2]);
});

it('refuses a picture that a palette does not hold', () => {
  const pixels = Uint8Array.from({ length: 4 * 300 }, (_, at) =>
    at % 4 < 2 ? (at >> 2) % 251 : at % 7,
  );
  expect(() => palettePngOf({ width: 300, height: 1, pixels })).toThrow('too many for a palette');
});
