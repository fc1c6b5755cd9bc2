import { expect, test } from 'vitest';
import { ALL_READERS, chooseReaders } from '../../../utils/crm/choose-readers.ts';
import type { CrmReader, Sighting } from '../../../utils/crm/crm.ts';
import { search } from './page.ts';
import { describeReader } from './reader-contract.ts';

/** What somebody would write for a CRM of their own: this is all. */
const fenceAndField: CrmReader = {
  id: 'fence-and-field',
  matches: (url) => url.hostname === 'fields.example' && url.pathname.startsWith('/customer/'),
  *read(root, { dom }): Iterable<Sighting | null> {
    // The record's card; seen 2026-05-12.
    for (const card of dom.all(root, '[data-card="customer"]')) {
      const code = dom.first(card, '[data-part="reach"]');
      const name = dom.first(card, '[data-part="who"]');
      const address = code && dom.attribute(code, 'data-reach');
      if (code && address) {
        yield { address, source: 'record', place: code, name: name ? dom.wholeText(name) : '' };
      }
    }
  },
};

for (const reader of ALL_READERS) describeReader(reader);
describeReader(fenceAndField, 'https://fields.example/customer/1');

test('every reader has a name of its own', () => {
  const ids = ALL_READERS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a reader of its own comes first on its CRM, and is not asked elsewhere', async () => {
  const page = `<a href="mailto:other@x.example">other@x.example</a>
    <div data-card="customer"><i data-part="who">Anna Berg</i><i data-part="reach" data-reach="office@x.example"></i></div>`;
  const readers = [fenceAndField, ...ALL_READERS];
  const there = new URL('https://fields.example/customer/1');
  expect(chooseReaders(there, readers)[0]).toBe(fenceAndField);
  expect(chooseReaders(new URL('https://other.example/'), readers)).not.toContain(fenceAndField);
  const matching = { ...fenceAndField, matches: () => true };
  const { contacts } = await search(page, { readers: [matching, ...ALL_READERS] });
  expect(contacts).toEqual([
    {
      name: 'Anna Berg',
      address: 'office@x.example',
      source: 'record',
      relation: 'page',
      doubts: [],
    },
    { name: '', address: 'other@x.example', source: 'link', relation: 'page', doubts: [] },
  ]);
});

test('a reader that breaks takes nothing from the others, and the answer says that somebody may be missing', async () => {
  const broken: CrmReader = {
    id: 'broken',
    matches: () => true,
    read: () => {
      throw new Error('the page is not what it was');
    },
  };
  const found = await search('<p>a@x.example</p>', { readers: [broken, ...ALL_READERS] });
  expect(found.contacts).toHaveLength(1);
  expect(found.complete).toBe(false);
});
