import type { CrmReader, Sighting } from '../crm-reader.ts';
import { findAddresses } from '../find-addresses.ts';
import { nameBefore } from '../name-before.ts';

/** What the person had selected when they clicked, as the browser hands it over. Its place on the page is not known. */
export const selectedText: CrmReader = {
  id: 'selected-text',
  matches: () => true,
  *read(root, { selectionText }): Iterable<Sighting | null> {
    for (const { address, start, end } of findAddresses(selectionText, MAX_ADDRESSES)) {
      const name = nameBefore(selectionText, start, end)?.name ?? '';
      yield { address, source: 'selection', place: root, name };
    }
  },
};

const MAX_ADDRESSES = 200;
