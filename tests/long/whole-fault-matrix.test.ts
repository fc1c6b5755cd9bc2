import { describe, expect, it } from 'vitest';
import { HOMES, playMatrix } from '../utils/outbox/delivery/fault-matrix.ts';

/*
 * The cells that `npm test` samples, each of them. POSTERN_SAMPLED=7 plays every seventh, where there
 * is less time.
 */

const SAMPLED = Number(process.env['POSTERN_SAMPLED'] ?? 1);

describe.for(HOMES)('$title, whatever goes wrong at whichever call', (home) => {
  it(`loses nothing, doubles nothing, and tells nothing that is not so (1 in ${SAMPLED} of all cells)`, async () => {
    const { cells, wrong } = await playMatrix(home, { sampled: SAMPLED });
    console.log(`${home.title}: ${cells} cells, ${wrong.length} wrong`);
    expect(wrong.join('\n')).toBe('');
  });
});
