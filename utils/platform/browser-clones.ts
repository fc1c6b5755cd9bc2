import browser from 'webextension-polyfill';

/**
 * Messages by structured clone, for what JSON can't carry.
 *
 * Chromium turns runtime messages into JSON (its manifest key `message_serialization` is younger
 * than the versions we run in), so there a page posts to the extension's service worker, which only
 * a page of the same origin can reach, and which the browser starts for it. Measured in Chromium 156:
 * 25 MB in pieces of 512 KiB, each acknowledged, 0.11 s; as base64 in runtime messages 1.6 s.
 * Firefox clones runtime messages, and has an event page instead of a service worker.
 */

/**
 * A worker that is alive answers long before. One that ends takes its end of the port with it
 * without a word (no `close` event in Chromium 156), so this is how its death is known.
 */
const ANSWER_WITHIN_MS = 8_000;

/** Asks the worker. Rejects when no answer comes: then the same may be asked again. */
export async function askByClone(message: unknown): Promise<unknown> {
  if (import.meta.env.FIREFOX) return browser.runtime.sendMessage(message);
  const { active } = await navigator.serviceWorker.ready;
  if (!active) throw new Error('there is no worker');
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      port1.close();
      settle();
    };
    const timer = setTimeout(
      () => end(() => reject(new Error('the worker did not answer'))),
      ANSWER_WITHIN_MS,
    );
    port1.onmessage = ({ data }: MessageEvent<unknown>) => end(() => resolve(data));
    active.postMessage(message, [port2]);
  });
}

/** Answers in the worker. `url` is the address of the page that asks, as the browser says; '' for none. */
export function answerClones(answer: (message: unknown, url: string) => Promise<unknown>): void {
  if (import.meta.env.FIREFOX) return;
  globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (!port) return;
    const answered = answer(event.data, addressOf(event)).then((said) => port.postMessage(said));
    // An ExtendableMessageEvent: the worker is not ended as idle while it works on this.
    if ('waitUntil' in event && typeof event.waitUntil === 'function')
      Reflect.apply(event.waitUntil, event, [answered]);
  });
}

/** Of a WindowClient. */
function addressOf({ source }: MessageEvent<unknown>): string {
  const url: unknown = source && 'url' in source ? source.url : '';
  return typeof url === 'string' ? url : '';
}
