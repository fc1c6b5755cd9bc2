import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from '../harness/run-command.ts';
import { builtExtension, projectRoot } from '../harness/tools.ts';
import { START_BUDGET_BYTES, WORKER_BUDGET_BYTES, workerBytes } from '../harness/worker-size.ts';
import { rowOf, type Line, type Row } from './table.ts';

const kilobyte = 1000;

/** What is shipped: the package as the store gets it, and what the popup loads. */
export async function sizeRows(): Promise<readonly Line[]> {
  return [
    await rowOf('package, zipped', async () => sized(await zippedBytes(), 250)),
    await rowOf('worker script that each start reads', () =>
      Promise.resolve(sized(workerBytes().start, START_BUDGET_BYTES / kilobyte)),
    ),
    await rowOf('worker with all its parts', () =>
      Promise.resolve(sized(workerBytes().whole, WORKER_BUDGET_BYTES / kilobyte)),
    ),
    await rowOf('popup script, gzipped', () => Promise.resolve(sized(popupScriptBytes(), 40))),
  ];
}

function sized(bytes: number, budgetKilobytes: number): Omit<Row, 'what'> {
  const figure = `${(bytes / kilobyte).toFixed(1)} KB`;
  return {
    ours: figure,
    floor: '',
    measure: figure,
    budget: `≤ ${budgetKilobytes} KB`,
    within: bytes <= budgetKilobytes * kilobyte,
  };
}

async function zippedBytes(): Promise<number> {
  const pattern = join(projectRoot, '.output/*-chrome-store.zip');
  for (const old of globSync(pattern)) rmSync(old);
  const { exitCode, output } = await runCommand({
    command: ['wxt', 'zip', '--mode', 'store'],
    limitMs: 120_000,
  });
  const [zip] = globSync(pattern);
  if (exitCode !== 0 || zip === undefined) throw new Error(`wxt zip failed: ${output.slice(-300)}`);
  return statSync(zip).size;
}

/** Every script that popup.html names, and what those import, each once. */
function popupScriptBytes(): number {
  const dir = builtExtension();
  const html = readFileSync(join(dir, 'popup.html'), 'utf8');
  const open = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  if (open.length === 0) throw new Error('popup.html names no script');
  const seen = new Set<string>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(join(dir, path), 'utf8');
    const imports = text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
    for (const [, name = ''] of imports) open.push(join(path, '..', name));
  }
  return [...seen].reduce((sum, path) => sum + gzipSync(readFileSync(join(dir, path))).length, 0);
}
