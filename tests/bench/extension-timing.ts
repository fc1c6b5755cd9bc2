import type { Browser, CDPSession, Page } from 'puppeteer';
import { eventually } from '../harness/eventually.ts';
import { workerLife, type WorkerLife } from '../harness/worker-life.ts';

/** An extension that is timed. */
export interface Timed {
  readonly browser: Browser;
  readonly origin: string;
  readonly worker: WorkerLife;
}

/** Names an installed extension for timing. */
export function timed(browser: Browser, extensionId: string): Timed {
  const origin = `chrome-extension://${extensionId}`;
  return { browser, origin, worker: workerLife(browser, origin) };
}

/** Ends the extension's pages and its worker, so that the next step finds nothing of it running. */
export async function coolDown({ browser, origin, worker }: Timed): Promise<void> {
  for (const page of await browser.pages()) {
    if (page.url().startsWith(`${origin}/`)) await page.close();
  }
  await worker.kill();
  await eventually(async () => !(await worker.isAlive()), { what: 'the extension to be gone' });
}

/**
 * Milliseconds from the beginning of a navigation, with nothing of the extension running, to the
 * first frame in which `selector` is there.
 */
export async function openingMs(extension: Timed, path: string, selector: string): Promise<number> {
  await coolDown(extension);
  const page = await extension.browser.newPage();
  await page.evaluateOnNewDocument((wanted) => {
    if (location.protocol !== 'chrome-extension:') return;
    const seen = new MutationObserver(() => {
      if (!document.querySelector(wanted)) return;
      seen.disconnect();
      // A task that is posted from a frame runs when that frame has been drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          document.documentElement.dataset['openedMs'] = String(performance.now());
        };
        port2.postMessage(null);
      });
    });
    seen.observe(document, { childList: true, subtree: true });
  }, selector);
  await page.goto(`${extension.origin}/${path}`);
  return readFigure(page, 'openedMs');
}

/**
 * Milliseconds from the beginning of a navigation, with nothing of the extension running, to the
 * worker's answer to a message that is sent as early as a page can.
 */
export async function coldAnswerMs(extension: Timed, message: unknown): Promise<number> {
  await coolDown(extension);
  const page = await extension.browser.newPage();
  await page.evaluateOnNewDocument((asked) => {
    if (location.protocol !== 'chrome-extension:') return;
    void chrome.runtime.sendMessage(asked).then(() => {
      const answeredMs = performance.now();
      document.documentElement.dataset['answeredMs'] = String(answeredMs);
    });
  }, message);
  // Every extension has this page, and it is nobody's code.
  await page.goto(`${extension.origin}/manifest.json`);
  return readFigure(page, 'answeredMs');
}

/** Milliseconds from message to answer while a page keeps the process warm; `woken` ends the worker before. */
export async function warmAnswerMs(
  page: Page,
  message: unknown,
  woken: WorkerLife | null,
): Promise<number> {
  await woken?.kill();
  return page.evaluate(async (asked) => {
    const beganAt = performance.now();
    await chrome.runtime.sendMessage(asked);
    return performance.now() - beganAt;
  }, message);
}

/** Bytes of the worker's JavaScript heap after a collection. Attaches to the worker, so it comes last. */
export async function workerHeapBytes(extension: Timed): Promise<number> {
  const inside = await insideWorker(extension);
  await inside.send('HeapProfiler.collectGarbage');
  const { usedSize } = await inside.send('Runtime.getHeapUsage');
  await inside.detach();
  return usedSize;
}

/** How much a worker holds, watched while it works. */
export interface WorkerMemory {
  /** After a collection, when the watching began. */
  readonly idleBytes: number;
  /** Ends the watching and gives the most that was seen. */
  stop(): Promise<number>;
}

/**
 * Watches the worker's memory: its heap, the buffers that hang on it, and what the browser keeps for
 * it; garbage that is not collected yet counts. Attaches to the worker.
 */
export async function workerMemory(extension: Timed): Promise<WorkerMemory> {
  const inside = await insideWorker(extension);
  const look = async (): Promise<number> => {
    const { usedSize, embedderHeapUsedSize, backingStorageSize } =
      await inside.send('Runtime.getHeapUsage');
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  };
  await inside.send('HeapProfiler.collectGarbage');
  const idleBytes = await look();
  let watching = true;
  const watch = async (): Promise<number> => {
    let most = idleBytes;
    while (watching) most = Math.max(most, await look());
    return most;
  };
  const watched = watch();
  return {
    idleBytes,
    async stop() {
      watching = false;
      const most = await watched;
      await inside.detach();
      return most;
    },
  };
}

async function insideWorker({ browser, origin }: Timed): Promise<CDPSession> {
  const session = await browser.target().createCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.startsWith(`${origin}/`),
  );
  if (!worker) throw new Error('no worker is running');
  // By its connection: from whatever else attaches to a service worker, puppeteer detaches at once.
  const inside = await session.connection()?.createSession(worker);
  if (!inside) throw new Error('the worker could not be attached to');
  return inside;
}

async function readFigure(page: Page, name: string): Promise<number> {
  const handle = await page.waitForFunction(
    (key) => document.documentElement.dataset[key],
    {},
    name,
  );
  const figure = Number(await handle.jsonValue());
  await page.close();
  return figure;
}
