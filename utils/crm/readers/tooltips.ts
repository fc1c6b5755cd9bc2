import { NODES_BETWEEN_PAUSES, type CrmReader, type Sighting } from '../crm-reader.ts';
import { findAddresses } from '../find-addresses.ts';
import { visibleText } from '../invisible.ts';

/** Addresses in tooltips: often the whole of a text that is cut off on the screen. */
export const tooltips: CrmReader = {
  id: 'tooltips',
  matches: () => true,
  *read(root, { dom, leaveOut }): Iterable<Sighting | null> {
    const elements = dom.all(root, '[title*="@"]');
    const count = Math.min(elements.length, MAX_ELEMENTS);
    if (elements.length > count) leaveOut();
    for (let index = 0; index < count; index += 1) {
      const place = elements[index];
      if (index % NODES_BETWEEN_PAUSES === 0) yield null;
      const title = place && dom.attribute(place, 'title');
      if (!title || title.length > MAX_CHARS) continue;
      const { text, isDeceiving } = visibleText(title);
      for (const { address } of findAddresses(text, MAX_ADDRESSES)) {
        const sighting = { address, source: 'title', place } as const;
        yield isDeceiving ? { ...sighting, doubt: 'hidden-characters' } : sighting;
      }
    }
  },
};

const MAX_ELEMENTS = 50_000;
const MAX_CHARS = 1_000;
const MAX_ADDRESSES = 20;
