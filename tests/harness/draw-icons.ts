/** Draws public/icon/*.png from tests/harness/icons/*.svg: `node tests/harness/draw-icons.ts`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer';
import { browserPath } from './tools.ts';

const SOURCES = join(import.meta.dirname, 'icons');
const ICONS = join(import.meta.dirname, '../../public/icon');

/** The smallest ones have drawings of their own: a large one made small is a blur. */
const DRAWINGS: readonly (readonly [sizePx: number, file: string])[] = [
  [16, 'gate-16.svg'],
  [32, 'gate-32.svg'],
  [48, 'gate.svg'],
  [96, 'gate.svg'],
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
    await page.setViewport({ width: sizePx, height: sizePx });
    await page.setContent(
      `<body style="margin:0"><img style="display:block" width="${sizePx}" height="${sizePx}" src="data:image/svg+xml;base64,${drawing}">`,
    );
    await page.screenshot({ path: join(ICONS, `${sizePx}.png`), omitBackground: true });
    console.log(`public/icon/${sizePx}.png from ${file}`);
  }
} finally {
  await browser.close();
}
