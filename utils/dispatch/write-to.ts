import * as z from 'zod/mini';
import { foundContactsSchema, prefillOfClick, type FoundContacts } from '../crm/crm.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { PageError, type Log, type MenuClick, type Surface } from '../platform/platform.ts';
import type { Settings } from '../settings/settings.ts';
import { EMPTY_CONTENT } from './empty-content.ts';
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
  readonly outbox: Pick<Outbox, 'createDraft'>;
  readonly surface: Pick<Surface, 'openWindow' | 'readPage'>;
  readonly settings: Pick<Settings, 'get'>;
  readonly log: Log;
}): (click: MenuClick) => Promise<void> {
  const reading = new Set<number>();
  return async (click) => {
    const { tabId } = click;
    if (tabId !== null && reading.has(tabId)) return;
    if (tabId !== null) reading.add(tabId);
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
    } catch (error) {
      parts.log.report('write-to', error);
    } finally {
      if (tabId !== null) reading.delete(tabId);
    }
  };
}

/** Null when the page can't be read, or says nothing that can be understood. */
async function read(
  { surface, log }: { readonly surface: Pick<Surface, 'readPage'>; readonly log: Log },
  { tabId, linkUrl, selectionText }: MenuClick,
): Promise<FoundContacts | null> {
  if (tabId === null) return null;
  try {
    const said = await surface.readPage(tabId, { linkUrl, selectionText });
    const parsed = z.safeParse(foundContactsSchema(), said);
    if (parsed.success) return parsed.data;
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    log.report('read-page', new PageError(`not-understood: ${path}`));
  } catch (error) {
    log.report('read-page', error);
  }
  return null;
}
