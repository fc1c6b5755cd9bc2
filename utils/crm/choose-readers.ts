import type { CrmReader } from './crm-reader.ts';
import { attributes } from './readers/attributes.ts';
import { contactLinks } from './readers/contact-links.ts';
import { hCards } from './readers/h-cards.ts';
import { inputFields } from './readers/input-fields.ts';
import { itemProperties } from './readers/item-properties.ts';
import { jsonLd } from './readers/json-ld.ts';
import { pageTexts } from './readers/page-texts.ts';
import { selectedText } from './readers/selected-text.ts';

/** Readers written for one CRM each. Name yours here; the contract says how to write it. */
const CRM_READERS: readonly CrmReader[] = [];

/** Readers of what every web page may hold, the most telling first. */
const GENERIC_READERS: readonly CrmReader[] = [
  selectedText,
  contactLinks,
  inputFields,
  jsonLd,
  itemProperties,
  hCards,
  attributes,
  pageTexts,
];

/** Every reader there is, for the contract suite. */
export const ALL_READERS: readonly CrmReader[] = [...CRM_READERS, ...GENERIC_READERS];

/** The readers for a page: those of its CRM, then the generic ones. */
export function chooseReaders(
  url: URL,
  readers: readonly CrmReader[] = ALL_READERS,
): readonly CrmReader[] {
  return readers.filter((reader) => reader.matches(url));
}
