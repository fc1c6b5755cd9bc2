import { afterAll, describe, expect, it } from 'vitest';
import { HOMES, playMatrix } from './fault-matrix.ts';
import { FAULTS } from './faults-of-delivery.ts';

/** One cell to play again, as a failure prints it. */
const only = process.env['POSTERN_CELL'] ?? null;

let cells = 0;
let wrongOnes = 0;
const names = new Set<string>();

describe.for(HOMES)(
  '$title, whatever goes wrong at whichever call',
  { timeout: 300_000 },
  (home) => {
    it('loses nothing, doubles nothing, and tells nothing that is not so', async () => {
      const played = await playMatrix(home, { only });
      cells += played.cells;
      wrongOnes += played.wrong.length;
      for (const name of played.calls) names.add(name);
      expect(played.wrong.join('\n')).toBe('');
    });
  },
);

afterAll(() => {
  console.log(
    `fault matrix: ${cells} cells (${HOMES.length} ways to send, ${FAULTS.length} faults, ` +
      `${names.size} kinds of calls), ${wrongOnes} wrong`,
  );
});
