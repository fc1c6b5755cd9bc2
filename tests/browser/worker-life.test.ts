import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { linkAccount, makeDraft, SLICE } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* How long the worker lives. No debugger is attached to it, which would keep it alive. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage);
});
afterAll(() => stage.close());

it('lets the worker die when there is nothing to do, and makes no request then', async () => {
  const page = await stage.browser.openPage('popup.html');
  await askWorker(page, 'accounts.list', {});
  await page.close();
  stage.router.log.clear();
  await stage.browser.worker.diesWithin(40_000);
  const own = `chrome-extension://${stage.browser.extensionId}`;
  expect(stage.router.log.all.filter(({ origin }) => origin === own)).toEqual([]);
});

it('wakes by itself after a death in the middle of a send, and sends the mail, with every page closed', async () => {
  const page = await stage.browser.openPage('popup.html');
  const mail = { to: 'woken@example.com', subject: 'Woken', text: 'Hello' };
  const id = await makeDraft(page, mail);
  const hold = stage.router.faults.hold({ match: SLICE, at: 'arrived' });
  await askWorker(page, 'outbox.send', { id });
  await hold.arrived;
  for (const open of await stage.browser.puppeteer.pages()) {
    if (open.url().startsWith(`chrome-extension://`)) await open.close();
  }
  expect(await stage.browser.worker.kill()).toBe(true);
  hold.release();
  await stage.inbox.waitFor(mail.to, { timeoutMs: 110_000 });
  const woken = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(mail.to));
  expect(woken).toHaveLength(1);
});

it('finishes an upload that takes a minute, with every page closed', async () => {
  const page = await stage.browser.openPage('popup.html');
  const text = 'A line that is as long as lines are.\n'.repeat(6_500);
  const id = await makeDraft(page, { to: 'slow@example.com', subject: 'Slow', text });
  stage.router.log.clear();
  stage.router.faults.add({ match: SLICE, fault: { kind: 'slow-body', bytesPerSecond: 4_000 } });
  const startedAt = performance.now();
  await askWorker(page, 'outbox.send', { id });
  await page.close();
  await stage.inbox.waitFor('slow@example.com', { timeoutMs: 110_000 });
  expect(performance.now() - startedAt).toBeGreaterThan(55_000);
  const slow = stage.google.deliveries.filter(({ envelope }) =>
    envelope.to.includes('slow@example.com'),
  );
  expect(slow).toHaveLength(1);
  // In one piece: the worker did not die and begin anew.
  expect(stage.router.log.requests(SLICE)).toHaveLength(1);
});
