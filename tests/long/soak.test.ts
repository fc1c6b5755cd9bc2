import { describe, expect, it } from 'vitest';
import { soak } from '../utils/outbox/delivery/fault-matrix/soak.ts';

/*
 * Random mails with random faults, for as long as one likes: POSTERN_MAILS says how many in all,
 * POSTERN_SEED repeats a run.
 */

const MAILS = Number(process.env['POSTERN_MAILS'] ?? 500);
const SEED = Number(process.env['POSTERN_SEED'] ?? Date.now() % 1_000_000);

const DEVICES = [
  ['Gmail', undefined],
  ['Outlook', ['send']],
  ['Outlook with drafts', ['send', 'drafts']],
] as const;

describe.for(DEVICES)('a device with %s', ([name, outlook]) => {
  const mails = Math.ceil(MAILS / DEVICES.length);

  it(`loses and doubles none of ${mails} mails, whatever goes wrong (seed ${SEED})`, async () => {
    const { told, wrong } = await soak({ mails, seed: SEED, ...(outlook && { outlook }) });
    console.log(`${name}, seed ${SEED}: ${JSON.stringify(told)}`);
    expect(wrong).toEqual([]);
    expect(told.sent + told.unconfirmed).toBe(mails);
  });
});
