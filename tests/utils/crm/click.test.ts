import { describe, expect, test } from 'vitest';
import { FOUND_LIMITS } from '../../../utils/crm/crm.ts';
import { pageOf, PAGE_URL, search, withShadow, written } from './page.ts';
import { LIST_TABLE, SHEET } from './pages/server-rendered.ts';

/** Selects a node's content, as a person would by dragging over it. */
function select(document: Document, node: Node | null | undefined): void {
  if (!node) throw new Error('there is nothing to select');
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

const inOrigin = (path: string): string => new URL(path, PAGE_URL).href;

describe('a click on a mailto link', () => {
  test('gives everything that the link says, Cc and Bcc apart from To, with the names of the page', async () => {
    const { prefill } = await search(LIST_TABLE, {
      linkUrl:
        'mailto:ab@timber.example,new.person%40wire.example?cc=jmueller@hedges.example&bcc=box@crm.example' +
        '&subject=Fence%20%26%20gate&body=Dear%20Anna,%0D%0A%0D%0A50%25%20off+more',
    });
    expect({ ...prefill, to: prefill.to.map(written), cc: prefill.cc.map(written) }).toEqual({
      to: ['Anna Berg <ab@timber.example>', 'new.person@wire.example'],
      cc: ['Jörg Müller <jmueller@hedges.example>'],
      bcc: [{ name: '', address: 'box@crm.example' }],
      subject: 'Fence & gate',
      text: 'Dear Anna,\n\n50% off+more',
    });
  });

  test('puts its recipients first, and marks them as clicked', async () => {
    const { contacts } = await search(LIST_TABLE, { linkUrl: 'mailto:jmueller@hedges.example' });
    expect(contacts.map(({ address, relation }) => [address, relation])).toEqual([
      ['jmueller@hedges.example', 'clicked'],
      ['ab@timber.example', 'page'],
      ['xm.wang@gates.example', 'page'],
    ]);
  });

  test('that names nobody writes to nobody, also on a page that is about somebody', async () => {
    const { prefill } = await search(SHEET, { linkUrl: 'mailto:?subject=Look' });
    expect(prefill).toMatchObject({ to: [], subject: 'Look' });
  });

  test('takes no address from a link that smuggles a header in', async () => {
    const { prefill } = await search('<p>x</p>', {
      linkUrl:
        'mailto:bo@x.example%0D%0ABcc:thief@x.example?subject=Hi%0ABcc:thief@x.example&body=ok',
    });
    expect(prefill).toEqual({ to: [], cc: [], bcc: [], subject: '', text: 'ok' });
  });

  test('is cut to the limits, and what is no address is left out', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `p${index}@x.example`).join(',');
    const { prefill } = await search('<p>x</p>', {
      linkUrl: `mailto:not%20an%20address,${many}?subject=${'s'.repeat(2_000)}&body=${'b'.repeat(20_000)}`,
    });
    expect(prefill.to).toHaveLength(FOUND_LIMITS.recipients);
    expect(prefill.to[0]).toEqual({ name: '', address: 'p0@x.example' });
    expect(prefill.subject).toHaveLength(FOUND_LIMITS.subjectChars);
    expect(prefill.text).toHaveLength(FOUND_LIMITS.textChars);
  });
});

