import type { CrmReader, ReaderContext, Sighting } from '../crm-reader.ts';
import { NODES_BETWEEN_PAUSES } from '../crm-reader.ts';
import { FOUND_LIMITS } from '../found-contacts.ts';
import { textInside } from '../text-inside.ts';

/** Microdata (HTML, section 5): an `email` property, and the name of the same item. */
export const itemProperties: CrmReader = {
  id: 'item-properties',
  matches: () => true,
  *read(root, context): Iterable<Sighting | null> {
    const { dom, leaveOut } = context;
    // Looking for a value in an attribute takes as long as the page is large; for an item, nothing where there is none.
    if (dom.first(root, ITEM) === null) return;
    const names = new Map<Element, string>();
    let looked = 0;
    for (const element of dom.all(root, '[itemprop~="email" i]')) {
      looked += 1;
      if (looked > MAX_PROPERTIES) {
        leaveOut();
        return;
      }
      if (looked % NODES_BETWEEN_PAUSES === 0) yield null;
      const item = dom.closest(element, ITEM);
      if (item && !names.has(item) && names.size < MAX_ITEMS) {
        // Looks through the whole item, which may be the whole page.
        yield null;
        names.set(item, nameOfItem(context, item));
      }
      const value = propertyValue(context, element).replace(/^\s*mailto:/i, '');
      yield {
        address: (value.split('?')[0] ?? '').trim(),
        source: 'structured',
        place: element,
        name: (item && names.get(item)) ?? '',
      };
    }
  },
};

const MAX_PROPERTIES = 5_000;
const MAX_ITEMS = 300;
const ITEM = '[itemscope]';

function nameOfItem(context: ReaderContext, item: Element): string {
  const { dom } = context;
  const own = (name: string): string => {
    for (const found of dom.all(item, `[itemprop~="${name}" i]`)) {
      // The name of an item inside this one, such as the employer, is another's.
      if (dom.closest(found, ITEM) === item) return propertyValue(context, found).trim();
    }
    return '';
  };
  return own('name') || `${own('givenName')} ${own('familyName')}`.trim();
}

function propertyValue({ dom }: ReaderContext, element: Element): string {
  const attribute = dom.attribute(element, 'content') ?? dom.attribute(element, 'href');
  return attribute ?? textInside(dom, element, FOUND_LIMITS.addressChars);
}
