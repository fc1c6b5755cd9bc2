/**
 * Runs once in a page, on a click on "Write to …" (activeTab), and leaves a function in its own world, which the worker
 * calls next: it returns the contacts that it finds. It has no power but that: no message, no storage, no network.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readContacts } from '../utils/crm/crm.ts';
import type { PageAnswer, PageClick, PageWish } from '../utils/platform/platform.ts';

declare global {
  /** What the worker calls, in this script's own world. */
  var posternRead: ((wanted: PageClick & PageWish) => Promise<PageAnswer>) | undefined;
}

/** Never rejects: the browser would drop the reason. */
async function read(wanted: PageClick & PageWish): Promise<PageAnswer> {
  try {
    return { kind: 'found', found: await readContacts(document, location.href, wanted) };
  } catch (error) {
    // Of the error only what is ours: its words may quote the page.
    const { name, stack = '' } = error instanceof Error ? error : new Error();
    return { kind: 'failed', name, at: /read-page\.js:(\d+:\d+)/.exec(stack)?.[1] ?? '' };
  }
}

export default defineUnlistedScript(() => {
  globalThis.posternRead = read;
});
