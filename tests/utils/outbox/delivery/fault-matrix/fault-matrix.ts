import { describe, expect, it } from 'vitest';
import type { Scenario } from '../deaths/death-scenarios.ts';
import { live, wrongWith } from '../deaths/death-plays.ts';
import { FAULTS, type Fault } from './faults-of-delivery.ts';

/** A provider with the rights that were given, and what is sent. */
type Home = Scenario;

/** At Gmail. */
export const GMAIL: readonly Home[] = [
  { title: 'Gmail' },
  { title: 'Gmail with a file', withFile: true },
];

/** At Outlook with the right to send alone. */
export const OUTLOOK: readonly Home[] = [
  { title: 'Outlook', outlook: ['send'], mayEndUnconfirmed: true },
  { title: 'Outlook with a file', outlook: ['send'], withFile: true, mayEndUnconfirmed: true },
];

/** At Outlook with the right to drafts as well. */
export const OUTLOOK_WITH_DRAFTS: readonly Home[] = [
  { title: 'Outlook with drafts', outlook: ['send', 'drafts'] },
  { title: 'Outlook with drafts and a file', outlook: ['send', 'drafts'], withFile: true },
];

/** One cell to play again, as a failure prints it. */
const only = process.env['POSTERN_CELL'] ?? null;

/** The tests of some homes. Each provider has a file of them, since files are what the cores share out. */
export function testMatrix(homes: readonly Home[]): void {
  describe.for(homes)('$title, whatever goes wrong at whichever call', (home) => {
    it('loses nothing, doubles nothing, and tells nothing that is not so', async () => {
      const { cells, calls, wrong } = await playMatrix(home);
      const of = `${FAULTS.length} faults, ${calls} calls`;
      console.log(`fault matrix, ${home.title}: ${cells} cells (${of}), ${wrong.length} wrong`);
      expect(wrong.join('\n')).toBe('');
      if (only === null) expect(cells).toBeGreaterThanOrEqual(calls);
    }, 600_000);
  });
}

/** What came of the cells of one home. */
interface Played {
  readonly cells: number;
  /** How many calls delivery makes where nothing goes wrong. */
  readonly calls: number;
  /** What went wrong, where, and how to play it again. */
  readonly wrong: readonly string[];
}

/** Plays every fault at every call at which it can strike. */
async function playMatrix(home: Home): Promise<Played> {
  const { calls, ending } = await live(home, [null]);
  const clean = wrongWith(ending, home);
  const wrong = clean === null ? [] : [`${home.title}: without a fault ${clean}`];
  let cells = 0;
  for (const fault of FAULTS) {
    for (const [call, name] of calls.entries()) {
      const cell = `${home.title} | ${fault.title} | ${call}`;
      if (!fault.strikes(name) || (only !== null && cell !== only)) continue;
      cells += 1;
      const found = await playCell(home, fault, call);
      if (found !== null) wrong.push(`${cell} (${name}): ${found}\n  ${replay(cell)}`);
    }
  }
  return { cells, calls: calls.length, wrong };
}

async function playCell(home: Home, fault: Fault, call: number): Promise<string | null> {
  const scenario: Scenario = {
    ...home,
    ...(fault.before && { before: fault.before }),
    ...(fault.forgets && { mayEndUnconfirmed: true }),
    ...(fault.mayLeaveDraft && { mayLeaveDraft: true }),
  };
  const death = fault.death ? { call, when: fault.death } : null;
  try {
    const { ending } = await live(scenario, [death], fault.at?.(call) ?? null);
    return wrongWith(ending, scenario);
  } catch (error) {
    return `it broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

function replay(cell: string): string {
  return `POSTERN_CELL='${cell}' vitest run --project unit tests/utils/outbox/delivery/fault-matrix`;
}
