/**
 * Room `crm`: from the page that somebody looks at to the people on it.
 *
 * `readContacts` runs in the page (an injected script) and finds contacts with their names, and what
 * the click says of the mail to be written. It is linear in the page, works in slices of 4 ms,
 * and survives pages that fight it. It refuses to change the page, to touch network or storage, to read password or
 * hidden fields, and to guess: an address or a name that is not sure is left out or carries a doubt.
 * `foundContactsSchema` is for the worker, which believes no page; `prefillOfClick` says what a click says where no page
 * can be read. How to add a CRM: `crm-reader.ts`. Called by the injected script (`entrypoints/read-page.ts`), and by dispatch.
 */
export type { CrmReader, ReaderContext, Root, Sighting } from './crm-reader.ts';
export {
  FOUND_LIMITS,
  type Doubt,
  type FoundContact,
  type FoundContacts,
  type Prefill,
  type Relation,
  type Source,
} from './found-contacts.ts';
export { foundContactsSchema } from './found-contacts-schema.ts';
export { prefillOfClick } from './prefill.ts';
export { readContacts, type ReadOptions } from './read-contacts.ts';
