import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSlicePace, SLICE_UNIT_BYTES } from '../../../utils/providers/providers.ts';

const LINE_TIMEOUT_MS = 240_000;
const size = fc.integer({ min: 1, max: 36_700_160 });

describe('the pace of an upload', () => {
  it('sends whole units but for the end, and never more than fits the memory', () => {
    fc.assert(
      fc.property(size, fc.array(fc.integer({ min: 0, max: 300_000 })), (sizeBytes, times) => {
        const pace = createSlicePace(sizeBytes);
        let offset = 0;
        for (const tookMs of [...times, 1]) {
          const end = pace.endOf(offset);
          expect(end).toBeGreaterThan(offset);
          expect(end - offset).toBeLessThanOrEqual(2 * 1024 * 1024);
          if (end !== sizeBytes) expect((end - offset) % SLICE_UNIT_BYTES).toBe(0);
          if (end === sizeBytes) return;
          pace.took(end - offset, tookMs);
          offset = end;
        }
      }),
    );
  });

  it('gets through on any line that brings 2 KB a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: 50_000_000 }), (bytesPerSecond) => {
        const sizeBytes = 36_700_160;
        const pace = createSlicePace(sizeBytes);
        let stumbles = 0;
        for (let offset = 0; offset < sizeBytes;) {
          const end = pace.endOf(offset);
          const tookMs = ((end - offset) / bytesPerSecond) * 1000;
          if (tookMs > LINE_TIMEOUT_MS) {
            pace.stumbled();
            stumbles += 1;
          } else {
            pace.took(end - offset, tookMs);
            offset = end;
          }
        }
        expect(stumbles).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });
});
