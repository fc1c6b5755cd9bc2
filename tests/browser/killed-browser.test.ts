import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkAccount } from '../harness/product-acts.ts';
import { killAtRandom } from '../harness/random-kills.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* The whole browser dies at moments that nobody chose, and comes back with what was on the disk. */

const KILLS = 10;
const SEED = Number(process.env['POSTERN_SEED'] ?? Date.now() % 1_000_000);

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  stage.google.switches.quota = false;
  // With a refresh token: a browser that was killed has forgotten whom it was signed in as.
  await linkAccount(stage, { withSecret: true });
});
afterAll(() => stage.close());

it(`brings each of ${KILLS} mails once, with the browser killed in the middle of each`, async () => {
  const kills = { of: 'browser', count: KILLS, seed: SEED, withinMs: 300 } as const;
  expect(await killAtRandom(stage, kills)).toEqual({ sent: KILLS, unconfirmed: 0 });
});
