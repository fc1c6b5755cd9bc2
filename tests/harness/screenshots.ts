import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'puppeteer';
import { scratchDir } from './tools.ts';

/** The two looks that every page has. */
export const themes = ['light', 'dark'] as const;

/** One of them. */
export type Theme = (typeof themes)[number];

/** Makes a page believe that its person asked for this look, and for no motion. */
export async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
}

/**
 * Takes a picture of a page in both looks, as `<name>-light.png` and `<name>-dark.png`.
 * `dir` is `.postern/pictures` unless told otherwise. Answers the paths.
 */
export async function takePictures(
  page: Page,
  name: string,
  dir: string = join(scratchDir, 'pictures'),
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const theme of themes) {
    await wear(page, theme);
    const path = join(dir, `${name}-${theme}.png`) as `${string}.png`;
    mkdirSync(dirname(path), { recursive: true });
    await page.screenshot({ path });
    paths.push(path);
  }
  await page.emulateMediaFeatures([]);
  return paths;
}
