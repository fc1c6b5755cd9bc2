import { describe, expect, it } from 'vitest';
import { everyDeath } from '../utils/outbox/delivery/deaths/death-plays.ts';
import { SCENARIOS } from '../utils/outbox/delivery/deaths/death-scenarios.ts';
import { DRAFT_SCENARIOS } from '../utils/outbox/delivery/deaths/outlook-death-scenarios.ts';

/* The calls that `npm test` leaves out where a mail makes many: at Gmail, and at Outlook by a draft. */

const LONG = [...SCENARIOS, ...DRAFT_SCENARIOS].filter(({ long, withFile }) => long || withFile);

for (const scenario of LONG) {
  describe(`${scenario.outlook ? 'Outlook' : 'Gmail'}: ${scenario.title}`, () => {
    it('arrives once, wherever the worker dies', async () => {
      await expect(everyDeath(scenario, 1)).resolves.toEqual([]);
    });
  });
}
