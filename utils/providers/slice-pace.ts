/** Google takes slices in multiples of this (Gmail API guide "Uploading attachments"); others don't mind. */
export const SLICE_UNIT_BYTES = 256 * 1024;

/** A message up to this size goes in one request. */
const FIRST_SLICE_BYTES = 4 * SLICE_UNIT_BYTES;

/** A slice lies in memory about three times while it is sent; the budget of a send is 16 MB in all (docs/benchmarks.md). */
const LARGEST_SLICE_BYTES = 8 * SLICE_UNIT_BYTES;

/** A slice should take about this long: often enough to show progress, seldom enough to be quick. */
const TARGET_MS = 20_000;

/** How much to send in the next request. Learns from how long the last ones took. */
export interface SlicePace {
  /** Where the slice that begins at `fromByte` ends. */
  endOf(fromByte: number): number;
  /** A slice of this length took this long. */
  took(sliceBytes: number, tookMs: number): void;
  /** A slice did not get through: the next ones are the smallest possible. */
  stumbled(): void;
}

/** Paces one message. */
export function createSlicePace(sizeBytes: number): SlicePace {
  let sliceBytes = FIRST_SLICE_BYTES;
  return {
    endOf: (fromByte) => Math.min(sizeBytes, fromByte + sliceBytes),
    took(bytes, tookMs) {
      const fitting = (bytes / Math.max(1, tookMs)) * TARGET_MS;
      const units = Math.floor(Math.min(fitting, sliceBytes * 2) / SLICE_UNIT_BYTES);
      sliceBytes = Math.min(LARGEST_SLICE_BYTES, Math.max(1, units) * SLICE_UNIT_BYTES);
    },
    stumbled() {
      sliceBytes = SLICE_UNIT_BYTES;
    },
  };
}
