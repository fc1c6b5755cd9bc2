import browser, { type Runtime } from 'webextension-polyfill';
import { answerClones, askByClone } from './browser-clones.ts';
import type { Channel, MessageListener, Sender } from './platform.ts';

/** Marks what the worker tells pages, so that no page answers it as a question. */
const NEWS = 'postern-news';

/** Messages between our pages and our worker. */
export function createChannel(): Channel {
  return {
    ask: (message) => browser.runtime.sendMessage(message),
    askByClone,
    tell(news) {
      browser.runtime.sendMessage({ [NEWS]: news }).catch(() => {
        // No page is open: nobody to tell.
      });
    },
    onTold(listener) {
      const hear = (message: unknown, sender: Runtime.MessageSender): undefined => {
        if (sender.id === browser.runtime.id && sender.tab === undefined && isNews(message)) {
          listener(message[NEWS]);
        }
      };
      browser.runtime.onMessage.addListener(hear);
      return () => browser.runtime.onMessage.removeListener(hear);
    },
  };
}

/** Answers what pages ask. To be called in the worker's first tick. */
export function answerMessages(answer: MessageListener): void {
  answerClones((message, url) => answer(message, ownPageAt(url)));
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: Runtime.MessageSender, respond: (answer: unknown) => void) => {
      // Answered by callback: browsers differ in what they make of a promise that is returned.
      void answer(message, describe(sender)).then(respond);
      return true;
    },
  );
}

/**
 * Who is speaking, as the browser says. A content script runs under its page's address, so it can
 * never pass for a page of ours, whatever it writes into the message.
 */
function describe(sender: Runtime.MessageSender): Sender {
  return ownPageAt(sender.id === browser.runtime.id ? (sender.url ?? '') : '');
}

function ownPageAt(address: string): Sender {
  const url = URL.parse(address);
  const own = new URL(browser.runtime.getURL(''));
  if (url?.protocol !== own.protocol || url.host !== own.host) return { ownPage: false, path: '' };
  return { ownPage: true, path: url.pathname };
}

function isNews(message: unknown): message is Record<typeof NEWS, unknown> {
  return typeof message === 'object' && message !== null && NEWS in message;
}
