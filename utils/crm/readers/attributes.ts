import { NODES_BETWEEN_PAUSES, type CrmReader, type Sighting } from '../crm-reader.ts';
import { findAddresses } from '../find-addresses.ts';
import { visibleText } from '../invisible.ts';
import type { SafeDom } from '../safe-dom.ts';

/**
 * Addresses in attributes: tooltips, which are often the whole of a text that is cut off on the screen, what a
 * screen reader is told of a button, and what a script is to write to when a button is pressed.
 */
export const attributes: CrmReader = {
  id: 'attributes',
  matches: () => true,
  *read(root, { dom, leaveOut }): Iterable<Sighting | null> {
    for (const names of [SEEN_NAMES, ...WRITTEN_NAMES]) {
      yield null;
      const elements = dom.all(root, names.map((name) => `[${name}*="@"]`).join());
      const count = Math.min(elements.length, MAX_ELEMENTS);
      if (elements.length > count) leaveOut();
      for (let index = 0; index < count; index += 1) {
        const place = elements[index];
        if (index % NODES_BETWEEN_PAUSES === 0) yield null;
        if (place) yield* addressesOn(dom, place, names);
      }
    }
  },
};

function* addressesOn(
  dom: SafeDom,
  place: Element,
  names: readonly string[],
): Iterable<Sighting | null> {
  for (const name of names) {
    const value = dom.attribute(place, name);
    if (!value?.includes('@') || value.length > MAX_CHARS) continue;
    const { text, isDeceiving } = visibleText(value);
    for (const { address } of findAddresses(text, MAX_ADDRESSES)) {
      const sighting = { address, source: 'title', place } as const;
      yield isDeceiving ? { ...sighting, doubt: 'hidden-characters' } : sighting;
    }
  }
}

/** Many elements have these: one search for both goes over the page once. With a third the browser stood still for too long. */
const SEEN_NAMES = ['title', 'aria-label'];
/**
 * By these a button says whom it writes to; other attributes hold what nobody is meant to use. Few pages have them: in
 * a search of its own a browser passes over all that has no such attribute.
 */
const WRITTEN_NAMES = [['onclick'], ['data-email'], ['data-href']];
const MAX_ELEMENTS = 50_000;
const MAX_CHARS = 1_000;
const MAX_ADDRESSES = 20;
