import type { CrmReader, Sighting } from '../crm-reader.ts';
import { findAddresses } from '../find-addresses.ts';
import { visibleText } from '../invisible.ts';
import { nameBefore } from '../name-before.ts';

/** What the person had selected when they clicked, as the browser hands it over. Its place on the page is not known. */
export const selectedText: CrmReader = {
  id: 'selected-text',
  matches: () => true,
  *read(root, { selectionText }): Iterable<Sighting | null> {
    const { text, isDeceiving } = visibleText(selectionText);
    for (const { address, start, end } of findAddresses(text, MAX_ADDRESSES)) {
      const name = nameBefore(text, start, end)?.name ?? '';
      const sighting = { address, source: 'selection', place: root, name } as const;
      yield isDeceiving ? { ...sighting, doubt: 'hidden-characters' } : sighting;
    }
  },
};

const MAX_ADDRESSES = 200;
