import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { FOUND_LIMITS, foundContactsSchema, type FoundContact } from '../../../utils/crm/crm.ts';
import { contactsOf, pageOf, search, withShadow } from './page.ts';
import { HOSTILE_PAGES } from './pages/hostile.ts';

async function only(html: string): Promise<FoundContact> {
  const { contacts } = await search(html);
  const [contact] = contacts;
  if (!contact || contacts.length > 1) throw new Error(`found ${String(contacts.length)}`);
  return contact;
}

test.each(Object.keys(HOSTILE_PAGES))('is not stopped by %s', async (what) => {
  const document = pageOf(HOSTILE_PAGES[what] ?? '');
  const { contacts } = await search(document);
  expect(contacts.map(({ address }) => address)).toContain('found@x.example');
});

describe('what lies is marked', () => {
  test('a link that shows another address: the one it writes to counts, and no name is believed', async () => {
    const row =
      '<tr><td>Anna Berg</td><td><a href="mailto:b@x.example">anna@timber.example</a></td></tr>';
    expect(await only(`<table>${row}</table>`)).toMatchObject({
      name: '',
      address: 'b@x.example',
      doubts: ['shown-differently'],
    });
  });

  test('a name that is another address', async () => {
    const data = '{"name":"ceo@bank.example","email":"thief@x.example"}';
    expect(await only(`<script type="application/ld+json">${data}</script>`)).toMatchObject({
      name: '',
      doubts: ['shown-differently'],
    });
  });

  test('a name that is turned around', async () => {
    expect(await only('<a href="mailto:x@x.example">Anna \u202eGreb\u202c</a>')).toMatchObject({
      name: 'Anna Greb',
      doubts: ['hidden-characters'],
    });
  });

  test('an address with characters that nobody sees', async () => {
    expect(await only('<p>an\u2060na@x.ex\u202dample</p>')).toMatchObject({
      address: 'anna@x.example',
      doubts: ['hidden-characters'],
    });
  });

  test('such an address also where it was selected, or lies in a tooltip', async () => {
    const { contacts } = await search('<b title="b\u2060o@x.example">b</b>', {
      selectionText: 'an\u2060na@x.example',
    });
    expect(contacts.map(({ address, doubts }) => [address, doubts])).toEqual([
      ['anna@x.example', ['hidden-characters']],
      ['bo@x.example', ['hidden-characters']],
    ]);
  });

  test('an address whose domain mixes alphabets', async () => {
    expect(await only('<p>help@timb\u0435r.example</p>')).toMatchObject({
      doubts: ['mixed-scripts'],
    });
  });

  test('an address that is spelled out, unless the page also writes it plainly', async () => {
    expect(await only('<p>a [at] x [dot] example</p>')).toMatchObject({ doubts: ['spelled-out'] });
    expect(await only('<p>a [at] x [dot] example</p><p>a@x.example</p>')).toMatchObject({
      doubts: [],
    });
  });

  test('what is in the page but not shown, where the browser can tell', async () => {
    const document = pageOf('<p>seen@x.example</p><p hidden>unseen@x.example</p>');
    // jsdom has no layout; the browser's own answer is given instead.
    const { Element: PageElement } = document.defaultView ?? globalThis;
    PageElement.prototype.checkVisibility = function () {
      return this.closest('[hidden]') === null;
    };
    const { contacts } = await search(document);
    expect(contacts.map(({ address, doubts }) => [address, doubts])).toEqual([
      ['seen@x.example', []],
      ['unseen@x.example', ['not-visible']],
    ]);
  });
});

test('markup in a name stays text, or is no name', async () => {
  const name = '<img src=x onerror=alert(1)>';
  const contact = await only(
    `<script type="application/ld+json">${JSON.stringify({ name, email: 'a@x.example' }).replaceAll('<', '\\u003c')}</script>`,
  );
  expect(contact.name).toBe(name);
});

test('what a page script does to the prototypes of its own world does not matter', async () => {
  // In a browser the search lives in a world of its own; here the members are taken before the page breaks them.
  const document = pageOf('<p>a@x.example</p>');
  for (const name of ['querySelectorAll', 'createTreeWalker', 'body']) {
    Object.defineProperty(document, name, {
      get: () => {
        throw new Error('the search asked the document itself');
      },
    });
  }
  const { contacts } = await search(document);
  expect(contacts).toHaveLength(1);
});

test('a field named like a member of every node hides nothing of its form', async () => {
  const document = pageOf('<div><b>Anna Berg</b><form>anna@x.example</form></div>');
  // As in a browser; jsdom doesn't let the names of fields win.
  for (const name of ['nodeType', 'ownerDocument', 'parentNode', 'children', 'matches']) {
    Object.defineProperty(document.querySelector('form'), name, {
      value: document.createElement('input'),
    });
  }
  expect(await contactsOf(document)).toEqual(['Anna Berg <anna@x.example>']);
});

