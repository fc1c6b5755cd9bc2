import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_WAY, everyDeath, live, wrongWith } from './death-plays.ts';
import { SCENARIOS } from './death-scenarios.ts';

describe.for(SCENARIOS)('$title', { timeout: 120_000 }, (scenario) => {
  // Long mails cost: here they die at every fifth call, in tests/long at each.
  it('arrives once, wherever the worker dies', async () => {
    await expect(everyDeath(scenario, scenario.long || scenario.withFile ? 5 : 1)).resolves.toEqual(
      [],
    );
  });
});

describe('a mail on which workers die again and again', () => {
  it('arrives once', { timeout: 120_000 }, async () => {
    const death = fc.record({
      call: fc.integer({ min: 0, max: 60 }),
      when: fc.constantFrom(...EVERY_WAY),
    });
    const deaths = fc.array(death, { minLength: 2, maxLength: 4 });
    // What is taken back is played with one death: after an alarm there is nothing to take back.
    const scenario = fc.constantFrom(
      ...SCENARIOS.filter(({ long, withFile, undone }) => !long && !withFile && !undone),
    );
    await fc.assert(
      fc.asyncProperty(scenario, deaths, async (chosen, ends) => {
        const { ending } = await live(chosen, ends);
        expect(wrongWith(ending, chosen)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });
});
