import type { CrmReader, Sighting } from '../crm-reader.ts';
import { NODES_BETWEEN_PAUSES } from '../crm-reader.ts';
import { findAddresses } from '../find-addresses.ts';
import { visibleText } from '../invisible.ts';

/** What stands in the fields of a form: the record that the person is editing. */
export const inputFields: CrmReader = {
  id: 'input-fields',
  matches: () => true,
  *read(root, { dom, labels, leaveOut }): Iterable<Sighting | null> {
    const signIns = new Map<Element, boolean>();
    // One search for each: a list of both takes several times as long.
    const fields = FIELDS.flatMap((selector) => Array.from(dom.all(root, selector)));
    if (fields.length > MAX_FIELDS) leaveOut();
    for (const [index, place] of fields.slice(0, MAX_FIELDS).entries()) {
      if (index % NODES_BETWEEN_PAUSES === 0) yield null;
      const value = dom.member(place, 'value');
      if (typeof value !== 'string' || !value.includes('@') || value.length > MAX_CHARS) continue;
      if (isSignIn(dom.closest(place, 'form'))) continue;
      const isEmail =
        dom.attribute(place, 'type')?.toLowerCase() === 'email' || labels.of(place) === 'email';
      for (const { address } of findAddresses(visibleText(value).text, MAX_ADDRESSES)) {
        yield { address, source: isEmail ? 'field' : 'text', place };
      }
    }

    /** The address in a sign-in form is the person's own. */
    function isSignIn(form: Element | null): boolean {
      if (form === null) return false;
      const known =
        signIns.get(form) ??
        (dom.first(form, 'input[type="password" i]') !== null &&
          dom.all(form, FIELDS[0]).length <= MAX_SIGN_IN_FIELDS);
      signIns.set(form, known);
      return known;
    }
  },
};

/** Fields whose text the person can see. Password and hidden fields are not even asked for. First what a list has in each row. */
const FIELDS = [
  'input:not([type="checkbox" i],[type="password" i],[type="hidden" i],[type="radio" i],[type="file" i])',
  'textarea',
] as const;
/** Name, address and a company: more is asked of a contact, not of somebody who signs in or up. */
const MAX_SIGN_IN_FIELDS = 3;
const MAX_FIELDS = 20_000;
const MAX_CHARS = 20_000;
const MAX_ADDRESSES = 50;