test('texts of megabytes are read at their beginning, and the page has its turn between them', async () => {
  const document = pageOf('<main></main>');
  for (let index = 0; index < 30; index += 1) {
    const text = document.createElement('p');
    text.textContent = `p${index}@x.example ${'x'.repeat(1_000_000)} late${index}@x.example`;
    document.querySelector('main')?.append(text);
  }
  let clock = 0;
  let turns = 0;
  const { contacts, complete } = await search(document, {
    now: () => (clock += 5),
    yieldToPage: () => {
      turns += 1;
      return Promise.resolve();
    },
  });
  expect(contacts).toHaveLength(30);
  expect(contacts.some(({ address }) => address.startsWith('late'))).toBe(false);
  expect(complete).toBe(false);
  expect(turns).toBeGreaterThan(30);
});

test('a page of more addresses than an answer holds gives the best, and says that there are more', async () => {
  const many = Array.from({ length: 3_000 }, (_, index) => `<p>p${index}@x.example</p>`).join('');
  const { contacts, complete } = await search(`${many}<a href="mailto:link@x.example">x</a>`);
  expect(contacts).toHaveLength(FOUND_LIMITS.contacts);
  expect(contacts[0]?.address).toBe('link@x.example');
  expect(complete).toBe(false);
});

test('as many as a merge takes are given where they are asked for', async () => {
  const rows = Array.from(
    { length: 2_500 },
    (_, index) =>
      `<tr><td>Anna Berg ${'abcdefghij'.charAt(index % 10)}</td><td>anna.berg${index}@x.example</td></tr>`,
  );
  const { contacts, complete } = await search(`<table>${rows.join('')}</table>`, {
    mostContacts: 5_000,
  });
  expect(contacts).toHaveLength(FOUND_LIMITS.mostContacts);
  expect(contacts.every(({ name }) => name.startsWith('Anna Berg'))).toBe(true);
  expect(complete).toBe(false);
});

test('a page that changes under the search is read on, and never thrown at', async () => {
  const document = pageOf(`<main>${'<p>row</p>'.repeat(2_000)}</main><p>last@x.example</p>`);
  let turns = 0;
  const { contacts } = await search(document, {
    now: () => (turns += 1),
    yieldToPage: () => {
      const main = document.querySelector('main');
      if (turns < 60)
        main?.replaceChildren(...Array.from({ length: 500 }, () => document.createElement('p')));
      return Promise.resolve();
    },
  });
  expect(contacts.map(({ address }) => address)).toEqual(['last@x.example']);
});

const markup = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/[<&]/g, '')),
    fc.constantFrom(
      'a@x.example',
      'Anna Berg &lt;b@x.example&gt;',
      'Berg &lt;c@bücher.example&gt;,',
      '\u202ed@x.example',
      '<a href="mailto:e@x.example?cc=f@x.example">g@x.example</a>',
      '<input name=parentNode value="h@x.example">',
      '<img name=body title="i@x.example">',
      '<script type="application/ld+json">{"email":"j@x.example","name":"\\u0000J"}</script>',
      'k [at] x [dot] example',
      'jörg@x.example',
    ),
    fc
      .tuple(
        fc.constantFrom(
          'p',
          'div',
          'td',
          'tr',
          'table',
          'form',
          'label',
          'dl',
          'dt',
          'dd',
          'h1',
          'b',
          'li',
          'a href=/c',
          'div itemscope',
          'i itemprop=email',
          'div class=vcard',
          'i class=email',
        ),
        fc.array(tie('node'), { maxLength: 4 }),
      )
      .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag.split(' ')[0] ?? ''}>`),
  ),
}));

test('whatever the page and the click, the answer is one that the worker takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(markup.node, { maxLength: 6 }),
      fc.option(
        fc.oneof(
          fc.webUrl(),
          fc
            .string({ unit: 'binary' })
            .map((text) => `mailto:a@x.example?subject=${text}&body=${text}&cc=${text}`),
        ),
      ),
      fc.option(fc.string({ unit: 'binary', maxLength: 100 })),
      async (nodes, linkUrl, selectionText) => {
        const document = pageOf(`${nodes.join('')}<x-host></x-host>`);
        const host = document.querySelector('x-host');
        if (host) withShadow(host, nodes.join(''));
        const found = await search(document, { linkUrl, selectionText });
        expect(z.safeParse(foundContactsSchema(), found)).toMatchObject({
          success: true,
          data: found,
        });
        const keys = found.contacts.map(({ address }) => address.toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