describe('a click on a link to a record', () => {
  test.each([
    ['/c/2', 'Jörg Müller <jmueller@hedges.example>'],
    ['/c/3', '王小明 <xm.wang@gates.example>'],
  ])('%s writes to the address in the same row', async (path, contact) => {
    const { prefill, contacts } = await search(LIST_TABLE, { linkUrl: inOrigin(path) });
    expect(prefill.to.map(written)).toEqual([contact]);
    expect(contacts[0]).toMatchObject({ relation: 'beside' });
  });

  test('writes to nobody when its row has no address, not to the neighbour', async () => {
    const { prefill, contacts } = await search(LIST_TABLE, { linkUrl: inOrigin('/c/4') });
    expect(prefill.to).toEqual([]);
    expect(contacts.every(({ relation }) => relation === 'page')).toBe(true);
  });

  test.each(['c/2', './c/2', '../c/2', '//crm.example/c/2', 'https://crm.example/c/2', ' /c/2'])(
    'finds the link however it is written: %s',
    async (href) => {
      const page = new URL('/x/list', PAGE_URL).href;
      const rest = href.startsWith('c') || href.startsWith('./') ? '/x/c/2' : '/c/2';
      const document = pageOf(
        `<base href="${page}"><ul><li><a href="${href}">Olu Okafor</a> <i>o@x.example</i><li><a href="/c/9">Bo Lund</a> <i>b@x.example</i></ul>`,
      );
      const { prefill } = await search(document, { linkUrl: new URL(rest, PAGE_URL).href });
      expect(prefill.to.map(written)).toEqual(['Olu Okafor <o@x.example>']);
    },
  );

  test('in a card writes to the address of that card only', async () => {
    const card = (name: string, mail: string): string =>
      `<div class="card"><a href="/p/${name}">${name}</a><p>Builder</p><p>${mail}</p></div>`;
    const page = `<div>${card('Anna Berg', 'a@x.example')}${card('Bo Lund', '')}${card('Cy Moss', 'c@x.example')}</div>`;
    const clicked = async (name: string): Promise<string[]> =>
      (await search(page, { linkUrl: inOrigin(`/p/${encodeURIComponent(name)}`) })).prefill.to.map(
        written,
      );
    expect(await clicked('Anna Berg')).toEqual(['Anna Berg <a@x.example>']);
    expect(await clicked('Bo Lund')).toEqual([]);
    expect(await clicked('Cy Moss')).toEqual(['Cy Moss <c@x.example>']);
  });
});

describe('a name that may be another person’s', () => {
  const row = (company: string, name: string, address: string): string =>
    `<tr><td><a href="/o/${company}">${company}</a></td><td>${name}</td><td>${address}</td></tr>`;
  const list = (name: string, address: string): string =>
    `<table>${row('Lund', 'Bo Moss', 'bo.moss@x.example')}${row('Timber', name, address)}${row('Wire', 'Cy Fox', 'cy.fox@x.example')}</table>`;

  test.each([
    ['Bob Smith', 'anna.berg@x.example'],
    ['Bob Smith', 'sunny.garden@x.example'],
  ])('carries its doubt, and is not filled in: %s beside %s', async (name, address) => {
    const { prefill, contacts } = await search(list(name, address), {
      linkUrl: inOrigin('/o/Timber'),
    });
    expect(prefill.to).toEqual([{ name: '', address }]);
    expect(contacts[0]).toMatchObject({ address, relation: 'beside', doubts: ['name-unlike'] });
  });

  test.each([
    ['Alexandra Berg', 'alex@x.example'],
    ['Anna Berg', 'ab@x.example'],
    ['Anna Berg', 'info@x.example'],
    ['王小明', 'sunny@x.example'],
    ['Jörg Müller', 'mueller7@x.example'],
  ])(
    'is none where the two have something in common or can’t be compared: %s, %s',
    async (name, address) => {
      const { prefill } = await search(list(name, address), { linkUrl: inOrigin('/o/Timber') });
      expect(prefill.to.map(({ address: to }) => to)).toEqual([address]);
      const { contacts } = await search(list(name, address));
      expect(contacts.find((one) => one.address === address)?.doubts).toEqual([]);
    },
  );

  test('is none where the page says whose address it is', async () => {
    const { contacts } = await search(
      '<form><label>Name <input value="Bob Smith"></label><label>E-mail <input type="email" value="sunny@x.example"></label></form>',
    );
    expect(contacts).toMatchObject([{ name: 'Bob Smith', doubts: [] }]);
  });
});

