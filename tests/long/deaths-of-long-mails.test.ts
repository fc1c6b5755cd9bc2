import { describe, expect, it } from 'vitest';
import { everyDeath } from '../utils/outbox/death-plays.ts';
import { SCENARIOS } from '../utils/outbox/death-scenarios.ts';

describe.for(SCENARIOS.filter(({ long, withFile }) => long || withFile))('$title', (scenario) => {
  it('arrives once, wherever the worker dies', async () => {
    await expect(everyDeath(scenario, 1)).resolves.toEqual([]);
  });
});
