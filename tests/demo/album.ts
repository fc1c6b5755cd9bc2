import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'puppeteer';
import { projectRoot, scratchDir } from '../harness/tools.ts';

/** The pictures of one tour, in the order in which they were taken. */
export interface Album {
  /** Tells a step, and keeps its picture beside the sentence. */
  keep(sentence: string, name: string, picture: Uint8Array): void;
  readonly dir: string;
}

/** Begins an album in .postern/tour; the one of the tour before goes. */
export function beginAlbum(say: (line: string) => void): Album {
  const dir = join(scratchDir, 'tour');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  let step = 0;
  return {
    dir,
    keep: (sentence, name, picture) => {
      step += 1;
      const path = join(dir, `${String(step).padStart(2, '0')}-${name}.png`);
      writeFileSync(path, picture);
      say(`${step}. ${sentence}  [${relative(projectRoot, path)}]`);
    },
  };
}

/** A picture of a page as it stands, once its fonts are there. */
export async function pictureOf(page: Page): Promise<Uint8Array> {
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  return page.screenshot();
}
