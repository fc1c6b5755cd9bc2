import type { Page } from 'puppeteer';
import { expect } from 'vitest';
import type { MailState } from '../../utils/messaging/messaging.ts';
import { askWorker } from './ask-worker.ts';
import { eventually } from './eventually.ts';
import { makeDraft, SLICE, stateOf } from './product-acts.ts';
import { oneOf, seededNumbers } from './seeded-numbers.ts';
import type { Stage } from './stage.ts';

/** Real sends, and what is killed in the middle of each. */
export interface Kills {
  readonly of: 'worker' | 'browser';
  readonly count: number;
  readonly seed: number;
  /** A mail is killed at a random moment of its first so many milliseconds. */
  readonly withinMs: number;
  /** Who sends, in turn; the default account when it is left out. */
  readonly accountIds?: readonly string[];
  /** Where nobody can know, it may be told so; by default a mail has to end as sent. */
  readonly mayEndUnconfirmed?: true;
}

/** Short mails, and mails of several slices. */
const LENGTHS = [1, 2_000, 45_000];
const LINE = 'A line that is as long as lines are.\n';

/** How the mails ended, as the person is told. Each was accepted once; anything else throws. */
export async function killAtRandom(
  stage: Stage,
  kills: Kills,
): Promise<Record<'sent' | 'unconfirmed', number>> {
  const { count, seed, accountIds = [null] } = kills;
  console.log(`${count} kills of the ${kills.of}, seed ${seed}`);
  const random = seededNumbers(seed);
  const told = { sent: 0, unconfirmed: 0 };
  let page = await stage.browser.openPage('popup.html');
  for (let nth = 0; nth < count; nth += 1) {
    const to = `${kills.of}-${nth}@example.com`;
    const text = LINE.repeat(oneOf(LENGTHS, random()));
    const accountId = accountIds[nth % accountIds.length] ?? null;
    const id = await makeDraft(page, { to, subject: `Kill ${nth}`, text }, accountId);
    page = await killInTheMiddle(stage, kills, { page, id, afterMs: random() * kills.withinMs });
    const end = await endOf(page, id, `mail ${nth} of seed ${seed} to end`);
    if (end !== 'sent') expect(kills.mayEndUnconfirmed, `mail ${nth}, seed ${seed}`).toBe(true);
    told[end] += 1;
    const arrived = arrivals(stage, to);
    const known = `mail ${nth}, told as ${end}, seed ${seed}`;
    if (end === 'sent') expect(arrived, known).toBe(1);
    else expect(arrived, known).toBeLessThanOrEqual(1);
  }
  // No half rows: whatever was written is either a receipt or waits for the person.
  const { mails } = await askWorker(page, 'outbox.list', {});
  const others = mails.filter(({ state, unreadable }) => state.kind === 'draft' || unreadable);
  expect(others).toEqual([]);
  return told;
}

async function killInTheMiddle(
  stage: Stage,
  { of }: Kills,
  mail: { readonly page: Page; readonly id: string; readonly afterMs: number },
): Promise<Page> {
  const { page, id, afterMs } = mail;
  const fault = { kind: 'slow-answer', delayMs: 30 } as const;
  const slow = stage.router.faults.add({ match: SLICE, fault, times: Infinity });
  const killAt = performance.now() + afterMs;
  // The press itself may die with what it was to set going.
  const pressed = askWorker(page, 'outbox.send', { id }).catch(() => null);
  await eventually(() => performance.now() >= killAt, { everyMs: 1, what: 'the moment' });
  if (of === 'worker') await stage.browser.worker.kill();
  else await stage.restartBrowser();
  await pressed;
  slow.remove();
  return of === 'worker' ? page : stage.browser.openPage('popup.html');
}

async function endOf(page: Page, id: string, what: string): Promise<'sent' | 'unconfirmed'> {
  let seen: MailState | null = null;
  return eventually(
    async () => {
      const state = await stateOf(page, id);
      seen = state;
      // Then the person still sees a draft, and presses again.
      if (state?.kind === 'draft') await askWorker(page, 'outbox.send', { id });
      return state?.kind === 'sent' || state?.kind === 'unconfirmed' ? state.kind : null;
    },
    { withinMs: 90_000, everyMs: 100, what },
  ).catch((cause: unknown) => {
    throw new Error(`${what}: it stands at ${JSON.stringify(seen)}`, { cause });
  });
}

function arrivals({ google, microsoft }: Stage, to: string): number {
  const all = [...google.deliveries, ...microsoft.deliveries];
  return all.filter(({ envelope }) => envelope.to.includes(to)).length;
}
