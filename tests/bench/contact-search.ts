import { build } from 'vite';
import type { Browser } from 'puppeteer';
import type { ContactSearchFigures } from './contact-search.page.ts';
import { directoryPage } from './directory-page.ts';

/** The length of the page that the budget of the design is about. */
export const BENCH_ROWS = 10_000;

const ROUNDS = 9;

/**
 * Measures the search for contacts on the page of the budget, where every row has an address, in a real browser
 * whose version the figures depend on. Opens one page and closes it; calls nothing but that page.
 */
export function benchContactSearch(
  browser: Browser,
  rows = BENCH_ROWS,
): Promise<ContactSearchFigures> {
  return benchOn(browser, directoryPage(rows));
}

/** The same where only the last row has an address: nothing can be left out, and the floor has nothing to find. */
export function benchWholePageSearch(
  browser: Browser,
  rows = BENCH_ROWS,
): Promise<ContactSearchFigures> {
  return benchOn(
    browser,
    directoryPage(rows, (id) => id === rows - 1),
  );
}

async function benchOn(browser: Browser, html: string): Promise<ContactSearchFigures> {
  const script = await bundleOf('contact-search.page.ts');
  const page = await browser.newPage();
  try {
    await page.setContent(html);
    await page.addScriptTag({ content: script });
    return (await page.evaluate(
      `contactSearch.measureContactSearch(${String(ROUNDS)})`,
    )) as ContactSearchFigures;
  } finally {
    await page.close();
  }
}

/** A file of this folder as one script that defines `contactSearch`, built as the extension's scripts are. */
async function bundleOf(file: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'es2024',
      lib: { entry: file, formats: ['iife'], name: 'contactSearch' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const bundle of outputs) {
    const chunk = 'output' in bundle ? bundle.output[0] : null;
    if (chunk) return chunk.code;
  }
  throw new Error(`${file} was bundled to nothing`);
}
