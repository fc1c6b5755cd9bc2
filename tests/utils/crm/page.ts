import { JSDOM } from 'jsdom';
import { readContacts, type FoundContacts, type ReadOptions } from '../../../utils/crm/crm.ts';

/** Where the pages of these tests lie. */
export const PAGE_URL = 'https://crm.example/customers/42';

/** A page in jsdom, which runs no script of it. */
export function pageOf(html: string): Document {
  return new JSDOM(html, { url: PAGE_URL }).window.document;
}

/** Searches a page, given as a document or as HTML, without waiting between the slices. */
export function search(page: Document | string, options: ReadOptions = {}): Promise<FoundContacts> {
  const document = typeof page === 'string' ? pageOf(page) : page;
  return readContacts(document, PAGE_URL, { yieldToPage: () => Promise.resolve(), ...options });
}

/** The contacts of a page as people write them, best first: `Name <address>` or the bare address. */
export async function contactsOf(
  page: Document | string,
  options: ReadOptions = {},
): Promise<string[]> {
  const { contacts } = await search(page, options);
  return contacts.map(written);
}

/** `Name <address>`, or the bare address where there is no name. */
export function written({ name, address }: { name: string; address: string }): string {
  return name === '' ? address : `${name} <${address}>`;
}

/** Puts a shadow root with this content on an element. */
export function withShadow(host: Element | null, html: string): ShadowRoot {
  if (host === null) throw new Error('there is no such host');
  const root = host.attachShadow({ mode: 'open' });
  root.innerHTML = html;
  return root;
}
