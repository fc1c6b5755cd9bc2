import { describe, expect, test } from 'vitest';
import type { CrmReader, Sighting } from '../../../utils/crm/crm.ts';
import type { ReaderContext, Root } from '../../../utils/crm/crm-reader.ts';
import { SOURCES } from '../../../utils/crm/found-contacts.ts';
import { createLabels } from '../../../utils/crm/label-near.ts';
import { createSafeDom, type SafeDom } from '../../../utils/crm/safe-dom.ts';
import { directoryPage } from '../../bench/directory-page.ts';
import { pageOf, PAGE_URL } from './page.ts';
import { HOSTILE_PAGES } from './pages/hostile.ts';
import * as pages from './pages/server-rendered.ts';

/** How often a reader may ask the DOM for something between two places to pause. */
const CALLS_BETWEEN_PAUSES = 2_500;

const SECRETS = `<form><input type="password" value="secret@x.example"><input type="hidden" value="hidden@x.example">
  <input name="a"><input name="b"><input name="c"><input name="d"><label>Email<input value="seen@x.example"></label></form>`;

/** What every reader must keep, whatever the page. `url` is a page that it matches. */
export function describeReader(reader: CrmReader, url = PAGE_URL): void {
  describe(`the reader ${reader.id}`, { timeout: 60_000 }, () => {
    const everyPage = [...Object.values(pages), ...Object.values(HOSTILE_PAGES), SECRETS, ''];

    test('has a name in kebab case and knows its pages', () => {
      expect(reader.id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      expect(reader.matches(new URL(url))).toBe(true);
      for (const odd of ['about:blank', 'file:///x', 'data:text/html,x']) {
        expect(typeof reader.matches(new URL(odd))).toBe('boolean');
      }
    });

    test('gives sightings with a place on the page, changes nothing there, and never throws', () => {
      for (const html of everyPage) {
        const document = pageOf(html);
        const before = document.documentElement.outerHTML;
        for (const sighting of run(reader, document).sightings) {
          expect(typeof sighting.address).toBe('string');
          expect(SOURCES).toContain(sighting.source);
          expect(document.contains(sighting.place)).toBe(true);
        }
        expect(document.documentElement.outerHTML).toBe(before);
      }
    });

    test('neither asks for nor gives what stands in password and hidden fields', () => {
      const { sightings, valuesOf } = run(reader, pageOf(SECRETS));
      expect(sightings.filter(({ address }) => /secret|hidden/.test(address))).toEqual([]);
      for (const field of valuesOf) {
        expect(field.matches('[type="password"],[type="hidden"]')).toBe(false);
      }
    });

    test('pauses often, and takes time in proportion to the page', () => {
      const small = run(reader, pageOf(directoryPage(250)));
      const large = run(reader, pageOf(directoryPage(1_000)));
      expect(large.longestStretch).toBeLessThan(CALLS_BETWEEN_PAUSES);
      expect(large.calls).toBeLessThan(small.calls * 5 + 1_000);
    });

    test('can be left at any pause and asked again', () => {
      const document = pageOf(directoryPage(300));
      const whole = run(reader, document).sightings.length;
      for (const item of reader.read(document, contextOf(document).context)) {
        if (item) break;
      }
      expect(run(reader, document).sightings).toHaveLength(whole);
    });
  });
}

interface Run {
  readonly sightings: readonly Sighting[];
  /** How often the DOM was asked, and how often at most between two yields. */
  readonly calls: number;
  readonly longestStretch: number;
  /** Elements whose value was read. */
  readonly valuesOf: readonly Element[];
}

function run(reader: CrmReader, root: Root): Run {
  const { context, count, valuesOf } = contextOf(root);
  const sightings: Sighting[] = [];
  let longestStretch = 0;
  let last = 0;
  for (const item of reader.read(root, context)) {
    longestStretch = Math.max(longestStretch, count() - last);
    last = count();
    if (item) sightings.push(item);
  }
  return { sightings, calls: count(), longestStretch, valuesOf };
}

function contextOf(root: Root): {
  context: ReaderContext;
  count: () => number;
  valuesOf: Element[];
} {
  let calls = 0;
  const valuesOf: Element[] = [];
  const document = root.ownerDocument ?? root;
  const dom = createSafeDom(document);
  const counting = new Proxy(dom, {
    get(target, name: keyof SafeDom) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]) => {
        calls += 1;
        const asksValue = values[1] === 'value' && (name === 'member' || name === 'attribute');
        if (asksValue) valuesOf.push(values[0] as Element);
        const result: unknown = Reflect.apply(member, target, values);
        if (name === 'texts' || name === 'nodes') {
          countSteps(result as TreeWalker, () => (calls += 1));
        }
        return result;
      };
    },
  });
  const context: ReaderContext = {
    dom: counting,
    labels: createLabels(counting),
    selectionText: 'Anna Berg <selected@x.example>',
    isKnown: () => false,
    leaveOut: () => {},
  };
  return { context, count: () => calls, valuesOf };
}

/** Calls back at every step of a walker. */
function countSteps(walker: TreeWalker, onStep: () => void): void {
  for (const name of ['nextNode', 'previousNode'] as const) {
    const step = walker[name].bind(walker);
    walker[name] = () => {
      onStep();
      return step();
    };
  }
}
