import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { linkAccount, makeDraft, SLICE, stateOf } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/*
 * Real sends in the real browser, and the worker killed at moments that nobody chose. The seed is
 * printed; POSTERN_SEED repeats a run, POSTERN_KILLS says how many.
 */

const KILLS = Number(process.env['POSTERN_KILLS'] ?? 100);
const SEED = Number(process.env['POSTERN_SEED'] ?? Date.now() % 1_000_000);
/** Short mails, and mails of several slices. */
const LENGTHS = [1, 2_000, 45_000];
const LINE = 'A line that is as long as lines are.\n';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage({ google: {} });
  stage.google.switches.quota = false;
  await linkAccount(stage);
  page = await stage.browser.openPage('popup.html');
}, 60_000);
afterAll(() => stage.close());

it(`brings each of ${KILLS} mails once, with the worker killed at a random moment of each`, async () => {
  console.log(`seed ${SEED}`);
  const random = numbersFrom(SEED);
  const told = { sent: 0, unconfirmed: 0 };
  for (let count = 0; count < KILLS; count += 1) {
    const to = `kill-${count}@example.com`;
    const text = LINE.repeat(LENGTHS[Math.floor(random() * LENGTHS.length)] ?? 1);
    const id = await makeDraft(page, { to, subject: `Kill ${count}`, text });
    const slow = stage.router.faults.add({
      match: SLICE,
      fault: { kind: 'slow-answer', delayMs: 30 },
      times: Infinity,
    });
    const sending = askWorker(page, 'outbox.send', { id }).catch(() => null);
    const killAt = performance.now() + random() * 250;
    await eventually(() => performance.now() >= killAt, { everyMs: 1, what: 'the moment' });
    await stage.browser.worker.kill();
    await sending;
    slow.remove();
    const end = await eventually(
      async () => {
        const state = await stateOf(page, id);
        // The press itself may have died: then the person still sees a draft, and presses again.
        if (state?.kind === 'draft') await askWorker(page, 'outbox.send', { id });
        return state?.kind === 'sent' || state?.kind === 'unconfirmed' ? state.kind : null;
      },
      { withinMs: 90_000, everyMs: 100, what: `mail ${count} to end` },
    );
    told[end] += 1;
    const arrived = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(to));
    expect(arrived.length, `mail ${count}, told as ${end}, seed ${SEED}`).toBe(1);
  }
  console.log(JSON.stringify(told));
  expect(told.sent + told.unconfirmed).toBe(KILLS);
});

/** Mulberry32: small, and the same numbers from the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
