import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { specs } from './arbitraries.ts';
import { expectPython, expectReading } from './compare.ts';
import { bytesOf } from './message-fixture.ts';
import { readWithMailparser, readWithPostalMime, readWithPython } from './readers.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

describe('any message', () => {
  it('is read back by postal-mime and mailparser as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(specs, async (spec) => {
        const bytes = await bytesOf(spec);
        expectReading('postal-mime', await readWithPostalMime(bytes), spec);
        expectReading('mailparser', await readWithMailparser(bytes), spec);
      }),
      { numRuns: 300 },
    );
  });

  it("is read back by Python's email as it was written, without a defect", async (context) => {
    const samples = fc.sample(specs, 250);
    const readings = await readWithPython(await Promise.all(samples.map(bytesOf)));
    if (readings === null) return context.skip('no python3 on this machine');
    expect(readings).toHaveLength(samples.length);
    for (const [index, spec] of samples.entries()) expectPython(readings[index], spec);
  });
});
