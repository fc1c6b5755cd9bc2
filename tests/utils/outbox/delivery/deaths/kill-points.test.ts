import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../../harness/tools.ts';
import { live } from './death-plays.ts';
import { SCENARIOS } from './death-scenarios.ts';
import { GMAIL, OUTLOOK, OUTLOOK_WITH_DRAFTS } from '../fault-matrix/fault-matrix.ts';
import { DRAFT_SCENARIOS, WHOLE_SCENARIOS } from './outlook-death-scenarios.ts';

const HOMES = [...GMAIL, ...OUTLOOK, ...OUTLOOK_WITH_DRAFTS];

/** The calls in the first column of the table of docs/architecture.md. */
function documented(): readonly string[] {
  const text = readFileSync(join(projectRoot, 'docs/architecture.md'), 'utf8');
  const table = /<!-- kill points -->\s+(\|.*\n)+/.exec(text)?.[0] ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, name]) => name ?? []);
  return [...new Set(rows)].sort();
}

it('each call of delivery stands in the table of docs/architecture.md, and no other', async () => {
  const made = new Set<string>();
  for (const scenario of [...HOMES, ...SCENARIOS, ...DRAFT_SCENARIOS, ...WHOLE_SCENARIOS]) {
    for (const name of (await live(scenario, [null])).calls) made.add(name);
  }
  expect(documented()).toEqual([...made].sort());
}, 60_000);
