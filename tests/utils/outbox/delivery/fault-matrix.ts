import type { Scenario } from '../death-scenarios.ts';
import { live, wrongWith } from '../death-plays.ts';
import { FAULTS, type Fault } from './faults-of-delivery.ts';

/** A provider with the rights that were given, and what is sent. */
export interface Home extends Scenario {
  /** In `npm test` every call of every so many is played for each fault; each call is met by some fault. */
  readonly sampled: number;
}

/** Who sends, and what. */
export const HOMES: readonly Home[] = [
  { title: 'Gmail', sampled: 1 },
  { title: 'Gmail with a file', withFile: true, sampled: 1 },
  { title: 'Outlook', outlook: ['send'], mayEndUnconfirmed: true, sampled: 1 },
  {
    title: 'Outlook with a file',
    outlook: ['send'],
    withFile: true,
    mayEndUnconfirmed: true,
    sampled: 5,
  },
  { title: 'Outlook with drafts', outlook: ['send', 'drafts'], sampled: 1 },
  {
    title: 'Outlook with drafts and a file',
    outlook: ['send', 'drafts'],
    withFile: true,
    sampled: 5,
  },
];

/** What came of the cells of one home. */
export interface Played {
  readonly cells: number;
  /** The calls of delivery, as the code makes them. */
  readonly calls: readonly string[];
  /** What went wrong, where, and how to play it again. */
  readonly wrong: readonly string[];
}

/** Plays every fault at every call at which it can strike, or at every `sampled`th. */
export async function playMatrix(
  home: Home,
  { sampled = home.sampled, only = null }: { sampled?: number; only?: string | null } = {},
): Promise<Played> {
  const { calls, ending } = await live(home, [null]);
  const clean = wrongWith(ending, home);
  const wrong = clean === null ? [] : [`${home.title}: without a fault ${clean}`];
  let cells = 0;
  for (const [row, fault] of FAULTS.entries()) {
    for (const [call, name] of calls.entries()) {
      const cell = `${home.title} | ${fault.title} | ${call}`;
      if (!fault.strikes(name) || (only === null ? (call + row) % sampled !== 0 : cell !== only)) {
        continue;
      }
      cells += 1;
      const found = await playCell(home, fault, call);
      if (found !== null) wrong.push(`${cell} (${name}): ${found}\n  ${replay(cell)}`);
    }
  }
  return { cells, calls, wrong };
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
  return `POSTERN_CELL='${cell}' vitest run --project unit tests/utils/outbox/delivery/fault-matrix.test.ts`;
}
