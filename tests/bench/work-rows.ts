import type { Browser } from 'puppeteer';
import { benchContactSearch, benchWholePageSearch } from './contact-search.ts';
import type { ContactSearchFigures } from './contact-search.page.ts';
import { measureMessageBytes, type MessageBytesResult } from './message-bytes.ts';
import { measureSealedBytes } from './sealed-bytes.ts';
import { rowOf, type Line, type Row } from './table.ts';

/** How fast the work itself is: message bytes in Node (the same engine), contacts in a real page. */
export async function workRows(browser: Browser): Promise<readonly Line[]> {
  const bytes = await rowOf('message bytes, 25 MB attachment', async () =>
    throughput(await measureMessageBytes(), 0.9),
  );
  const sealed = await rowOf('message bytes, 25 MB attachment in sealed pieces', async () =>
    throughput(await measureSealedBytes(), null),
  );
  const longestTasksMs: number[] = [];
  const search = async (searched: Promise<ContactSearchFigures>): Promise<Omit<Row, 'what'>> => {
    const { searchMs, floorMs, ratio, longestTaskMs } = await searched;
    longestTasksMs.push(longestTaskMs);
    return {
      ours: `${searchMs.toFixed(0)} ms`,
      floor: `${floorMs.toFixed(0)} ms`,
      measure: `${ratio.toFixed(2)} ×`,
      budget: '≤ 2 ×',
      within: ratio <= 2,
    };
  };
  const all = await rowOf('contacts on a page of 10,000 rows', () =>
    search(benchContactSearch(browser)),
  );
  const one = await rowOf('contacts, only the last row has an address', () =>
    search(benchWholePageSearch(browser)),
  );
  const longest = await rowOf('longest task of those searches', () => {
    if (longestTasksMs.length < 2) throw new Error('a search did not run');
    const tookMs = Math.max(...longestTasksMs);
    return Promise.resolve({
      ours: `${tookMs.toFixed(0)} ms`,
      floor: '',
      measure: `${tookMs.toFixed(0)} ms`,
      budget: '≤ 50 ms',
      within: tookMs <= 50,
    });
  });
  return [bytes, sealed, all, one, longest];
}

function throughput({ ours, floor }: MessageBytesResult, budget: number | null): Omit<Row, 'what'> {
  const ratio = ours / floor;
  return {
    ours: `${ours.toFixed(0)} MB/s`,
    floor: `${floor.toFixed(0)} MB/s`,
    measure: `${ratio.toFixed(2)} ×`,
    budget: budget === null ? 'none' : `≥ ${budget} ×`,
    within: budget === null || ratio >= budget,
  };
}
