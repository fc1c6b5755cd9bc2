import type { Browser } from 'puppeteer';
import {
  coldAnswerMs,
  openingMs,
  timed,
  warmAnswerMs,
  workerHeapBytes,
  type Timed,
} from './extension-timing.ts';
import { median, rowOf, type Line, type Row } from './table.ts';

/** The message that every popup begins with. */
const question = { name: 'accounts.list', request: {} };
const rounds = 15;

/** Two extensions in one browser, measured in turns. */
export interface Contest {
  readonly browser: Browser;
  readonly oursId: string;
  readonly floorId: string;
}

/** How fast the popup and the worker are beside an extension that does nothing. */
export async function workerRows({ browser, oursId, floorId }: Contest): Promise<readonly Line[]> {
  const ours = timed(browser, oursId);
  const floor = timed(browser, floorId);
  return [
    // Usable: "Write a mail" is there and works, which needs neither script nor worker.
    await rowOf('popup, cold: navigation to usable', () =>
      inTurns(
        () => openingMs(ours, 'popup.html', '.popup-compose a'),
        () => openingMs(floor, 'page.html', '#there'),
        1.25,
      ),
    ),
    // The floor asks nobody; this waits for a cold worker that opens the vault.
    await rowOf('popup, cold: navigation to the accounts, told by a cold worker', () =>
      inTurns(
        () => openingMs(ours, 'popup.html', '.popup-foot .account'),
        () => openingMs(floor, 'page.html', '#there'),
        null,
      ),
    ),
    await rowOf('worker, cold: navigation to first answer', () =>
      inTurns(
        () => coldAnswerMs(ours, question),
        () => coldAnswerMs(floor, question),
        1.2,
      ),
    ),
    await rowOf('worker, ended, process warm: message to answer', () =>
      besidePages(ours, floor, { woken: true, budget: 2 }),
    ),
    await rowOf('worker, running: message to answer', () =>
      besidePages(ours, floor, { woken: false, budget: null }),
    ),
    await rowOf('worker, idle: heap', () => heaps(ours, floor)),
  ];
}

async function besidePages(
  ours: Timed,
  floor: Timed,
  { woken, budget }: { readonly woken: boolean; readonly budget: number | null },
): Promise<Omit<Row, 'what'>> {
  const [oursPage, floorPage] = [await ours.browser.newPage(), await floor.browser.newPage()];
  await oursPage.goto(`${ours.origin}/manifest.json`);
  await floorPage.goto(`${floor.origin}/manifest.json`);
  // Both workers run before the first round that counts.
  await warmAnswerMs(oursPage, question, null);
  await warmAnswerMs(floorPage, question, null);
  const row = await inTurns(
    () => warmAnswerMs(oursPage, question, woken ? ours.worker : null),
    () => warmAnswerMs(floorPage, question, woken ? floor.worker : null),
    budget,
  );
  await oursPage.close();
  await floorPage.close();
  return row;
}

/** Medians of alternating rounds, so that both have the same neighbours on the machine. */
async function inTurns(
  ours: () => Promise<number>,
  floor: () => Promise<number>,
  budget: number | null,
): Promise<Omit<Row, 'what'>> {
  const [oursMs, floorMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    floorMs.push(await floor());
    oursMs.push(await ours());
  }
  const ratio = median(oursMs) / median(floorMs);
  return {
    ours: `${median(oursMs).toFixed(1)} ms`,
    floor: `${median(floorMs).toFixed(1)} ms`,
    measure: `${ratio.toFixed(2)} ×`,
    budget: budget === null ? 'none' : `≤ ${budget} ×`,
    within: budget === null || ratio <= budget,
  };
}

async function heaps(ours: Timed, floor: Timed): Promise<Omit<Row, 'what'>> {
  const bytesOf = async (extension: Timed): Promise<number> => {
    await extension.worker.kill();
    const page = await extension.browser.newPage();
    await page.goto(`${extension.origin}/manifest.json`);
    await warmAnswerMs(page, question, null);
    const bytes = await workerHeapBytes(extension);
    await page.close();
    return bytes;
  };
  const [oursBytes, floorBytes] = [await bytesOf(ours), await bytesOf(floor)];
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  return {
    ours: megabytes(oursBytes),
    floor: megabytes(floorBytes),
    measure: megabytes(oursBytes),
    budget: '≤ 1.5 MB',
    within: oursBytes <= 1.5e6,
  };
}
