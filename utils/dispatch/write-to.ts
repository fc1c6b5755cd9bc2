import * as z from 'zod/mini';
import { foundContactsSchema, type FoundContacts } from '../crm/crm.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Log, MenuClick, Surface } from '../platform/platform.ts';
import type { Settings } from '../settings/settings.ts';
import { EMPTY_CONTENT } from './empty-content.ts';
import { composePath } from './mail-handlers.ts';

/** As many as a person can look through; the best come first. */
const SHOWN_SUGGESTIONS = 50;

/**
 * What a click on "Write to …" sets going: read the page, make a sealed draft, open the window.
 *
 * What the page says is the page's word: parsed, cut to size, and shown to the person before
 * anything is sent, Cc and Bcc included. A page that can't be read opens an empty draft. One
 * reading at a time per tab: clicks in the meantime are dropped.
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
      const said = tabId === null ? null : await parts.surface.readPage(tabId, click);
      const found = understand(said);
      const { defaultAccountId } = await parts.settings.get();
      const draft = await parts.outbox.createDraft({
        accountId: defaultAccountId,
        content: { ...EMPTY_CONTENT, ...found?.prefill },
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

/** Null when nothing was said, or nothing that can be understood. */
function understand(said: unknown): FoundContacts | null {
  const parsed = z.safeParse(foundContactsSchema(), said);
  return parsed.success ? parsed.data : null;
}
