/**
 * Pictures of every page in every state, in both looks and at the narrowest width, into
 * .postern/gallery/. `node tests/harness/gallery.ts [part of a name]`; with `--serve` it stays open
 * for a look by hand and takes none.
 */
import preact from '@preact/preset-vite';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer';
import { createServer, type ViteDevServer } from 'vite';
import { axeFindings } from './axe-findings.ts';
import { scenes } from './gallery/scenes.ts';
import type { Scene } from './gallery/scene.ts';
import { themes, wear } from './screenshots.ts';
import { browserPath } from './tools.ts';

const ROOT = join(import.meta.dirname, '../..');
const PICTURES = join(ROOT, '.postern/gallery');

const VIEWPORT = { width: 760, height: 720, deviceScaleFactor: 1.5 };

const SIZES: Readonly<
  Record<Scene['page'], readonly { name: string; width: number; height: number }[]>
> = {
  popup: [{ name: '', width: 380, height: 520 }],
  compose: [
    { name: '', width: 760, height: 720 },
    { name: '-320', width: 320, height: 640 },
  ],
  outbox: [
    { name: '', width: 720, height: 800 },
    { name: '-320', width: 320, height: 640 },
  ],
  merge: [
    { name: '', width: 1000, height: 800 },
    { name: '-320', width: 320, height: 640 },
  ],
  options: [
    { name: '', width: 1080, height: 800 },
    { name: '-320', width: 320, height: 640 },
  ],
};

/** A page that is higher, as a long list is, is taken as far as it is in sight. */
const TALLEST_PX = 10_000;

async function serve(): Promise<{ server: ViteDevServer; url: string }> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    plugins: [preact({ devToolsEnabled: false })],
    publicDir: join(ROOT, 'public'),
    cacheDir: join(ROOT, '.postern/vite'),
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    logLevel: 'error',
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('the gallery found no port');
  return { server, url: `http://127.0.0.1:${address.port}/tests/harness/gallery/page.html` };
}

async function takePictures(url: string, wanted: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const browser = await puppeteer.launch({
    executablePath: browserPath(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    // A mail that could not be saved asks before its window goes.
    page.on('dialog', (dialog) => void dialog.accept());
    page.on('pageerror', (error) => console.error(error));
    for (const scene of scenes) {
      const name = `${scene.page}-${scene.name}`;
      if (name.includes(wanted)) await takeScene(page, scene, `${url}?scene=${name}`);
    }
  } finally {
    await browser.close();
  }
}

async function takeScene(page: Page, scene: Scene, url: string): Promise<void> {
  await page.setViewport(VIEWPORT);
  await page.goto(url);
  await page.waitForSelector('body[data-ready]', { timeout: 20_000 });
  for (const size of SIZES[scene.page]) {
    await page.setViewport({ ...VIEWPORT, width: size.width, height: size.height });
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    for (const theme of themes) {
      await wear(page, theme);
      const file = `${scene.page}-${scene.name}${size.name}-${theme}.png` as const;
      const heightPx = await page.evaluate(() => document.documentElement.scrollHeight);
      const fullPage =
        (scene.page === 'options' || scene.page === 'merge') && heightPx <= TALLEST_PX;
      await page.screenshot({ path: join(PICTURES, file), fullPage });
      const found = [...(tooWide ? ['too wide'] : []), ...(await axeFindings(page))];
      console.log(found.length === 0 ? file : `${file}  ${found.join(', ')}`);
    }
  }
}

const { server, url } = await serve();
if (process.argv.includes('--serve')) {
  console.log(url);
} else {
  await takePictures(url, process.argv[2] ?? '');
  await server.close();
}
