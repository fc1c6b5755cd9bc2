import type { Browser } from 'puppeteer';
import { benchContactSearch } from './contact-search.ts';
import { measureMessageBytes } from './message-bytes.ts';
import { rowOf, type Line } from './table.ts';

/** How fast the work itself is: message bytes in Node (the same engine), contacts in a real page. */
export async function workRows(browser: Browser): Promise<readonly Line[]> {
  const bytes = await rowOf('message bytes, 25 MB attachment', async () => {
    const { ours, floor } = await measureMessageBytes();
    const ratio = ours / floor;
    return {
      ours: `${ours.toFixed(0)} MB/s`,
      floor: `${floor.toFixed(0)} MB/s`,
      measure: `${ratio.toFixed(2)} ×`,
      budget: '≥ 0.9 ×',
      within: ratio >= 0.9,
    };
  });
  let longestTaskMs: number | null = null;
  const search = await rowOf('contacts on a page of 10,000 rows', async () => {
    const figures = await benchContactSearch(browser);
    longestTaskMs = figures.longestTaskMs;
    return {
      ours: `${figures.searchMs.toFixed(0)} ms`,
      floor: `${figures.floorMs.toFixed(0)} ms`,
      measure: `${figures.ratio.toFixed(2)} ×`,
      budget: '≤ 2 ×',
      within: figures.ratio <= 2,
    };
  });
  const longest = await rowOf('longest task of that search', () => {
    if (longestTaskMs === null) throw new Error('the search did not run');
    const tookMs = longestTaskMs;
    return Promise.resolve({
      ours: `${tookMs.toFixed(0)} ms`,
      floor: '',
      measure: `${tookMs.toFixed(0)} ms`,
      budget: '≤ 50 ms',
      within: tookMs <= 50,
    });
  });
  return [bytes, search, longest];
}
