import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pngOf, readWindowDump } from './png.ts';

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
