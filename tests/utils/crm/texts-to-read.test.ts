import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSafeDom } from '../../../utils/crm/safe-dom.ts';
import { textsToRead } from '../../../utils/crm/texts-to-read.ts';
import type { Root } from '../../../utils/crm/crm-reader.ts';
import { directoryPage } from '../../bench/directory-page.ts';
import { pageOf, withShadow } from './page.ts';

const SIGN = /@|[[({] ?(?:at|\u00e4t) ?[\])}]/i;

/** The texts with a sign that the search is given; `onPause` runs whenever the page has its turn. */
function signsRead(document: Document, root: Root, onPause: () => void = () => {}): string[] {
  const read: string[] = [];
  const leaveOut = (): void => {
    throw new Error('something was left out');
  };
  for (const node of textsToRead(createSafeDom(document), root, leaveOut)) {
    if (node === null) onPause();
    else read.push(node.nodeValue ?? '');
  }
  return read.filter((text) => SIGN.test(text));
}

/** The same by a look at every text of the page. */
function signsThere(document: Document, root: Root): string[] {
  const there: string[] = [];
  const walker = document.createTreeWalker(root, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (SIGN.test(node.nodeValue ?? '')) there.push(node.nodeValue ?? '');
  }
  return there;
}

const pieces = fc.array(
  fc.constantFrom(
    'a@x.example',
    'x'.repeat(300),
    ' ',
    '@',
    '(',
    'at',
    ')',
    'b [at] x [dot] example',
    'c { \u00c4T }',
    '<p>',
    '</p>',
    '<!-- d@x.example -->',
    '<template>e@x.example</template>',
    '<b>Anna</b>',
    '<script>f@x.example</script>',
  ),
  { maxLength: 60 },
);

test('every text with a sign of an address is read, in the order of the page, whatever lies around it', () => {
  fc.assert(
    fc.property(pieces, (html) => {
      const document = pageOf(`<title>g@x.example</title>${html.join('')}`);
      expect(signsRead(document, document)).toEqual(signsThere(document, document));
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('so it is in a shadow root and in a page without anything', () => {
  const document = pageOf('<x-host></x-host><p>outside@x.example</p>');
  const host = document.querySelector('x-host');
  const shadow = withShadow(host, 'a@x.example<p>none</p>b@x.example');
  expect(signsRead(document, shadow)).toEqual(['a@x.example', 'b@x.example']);
  document.documentElement.remove();
  expect(signsRead(document, document)).toEqual([]);
});

test('a bracketed at is found also where it begins in one piece of a long text and ends in the next', () => {
  const document = pageOf('<p></p>');
  const text = `${'x'.repeat(1_999_993)}anna [at] x`;
  document.querySelector('p')?.append(text);
  expect(signsRead(document, document)).toEqual([text]);
});

test.each([0, 499, 999])('where only row %i has an address, few texts are walked over', (only) => {
  const document = pageOf(directoryPage(1_000, (id) => id === only));
  const dom = createSafeDom(document);
  let steps = 0;
  const counting = {
    ...dom,
    texts: (from: Node): TreeWalker => {
      const walker = dom.texts(from);
      for (const name of ['nextNode', 'previousNode'] as const) {
        const step = walker[name].bind(walker);
        walker[name] = () => {
          steps += 1;
          return step();
        };
      }
      return walker;
    },
  };
  expect([...textsToRead(counting, document, () => {})].filter(Boolean)).toHaveLength(1);
  expect(steps).toBeLessThan(1_000 * 6 * 0.6);
});

test('the text of a page is not put together where its beginning has many addresses', () => {
  const wholeTexts = (hasAddress: (id: number) => boolean): number => {
    const document = pageOf(directoryPage(200, hasAddress));
    const dom = createSafeDom(document);
    let asked = 0;
    const wholeText = (node: Node): string => {
      asked += 1;
      return dom.wholeText(node);
    };
    const read = [...textsToRead({ ...dom, wholeText }, document, () => {})];
    expect(read.length).toBeGreaterThan(0);
    return asked;
  };
  expect(wholeTexts(() => true)).toBe(0);
  expect(wholeTexts((id) => id === 199)).toBe(1);
});

describe('a page that changes while it is walked over loses nothing:', () => {
  const rows = Array.from({ length: 200 }, (_, index) => `<p>row ${index}</p>`).join('');
  const html = `<main>${rows}a@x.example${rows}</main><p>${'x'.repeat(10_000)}</p><p>b@x.example</p>`;
  test.each<[string, (main: Element) => void]>([
    ['rows go', (main) => main.firstChild?.remove()],
    ['rows come', (main) => main.prepend('new')],
    ['another text of the same length', (main) => main.firstChild?.replaceWith('Row 0')],
    [
      'all is drawn anew',
      (main) => {
        const copies = Array.from(main.childNodes, (child) => child.cloneNode(true));
        main.replaceChildren(...copies);
      },
    ],
  ])('%s', (_, change) => {
    const document = pageOf(html);
    let pauses = 0;
    const read = signsRead(document, document, () => {
      pauses += 1;
      const main = document.querySelector('main');
      if (pauses === 2 && main) change(main);
    });
    expect(pauses).toBeGreaterThan(2);
    expect(new Set(read)).toEqual(new Set(['a@x.example', 'b@x.example']));
  });
});
