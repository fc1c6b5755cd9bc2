import { NODES_BETWEEN_PAUSES, type CrmReader, type Sighting } from '../crm-reader.ts';
import { findAddresses } from '../find-addresses.ts';
import { visibleText } from '../invisible.ts';

/**
 * Addresses in attributes: tooltips, which are often the whole of a text that is cut off on the screen, what a
 * screen reader is told of a button, and what a script is to write to when a button is pressed.
 */
export const attributes: CrmReader = {
  id: 'attributes',
  matches: () => true,
  *read(root, { dom, leaveOut }): Iterable<Sighting | null> {
    // One search for each: a list of them is one long task, and passes over no part of the page that has none.
    for (const name of NAMES) {
      yield null;
      const elements = dom.all(root, `[${name}*="@"]`);
      const count = Math.min(elements.length, MAX_ELEMENTS);
      if (elements.length > count) leaveOut();
      for (let index = 0; index < count; index += 1) {
        const place = elements[index];
        if (index % NODES_BETWEEN_PAUSES === 0) yield null;
        const value = place && dom.attribute(place, name);
        if (!value || value.length > MAX_CHARS) continue;
        const { text, isDeceiving } = visibleText(value);
        for (const { address } of findAddresses(text, MAX_ADDRESSES)) {
          const sighting = { address, source: 'title', place } as const;
          yield isDeceiving ? { ...sighting, doubt: 'hidden-characters' } : sighting;
        }
      }
    }
  },
};

/** By these a button says whom it writes to; other attributes hold what nobody is meant to use. */
const NAMES = ['title', 'aria-label', 'data-email', 'data-href', 'onclick'];
const MAX_ELEMENTS = 50_000;
const MAX_CHARS = 1_000;
const MAX_ADDRESSES = 20;
