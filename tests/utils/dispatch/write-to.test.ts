import { describe, expect, it } from 'vitest';
import { createWriteTo } from '../../../utils/dispatch/dispatch.ts';
import { unpackPeople } from '../../../utils/mail/mail.ts';
import { PageError, type MenuClick, type Surface } from '../../../utils/platform/platform.ts';
import { createMailWorld } from '../../harness/mail-world.ts';

const TAB = 7;
const NOBODY = { to: [], cc: [], bcc: [], subject: '', text: '' };

/** A click on a page that answers so, and the draft that it leads to. */
async function clickOn(
  page: Surface['readPage'],
  { linkUrl = null, selectionText = null, tabId = TAB }: Partial<MenuClick> = {},
) {
  const outbox = createMailWorld().worker();
  const opened: string[] = [];
  const reported: string[] = [];
  const writeTo = createWriteTo({
    outbox,
    surface: {
      readPage: page,
      openWindow: (path) => {
        opened.push(path);
        return Promise.resolve();
      },
    },
    settings: { get: () => Promise.resolve({ defaultAccountId: null } as never) },
    log: {
      report: (where, error) => {
        reported.push(`${where}: ${error instanceof PageError ? error.code : String(error)}`);
      },
    },
  });
  await writeTo({ linkUrl, selectionText, tabId });
  const id = new URL(opened[0] ?? '', 'https://x.example').searchParams.get('draft') ?? '';
  const draft = await outbox.openDraft(id);
  return { draft, opened, reported };
}

const unreadable = () => Promise.reject(new PageError('not-allowed'));

describe('“Write to …” on a page that can’t be read', () => {
  const LINK =
    'mailto:bob@example.com,Carol%20%3Ccarol@example.com%3E?cc=dora@example.com&bcc=boss@example.com&subject=Your%20fence&body=Dear%20Bob%2C%0A';
  const asked = {
    to: [
      { name: '', address: 'bob@example.com' },
      { name: 'Carol', address: 'carol@example.com' },
    ],
    cc: [{ name: '', address: 'dora@example.com' }],
    bcc: [{ name: '', address: 'boss@example.com' }],
    subject: 'Your fence',
    text: 'Dear Bob,\n',
  };

  it.each([
    ['the browser refuses', unreadable, 'not-allowed'],
    [
      'nothing that can be understood comes from it',
      () => Promise.resolve({ contacts: 'many' }),
      '',
    ],
  ])(
    'fills in what the link itself asks for, and logs the reason: %s',
    async (_what, page, code) => {
      const { draft, reported } = await clickOn(page, { linkUrl: LINK });
      expect(draft?.content).toMatchObject(asked);
      expect(draft?.suggestions).toEqual([]);
      expect(reported).toHaveLength(1);
      expect(reported[0]).toContain(`read-page: ${code}`);
      expect(reported.join()).not.toContain('example.com');
    },
  );

  it('does so where there is no tab at all', async () => {
    expect(
      (await clickOn(unreadable, { linkUrl: LINK, tabId: null })).draft?.content,
    ).toMatchObject(asked);
  });

  it.each([
    ['bob@example.com', ['bob@example.com']],
    [
      'Bob <bob@example.com>, “Carol” (carol@example.com).',
      ['bob@example.com', 'carol@example.com'],
    ],
    ['E-mail:bob@example.com;BOB@example.com', ['BOB@example.com']],
    ['write to bob@example.com!', ['bob@example.com']],
    ['https://bob@example.com/ and https://x.example/?mail=bob@example.com', []],
    ['bob@exa\u200bmple.com', []],
    ['bob@localhost, icon @2x', []],
    ['Nothing here', []],
  ])('fills in the addresses of the selected text: %s', async (selectionText, addresses) => {
    const { draft } = await clickOn(unreadable, { selectionText });
    expect(draft?.content).toMatchObject({
      ...NOBODY,
      to: addresses.map((address) => ({ name: '', address })),
    });
  });

  it('leaves the choice to the person when everything was selected', async () => {
    const selectionText = Array.from({ length: 30 }, (_, index) => `p${index}@x.example`).join(' ');
    expect((await clickOn(unreadable, { selectionText })).draft?.content.to).toEqual([]);
  });

  it('opens an empty draft where the click says nothing', async () => {
    const { draft, opened } = await clickOn(unreadable, { linkUrl: 'https://crm.example/c/1' });
    expect(opened).toHaveLength(1);
    expect(draft?.content).toMatchObject(NOBODY);
  });
});

const contact = (index: number, doubts: readonly string[] = []) => ({
  name: '',
  address: `p${index}@example.com`,
  source: 'text',
  relation: 'page',
  doubts,
});
const list = (length: number) => Array.from({ length }, (_, index) => contact(index));

describe('“Write to …” on a long list', () => {
  it('opens with the best, and has everybody for a merge', async () => {
    const wishes: unknown[] = [];
    const { draft } = await clickOn((_tabId, { mostContacts }) => {
      wishes.push(mostContacts);
      const most = mostContacts ?? 100;
      return Promise.resolve({ prefill: NOBODY, contacts: list(most), complete: false });
    });
    expect(wishes).toEqual([undefined, 2_000]);
    expect(draft?.suggestions).toHaveLength(50);
    const others = unpackPeople(draft?.alsoFound ?? '');
    expect(others).toHaveLength(1_950);
    expect(others[0]).toEqual({ name: '', address: 'p50@example.com' });
  });

  it('looks only once where the first answer has everybody, and takes nobody along who needs a look', async () => {
    let asked = 0;
    const { draft } = await clickOn(() => {
      asked += 1;
      const contacts = [...list(60), contact(60, ['not-visible'])];
      return Promise.resolve({ prefill: NOBODY, contacts, complete: true });
    });
    expect(asked).toBe(1);
    expect(unpackPeople(draft?.alsoFound ?? '')).toHaveLength(10);
  });

  it('has the first hundred when the page is gone before the second look', async () => {
    const { draft, reported } = await clickOn((_tabId, { mostContacts }) =>
      mostContacts === undefined
        ? Promise.resolve({ prefill: NOBODY, contacts: list(100), complete: false })
        : Promise.reject(new PageError('gone')),
    );
    expect(unpackPeople(draft?.alsoFound ?? '')).toHaveLength(50);
    expect(reported).toEqual(['read-page: gone']);
  });
});

describe('“Write to …” on a long list that is left meanwhile', () => {
  it('takes nobody along from the page that came after', async () => {
    const { draft } = await clickOn((_tabId, { mostContacts }) => {
      const contacts = mostContacts === undefined ? list(100) : list(400).slice(200);
      return Promise.resolve({ prefill: NOBODY, contacts, complete: false });
    });
    const others = unpackPeople(draft?.alsoFound ?? '').map(({ address }) => address);
    expect(others).toEqual(
      list(100)
        .slice(50)
        .map(({ address }) => address),
    );
  });
});

describe('“Write to …” on a page that was read', () => {
  it('takes what the search says, not the bare click', async () => {
    const { draft, reported } = await clickOn(
      () =>
        Promise.resolve({
          prefill: { ...NOBODY, to: [{ name: 'Bob', address: 'bob@example.com' }] },
          contacts: [],
          complete: true,
        }),
      { linkUrl: 'mailto:bob@example.com' },
    );
    expect(draft?.content.to).toEqual([{ name: 'Bob', address: 'bob@example.com' }]);
    expect(reported).toEqual([]);
  });
});
