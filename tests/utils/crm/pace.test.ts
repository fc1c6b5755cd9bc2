import { expect, test } from 'vitest';
import { yieldToPage } from '../../../utils/crm/pacer.ts';
import { directoryPage } from '../../bench/directory-page.ts';
import { pageOf, search } from './page.ts';

/** A clock on which every look takes a tenth of a millisecond. */
function slowClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 0.1);
}

test('gives the page its turn every few milliseconds, and the answer is the same', async () => {
  const page = directoryPage(400);
  let turns = 0;
  const { contacts } = await search(page, {
    now: slowClock(),
    yieldToPage: () => {
      turns += 1;
      return Promise.resolve();
    },
  });
  expect(turns).toBeGreaterThan(5);
  expect(contacts).toEqual((await search(page, { now: () => 0 })).contacts);
});

test('answers with what it has when its time is up, and says so', async () => {
  let nowMs = 0;
  const { contacts, complete } = await search(
    '<a href="mailto:a@x.example">x</a><p>b@x.example</p>',
    {
      now: () => (nowMs += 500),
    },
  );
  expect(complete).toBe(false);
  expect(contacts.length).toBeLessThan(2);
});

test('keeps the click although the time is up', async () => {
  let nowMs = 0;
  const { prefill } = await search(directoryPage(50), {
    now: () => (nowMs += 500),
    linkUrl: 'mailto:a@x.example?subject=Hello',
  });
  expect(prefill).toMatchObject({ to: [{ name: '', address: 'a@x.example' }], subject: 'Hello' });
});

test('ends with the reason of the signal, before it began and in the middle', async () => {
  const reason = new Error('the tab went away');
  await expect(search('<p>a@x.example</p>', { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  const controller = new AbortController();
  const search2 = search(pageOf(directoryPage(400)), {
    signal: controller.signal,
    now: slowClock(),
    yieldToPage: () => {
      controller.abort(reason);
      return Promise.resolve();
    },
  });
  await expect(search2).rejects.toBe(reason);
});

test('lets other tasks run where the browser has no scheduler', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('page'));
  await new Promise((resolve) => setImmediate(resolve));
  await yieldToPage();
  order.push('search');
  expect(order).toEqual(['page', 'search']);
});

test('reads ten times the rows in about ten times the steps', async () => {
  const stepsFor = async (rows: number): Promise<number> => {
    let steps = 0;
    // Only the last row has an address, so that the whole page is read.
    const { contacts } = await search(
      directoryPage(rows, (id) => id === rows - 1),
      {
        now: () => {
          steps += 1;
          return 0;
        },
      },
    );
    expect(contacts).toHaveLength(1);
    return steps;
  };
  expect(await stepsFor(2_000)).toBeLessThan((await stepsFor(200)) * 12);
});
