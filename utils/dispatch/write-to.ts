import { EMPTY_CONTENT } from '../mail/mail.ts';
import * as z from 'zod/mini';
import {
  FOUND_LIMITS,
  foundContactsSchema,
  prefillOfClick,
  type FoundContacts,
} from '../crm/crm.ts';
import type { Outbox } from '../outbox/outbox.ts';
import {
  PageError,
  type Log,
  type MenuClick,
  type PageWish,
  type Surface,
} from '../platform/platform.ts';
import type { Settings } from '../settings/settings.ts';
import { composePath } from './mail-handlers.ts';

/** As many as a person can look through; the best come first. */
const SHOWN_SUGGESTIONS = 50;

/**
 * What a click on "Write to …" sets going: read the page, make a sealed draft, open the window.
 *
 * What the page says is the page's word: parsed, cut to size, and shown to the person before
 * anything is sent, Cc and Bcc included. Of a page that can't be read the draft has what the click itself
 * says, and the log the reason. One reading at a time per tab: clicks in the meantime are dropped.
 */
export function createWriteTo(parts: {
  readonly outbox: Pick<Outbox, 'createDraft' | 'addFound'>;
  readonly surface: Pick<Surface, 'openWindow' | 'readPage'>;
  readonly settings: Pick<Settings, 'get'>;
  readonly log: Log;
}): (click: MenuClick) => Promise<void> {
  const reading = new Set<number>();
  return async (click) => {
    const { tabId } = click;
    if (tabId !== null && reading.has(tabId)) return;
    if (tabId !== null) reading.add(tabId);
    let open: Opened | null = null;
    try {
      const found = await read(parts, click);
      const { defaultAccountId } = await parts.settings.get();
      const draft = await parts.outbox.createDraft({
        accountId: defaultAccountId,
        content: { ...EMPTY_CONTENT, ...(found?.prefill ?? prefillOfClick(click)) },
        suggestions: (found?.contacts ?? [])
          .slice(0, SHOWN_SUGGESTIONS)
          .map(({ name, address, doubts }) => ({ name, address, doubts })),
      });
      await parts.surface.openWindow(composePath(draft.id));
      if (found) open = { click, draftId: draft.id, found };
    } catch (error) {
      parts.log.report('write-to', error);
    } finally {
      if (tabId !== null) reading.delete(tabId);
    }
    // The person writes already, and may click on the next.
    if (open) await keepTheOthers(parts, open);
  };
}

/** Null when the page can't be read, or says nothing that can be understood. */
async function read(
  { surface, log }: { readonly surface: Pick<Surface, 'readPage'>; readonly log: Log },
  { tabId, linkUrl, selectionText }: MenuClick,
  wish: PageWish = {},
): Promise<FoundContacts | null> {
  if (tabId === null) return null;
  try {
    const said = await surface.readPage(tabId, { linkUrl, selectionText, ...wish });
    const parsed = z.safeParse(foundContactsSchema(), said);
    if (parsed.success) return parsed.data;
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    log.report('read-page', new PageError(`not-understood: ${path}`));
  } catch (error) {
    log.report('read-page', error);
  }
  return null;
}

/** A draft whose window is open. */
interface Opened {
  readonly click: MenuClick;
  readonly draftId: string;
  readonly found: FoundContacts;
}

/** The tab may lead elsewhere by now: whom the window shows has to be there still. */
function isOfSamePage(found: FoundContacts, again: FoundContacts): boolean {
  const there = new Set(again.contacts.map(({ address }) => address));
  return found.contacts.every(({ address }) => there.has(address));
}

/**
 * Of a long list the window opens with the best, and the draft is given the others for a merge: naming two thousand people
 * takes a multiple of what a person notices. Of those who are not looked at one by one only
 * undoubted addresses and names.
 */
async function keepTheOthers(
  parts: Parameters<typeof createWriteTo>[0],
  { click, draftId, found }: Opened,
): Promise<void> {
  if (found.contacts.length <= SHOWN_SUGGESTIONS) return;
  const isCut = !found.complete && found.contacts.length >= FOUND_LIMITS.contacts;
  const wish = { mostContacts: FOUND_LIMITS.mostContacts };
  const again = isCut ? await read(parts, click, wish) : null;
  const all = again && isOfSamePage(found, again) ? again : found;
  const shown = new Set(found.contacts.slice(0, SHOWN_SUGGESTIONS).map(({ address }) => address));
  const others = all.contacts.flatMap(({ name, address, doubts }) => {
    if (shown.has(address) || doubts.some((doubt) => doubt !== 'name-unlike')) return [];
    return [{ name: doubts.length > 0 ? '' : name, address }];
  });
  try {
    await parts.outbox.addFound(draftId, others);
  } catch (error) {
    parts.log.report('write-to', error);
  }
}
