import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkAccount } from '../harness/product-acts.ts';
import { killAtRandom } from '../harness/random-kills.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/*
 * Real sends in the real browser, and the worker or all of it killed at moments that nobody chose.
 * The seed is printed; POSTERN_SEED repeats a run, POSTERN_KILLS says how many.
 */

const KILLS = Number(process.env['POSTERN_KILLS'] ?? 100);
const SEED = Number(process.env['POSTERN_SEED'] ?? Date.now() % 1_000_000);

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  stage.google.switches.quota = false;
  await linkAccount(stage, { withSecret: true });
}, 60_000);
afterAll(() => stage.close());

it(`brings each of ${KILLS} mails once, with the worker killed at a random moment of each (seed ${SEED})`, async () => {
  const kills = { of: 'worker', count: KILLS, seed: SEED, withinMs: 250 } as const;
  const told = await killAtRandom(stage, { ...kills, mayEndUnconfirmed: true });
  console.log(JSON.stringify(told));
  expect(told.sent + told.unconfirmed).toBe(KILLS);
});

it(`brings each of ${KILLS} mails once, with the browser killed at a random moment of each (seed ${SEED})`, async () => {
  const kills = { of: 'browser', count: KILLS, seed: SEED, withinMs: 400 } as const;
  const told = await killAtRandom(stage, { ...kills, mayEndUnconfirmed: true });
  console.log(JSON.stringify(told));
  expect(told.sent + told.unconfirmed).toBe(KILLS);
});
