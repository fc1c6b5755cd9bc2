import { describe, expect, it } from 'vitest';
import { PageError } from '../../../utils/platform/platform.ts';
import { readPage, type PageReadingParts } from '../../../utils/platform/page-reading.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';

const CLICK = { linkUrl: 'mailto:bob@example.com', selectionText: null };
const TAB = 7;

type Injection = Parameters<PageReadingParts['execute']>[0];
/** What the page does with the call that reads it; the script before it is always taken. */
type Page = (call: Injection, tries: number) => unknown;

/** A browser with one page, and what was run in it. */
function browserWith(page: Page) {
  const clock = createFakeClock();
  const ran: Injection[] = [];
  const execute: PageReadingParts['execute'] = async (injection) => {
    ran.push(injection);
    if (!injection.func) return [{ result: undefined }];
    return [{ result: await page(injection, ran.filter(({ args }) => args).length) }];
  };
  const read = () => readPage({ execute, clock, scriptFile: '/read-page.js' }, TAB, CLICK);
  return { clock, ran, read };
}

const refuse = (words: string) => () => {
  throw new Error(words);
};

async function codeOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof PageError ? error.code : `no PageError: ${String(error)}`;
}

describe('reading a page', () => {
  it('hands over the click in the same call that brings the answer, also while the page loads', async () => {
    const { ran, read } = browserWith(() => ({ kind: 'found', found: 'contacts' }));
    expect(await read()).toBe('contacts');
    expect(ran.map(({ files, args }) => files ?? args)).toEqual([['/read-page.js'], [CLICK]]);
    for (const { target, injectImmediately } of ran) {
      expect({ target, injectImmediately }).toEqual({
        target: { tabId: TAB },
        injectImmediately: true,
      });
    }
  });

  it.each([
    ['without our script, as after a navigation', () => null],
    ['that the browser took away', refuse('Frame with ID 0 was removed.')],
    ['in which our script failed', () => ({ kind: 'failed', name: 'TypeError', at: '1:2' })],
    [
      'that the right of the click has not reached yet',
      refuse(
        'Cannot access contents of the page. Extension manifest must request permission to access the respective host.',
      ),
    ],
    ['that the browser refused for once', refuse('Something else')],
  ])('asks a page again %s', async (_what, first) => {
    const { clock, ran, read } = browserWith((_call, tries) =>
      tries === 1 ? first() : { kind: 'found', found: 'contacts' },
    );
    const reading = read();
    await clock.advance(1_000);
    expect(await reading).toBe('contacts');
    expect(ran).toHaveLength(4);
  });

  it.each([
    ['failed: TypeError 1:2345', () => ({ kind: 'failed', name: 'TypeError', at: '1:2345' })],
    ['gone', () => null],
    ['gone', refuse('No tab with id: 7.')],
    ['no-script', refuse('Could not load file: "/read-page.js".')],
    ['refused', refuse('Anna Berg <anna@example.com>')],
    [
      'not-allowed',
      refuse(
        'Cannot access contents of url "https://anna.example/". Extension manifest must request permission to access this host.',
      ),
    ],
  ])('ends after a few tries, and says why without the words of others: %s', async (code, page) => {
    const { clock, ran, read } = browserWith(page);
    const reading = codeOf(read());
    await clock.advance(1_000);
    expect(await reading).toBe(code);
    expect(ran).toHaveLength(6);
  });

  it.each([
    'Cannot access a chrome:// URL',
    'The extensions gallery cannot be scripted.',
    'Frame with ID 0 is showing error page',
    'Missing host permission for the tab',
  ])('asks only once where no extension may read: %s', async (words) => {
    const { ran, read } = browserWith(refuse(words));
    expect(await codeOf(read())).toBe('not-allowed');
    expect(ran).toHaveLength(2);
  });

  it('waits for a page that stands still no longer than a person would', async () => {
    const { clock, read } = browserWith(() => new Promise(() => undefined));
    const reading = codeOf(read());
    await clock.advance(10_000);
    expect(await reading).toBe('no-answer');
  });
});
