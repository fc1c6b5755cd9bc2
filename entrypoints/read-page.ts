/**
 * Runs once in a page, on a click on "Write to …" (activeTab), and returns the contacts that it
 * finds. It has no power but that: no message, no storage, no network.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readContacts } from '../utils/crm/crm.ts';
import type { PageClick } from '../utils/platform/platform.ts';

declare global {
  /** What was clicked; set by the worker in this script's own world just before it runs. */
  var posternClick: PageClick | undefined;
}

/** What it returns is the result of `scripting.executeScript` in the worker. */
const read = (): unknown =>
  readContacts(document, location.href, {
    linkUrl: globalThis.posternClick?.linkUrl ?? null,
    selectionText: globalThis.posternClick?.selectionText ?? null,
  });

export default defineUnlistedScript(read);
