/**
 * Runs inside a real page: how long the search for contacts takes on a large one, beside the least that any search
 * could do there. `contact-search.ts` bundles it, and runs it in Chromium.
 */
import { readContacts } from '../../utils/crm/crm.ts';

/** What was measured; the times are medians over the rounds, in milliseconds. */
export interface ContactSearchFigures {
  readonly elements: number;
  /** One TreeWalker over all text nodes, `indexOf('@')`, one regular expression where there is one. */
  readonly floorMs: number;
  readonly searchMs: number;
  /** Median of the ratios of each round, which noise moves less than the ratio of the medians. */
  readonly ratio: number;
  /** The longest stretch in any round in which the page could not run. */
  readonly longestTaskMs: number;
  readonly addressesAtTheFloor: number;
  readonly contacts: number;
}

const ADDRESS = /[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,253}\.[a-z]{2,24}/gi;

/** Measures floor and search in turns, so that both have the same neighbours on the machine. */
export async function measureContactSearch(rounds: number): Promise<ContactSearchFigures> {
  const floors: number[] = [];
  const searches: number[] = [];
  let longestTaskMs = 0;
  let addressesAtTheFloor = 0;
  let contacts = 0;
  // The first round of each warms the engine up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    await nextTask();
    const floor = timeFloor();
    await nextTask();
    const search = await timeSearch();
    addressesAtTheFloor = floor.found;
    contacts = search.found;
    if (round === 0) continue;
    floors.push(floor.tookMs);
    searches.push(search.tookMs);
    longestTaskMs = Math.max(longestTaskMs, search.longestTaskMs);
  }
  return {
    elements: document.getElementsByTagName('*').length,
    floorMs: median(floors),
    searchMs: median(searches),
    ratio: median(searches.map((ms, round) => ms / (floors[round] ?? ms))),
    longestTaskMs,
    addressesAtTheFloor,
    contacts,
  };
}

function timeFloor(): { tookMs: number; found: number } {
  const startedMs = performance.now();
  const found = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    if (!text.includes('@')) continue;
    for (const [address] of text.matchAll(ADDRESS)) found.add(address);
  }
  return { tookMs: performance.now() - startedMs, found: found.size };
}

async function timeSearch(): Promise<{ tookMs: number; longestTaskMs: number; found: number }> {
  let longestTaskMs = 0;
  const startedMs = performance.now();
  let taskStartedMs = startedMs;
  const endTask = (): void => {
    longestTaskMs = Math.max(longestTaskMs, performance.now() - taskStartedMs);
  };
  const { contacts } = await readContacts(document, location.href, {
    async yieldToPage() {
      endTask();
      await nextTask();
      taskStartedMs = performance.now();
    },
  });
  endTask();
  return { tookMs: performance.now() - startedMs, longestTaskMs, found: contacts.length };
}

/** As the search itself does by default. */
function nextTask(): Promise<void> {
  return 'scheduler' in globalThis && 'yield' in scheduler
    ? scheduler.yield()
    : new Promise((resolve) => setTimeout(resolve));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
