// @vitest-environment jsdom
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../../components/privacy/statement.ts';
import { Statement } from '../../../components/privacy/Statement.tsx';
import { mount } from '../mount.tsx';

const PRIVACY = join(import.meta.dirname, '../../../PRIVACY.md');

const show = (markdown: string): HTMLElement =>
  mount(() => <Statement markdown={markdown} />).find('.statement');

describe('the statement', () => {
  it('draws headings below the page’s own, paragraphs, lists and emphasis', () => {
    const page = show(
      '# Privacy\n\n## Promises\n\nFirst **never**, then *always*\nin `code`.\n\n1. One\n   goes on\n\n2. Two\n\n- a\n- b\n',
    );
    expect(page.querySelector('h1')).toBeNull();
    expect(page.querySelector('h2')?.textContent).toBe('Privacy');
    expect(page.querySelector('h3')?.textContent).toBe('Promises');
    expect(page.querySelector('p')?.innerHTML).toBe(
      'First <strong>never</strong>, then <em>always</em> in <code>code</code>.',
    );
    expect([...page.querySelectorAll('ol > li')].map((item) => item.textContent)).toEqual([
      'One goes on',
      'Two',
    ]);
    expect(page.querySelectorAll('ul > li')).toHaveLength(2);
  });

  it('counts on where the file counts on', () => {
    expect(show('3. Three\n4. Four\n').querySelector('ol')?.start).toBe(3);
  });

  it('keeps HTML as text, and comments away', () => {
    const page = show('<img src=x onerror=alert(1)> <b>x</b>\n\n<!-- tests/x.test.ts -->');
    expect(page.querySelector('img, b')).toBeNull();
    expect(page.textContent).toContain('<b>x</b>');
    expect(page.textContent).not.toContain('x.test.ts');
  });

  it('links to https only', () => {
    const page = show(
      '[good](https://example.com/a) [bad](javascript:alert(1)) [odd](data:text/html,x)',
    );
    expect([...page.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      'https://example.com/a',
    ]);
    expect(page.querySelector('a')?.rel).toBe('noreferrer');
  });

  it('never makes an element of its own of any text', () => {
    const allowed = new Set([
      'DIV',
      'H2',
      'H3',
      'H4',
      'DETAILS',
      'SUMMARY',
      'P',
      'UL',
      'OL',
      'LI',
      'STRONG',
      'EM',
      'CODE',
      'A',
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (markdown) => {
        for (const element of show(markdown).querySelectorAll('*')) {
          expect(allowed).toContain(element.tagName);
          if (element instanceof HTMLAnchorElement) {
            expect(element.getAttribute('href')).toMatch(/^https:/);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps every promise of PRIVACY.md in sight, and folds its tests and the notices', () => {
    const page = show(readFileSync(PRIVACY, 'utf8'));
    const promises = [...page.querySelectorAll('p')].filter(
      (one) => /^P\d+\./.test(one.textContent) && !one.textContent.includes('(test:'),
    );
    expect(promises.length).toBeGreaterThan(20);
    expect(promises.filter((one) => one.closest('details'))).toEqual([]);
    const tests = [...page.querySelectorAll('p')].filter((one) =>
      one.textContent.includes('(test:'),
    );
    expect(tests).toHaveLength(promises.length);
    expect(tests.filter((one) => !one.closest('details'))).toEqual([]);
    const folds = [...page.querySelectorAll('summary')].map((one) => one.textContent);
    expect(folds).toContain('The tests that hold P1 to P5');
    expect(folds).toContain('What is stored, and why');
  });

  it('shows every word of PRIVACY.md', () => {
    const file = readFileSync(PRIVACY, 'utf8');
    const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
    const shown = new Set(words(show(file).innerHTML.replace(/<[^>]*>/g, ' ')));
    const written = file
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/\]\([^)]*\)/g, ']')
      .replace(/^\s*\d+[.)]\s/gm, '');
    expect(words(written).filter((word) => !shown.has(word))).toEqual([]);
    expect(readStatement(file).some((block) => block.kind === 'heading')).toBe(true);
  });
});
