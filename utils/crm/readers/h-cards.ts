import type { CrmReader, Sighting } from '../crm-reader.ts';
import { NODES_BETWEEN_PAUSES } from '../crm-reader.ts';
import { FOUND_LIMITS } from '../found-contacts.ts';
import { linkRecipients } from '../link-recipients.ts';
import { textInside } from '../text-inside.ts';

/** h-card and its elder hCard (microformats.org): people in classes. */
export const hCards: CrmReader = {
  id: 'h-cards',
  matches: () => true,
  *read(root, { dom, leaveOut }): Iterable<Sighting | null> {
    const names = new Map<Element, string>();
    let looked = 0;
    const elements = [...dom.all(root, '.u-email'), ...dom.all(root, '.email')];
    for (const element of elements) {
      looked += 1;
      if (looked > MAX_CARDS) {
        leaveOut();
        return;
      }
      if (looked % NODES_BETWEEN_PAUSES === 0) yield null;
      const card = dom.closest(element, '.h-card,.vcard');
      if (!card) continue;
      if (!names.has(card)) {
        const named = dom.first(card, '.p-name,.fn');
        names.set(card, named ? textInside(dom, named, FOUND_LIMITS.nameChars).trim() : '');
      }
      const name = names.get(card) ?? '';
      const href = dom.attribute(element, 'href');
      const addresses =
        href === null
          ? [textInside(dom, element, FOUND_LIMITS.addressChars).trim()]
          : linkRecipients(href);
      for (const address of addresses)
        yield { address, source: 'structured', place: element, name };
    }
  },
};

const MAX_CARDS = 5_000;
