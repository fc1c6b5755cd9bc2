/** How high the rows of a long list are: measured where they were drawn, guessed elsewhere. */
export interface RowHeights {
  /** Notes what was measured. False when it was known already. */
  note(row: number, heightPx: number): boolean;
  /** Where a row begins, from the top of the list. */
  topOf(row: number): number;
  /** The row at a height from the top of the list; the last one below all. */
  rowAt(topPx: number, rows: number): number;
}

/** Rows that were never drawn count as high as those that were are on average. */
export function createRowHeights(guessPx: number): RowHeights {
  const measured = new Map<number, number>();
  let sumPx = 0;
  const usual = (): number => (measured.size === 0 ? guessPx : sumPx / measured.size);

  const topOf = (row: number): number => {
    let [known, knownPx] = [0, 0];
    for (const [at, heightPx] of measured) {
      if (at >= row) continue;
      known += 1;
      knownPx += heightPx;
    }
    return knownPx + (row - known) * usual();
  };

  return {
    note(row, heightPx) {
      const before = measured.get(row);
      if (before === heightPx) return false;
      measured.set(row, heightPx);
      sumPx += heightPx - (before ?? 0);
      return true;
    },
    topOf,
    rowAt(topPx, rows) {
      // Halving: the top of a row grows with the row.
      let [low, high] = [0, Math.max(0, rows - 1)];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (topOf(middle) <= topPx) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