describe('a click on a selection', () => {
  test('writes to the addresses in it, with the names in it', async () => {
    const { prefill, contacts } = await search('<p>x@y.example</p>', {
      selectionText: 'Pat Lund <pat@x.example>, Olu Okafor (olu@x.example) and more',
    });
    expect(prefill.to.map(written)).toEqual([
      'Pat Lund <pat@x.example>',
      'Olu Okafor <olu@x.example>',
    ]);
    expect(contacts.map(({ source, relation }) => `${source} ${relation}`)).toEqual([
      'selection clicked',
      'selection clicked',
      'text page',
    ]);
  });

  test('takes no name from elsewhere on the page for an address that is not on it', async () => {
    const { prefill } = await search('<p><b>Anna Berg</b></p>', { selectionText: 'pat@x.example' });
    expect(prefill.to.map(written)).toEqual(['pat@x.example']);
  });

  test('of everything writes to nobody: the person chooses', async () => {
    const all = Array.from({ length: 30 }, (_, index) => `p${index}@x.example`).join(' ');
    const { prefill, contacts } = await search('<p></p>', { selectionText: all });
    expect(prefill.to).toEqual([]);
    expect(contacts).toHaveLength(30);
  });

  test('of a name writes to the address in its row', async () => {
    const document = pageOf(LIST_TABLE);
    select(document, document.querySelector('a[href="/c/2"]'));
    const { prefill } = await search(document, { selectionText: 'Jörg Müller' });
    expect(prefill.to.map(written)).toEqual(['Jörg Müller <jmueller@hedges.example>']);
  });

  test('of a name finds who is called so where the browser hides the selection in a shadow root', async () => {
    const document = pageOf('<x-list></x-list><p>other@x.example</p>');
    withShadow(
      document.querySelector('x-list'),
      '<div><b>Olu Okafor</b><p>olu@x.example</p></div>',
    );
    const { prefill } = await search(document, { selectionText: 'Olu Okafor' });
    expect(prefill.to.map(written)).toEqual(['Olu Okafor <olu@x.example>']);
  });

  test('ignores an old selection that is not what was clicked', async () => {
    const document = pageOf(LIST_TABLE);
    select(document, document.querySelector('a[href="/c/2"]'));
    const { prefill } = await search(document, { selectionText: 'Head Gardener of old' });
    expect(prefill.to).toEqual([]);
  });
});

describe('a click on the page', () => {
  test('writes to the one whom the page is about', async () => {
    const { prefill } = await search(SHEET);
    expect(prefill.to.map(written)).toEqual(['Noor Haddad <noor@gates.example>']);
  });

  test('writes to the only contact of the page', async () => {
    const { prefill } = await search('<h1>Anna Berg</h1><p>Office: info@timber.example</p>');
    expect(prefill.to.map(written)).toEqual(['Anna Berg <info@timber.example>']);
  });

  test.each([
    ['several contacts', '<p>a@x.example, b@x.example</p>'],
    ['only the address of the site', '<footer>support@crm.example</footer>'],
    ['an address that is not what it shows', '<a href="mailto:b@x.example">a@x.example</a>'],
    ['nothing', ''],
  ])('writes to nobody when there is %s', async (_, html) => {
    expect((await search(html)).prefill.to).toEqual([]);
  });
});

describe('a click on a page, where the caret tells', () => {
  test('puts the person of that row first, and into To nobody: it may stand there from before', async () => {
    const document = pageOf(LIST_TABLE);
    const cell = [...document.querySelectorAll('td')].find((td) => td.textContent === 'Buyer');
    document.getSelection()?.collapse(cell?.firstChild ?? null);
    const { contacts, prefill } = await search(document);
    expect(contacts.map(({ address, relation }) => [address, relation])).toEqual([
      ['xm.wang@gates.example', 'page'],
      ['ab@timber.example', 'page'],
      ['jmueller@hedges.example', 'page'],
    ]);
    expect(prefill.to).toEqual([]);
  });

  test('finds that person at the end of a list that is longer than what is offered', async () => {
    const row = (n: number): string => `<tr><td>Row ${n}</td><td>p${n}@many.example</td></tr>`;
    const document = pageOf(
      `<table>${Array.from({ length: 2_000 }, (_, n) => row(n)).join('')}</table>`,
    );
    document.getSelection()?.collapse(document.querySelector('tr:nth-child(1901) td'));
    const { contacts } = await search(document);
    expect(contacts[0]?.address).toBe('p1900@many.example');
  });

  test('is passed over when something was clicked or selected', async () => {
    const document = pageOf(LIST_TABLE);
    document.getSelection()?.collapse(document.querySelector('td'));
    const { contacts } = await search(document, { linkUrl: inOrigin('/c/3') });
    expect(contacts[0]).toMatchObject({ address: 'xm.wang@gates.example', relation: 'beside' });
  });
});
