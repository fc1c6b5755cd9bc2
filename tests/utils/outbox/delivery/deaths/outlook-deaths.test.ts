import { describe, expect, it } from 'vitest';
import { everyDeath } from './death-plays.ts';
import { DRAFT_SCENARIOS, WHOLE_SCENARIOS } from './outlook-death-scenarios.ts';

describe.for(DRAFT_SCENARIOS)('by a draft: $title', { timeout: 120_000 }, (scenario) => {
  it('arrives once, wherever the worker dies', async () => {
    // Each call of those with a file: tests/long/deaths-of-long-mails.test.ts.
    await expect(everyDeath(scenario, scenario.withFile ? 8 : 1)).resolves.toEqual([]);
  });
});

describe.for(WHOLE_SCENARIOS)('in one request: $title', { timeout: 120_000 }, (scenario) => {
  it('arrives at most once, and is said to be sent only if it was', async () => {
    await expect(everyDeath(scenario, 1)).resolves.toEqual([]);
  });
});
