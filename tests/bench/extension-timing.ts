import type { Browser, Page } from 'puppeteer';
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
export async function workerHeapBytes({ browser, origin }: Timed): Promise<number> {
  const session = await browser.target().createCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.startsWith(`${origin}/`),
  );
  if (!worker) throw new Error('no worker is running');
  const { targetId } = worker;
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: true });
  const inside = session.connection()?.session(sessionId);
  if (!inside) throw new Error('the worker could not be attached to');
  await inside.send('HeapProfiler.collectGarbage');
  const { usedSize } = await inside.send('Runtime.getHeapUsage');
  await session.send('Target.detachFromTarget', { sessionId });
  return usedSize;
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
