/** Draws public/icon/*.png from tests/harness/icons/*.svg: `node tests/harness/draw-icons.ts`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer';
import { palettePngOf } from './png.ts';
import { browserPath } from './tools.ts';

const SOURCES = join(import.meta.dirname, 'icons');
const ICONS = join(import.meta.dirname, '../../public/icon');

/** The smallest ones have drawings of their own: a large one made small is a blur. */
const DRAWINGS: readonly (readonly [sizePx: number, file: string])[] = [
  [16, 'gate-16.svg'],
  [32, 'gate-32.svg'],
  [48, 'gate.svg'],
  [128, 'gate.svg'],
];

mkdirSync(ICONS, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: browserPath(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  for (const [sizePx, file] of DRAWINGS) {
    const drawing = readFileSync(join(SOURCES, file), 'base64');
    const pixels = await page.evaluate(drawn, `data:image/svg+xml;base64,${drawing}`, sizePx);
    const image = { width: sizePx, height: sizePx, pixels: Uint8Array.from(pixels) };
    writeFileSync(join(ICONS, `${sizePx}.png`), palettePngOf(image));
    console.log(`public/icon/${sizePx}.png from ${file}`);
  }
} finally {
  await browser.close();
}

/** Runs in the page: a picture in a square of this size, as its pixels. */
async function drawn(url: string, sizePx: number): Promise<readonly number[]> {
  const picture = new Image(sizePx, sizePx);
  picture.src = url;
  await picture.decode();
  const context = new OffscreenCanvas(sizePx, sizePx).getContext('2d');
  context?.drawImage(picture, 0, 0, sizePx, sizePx);
  return [...(context?.getImageData(0, 0, sizePx, sizePx).data ?? [])];
}
