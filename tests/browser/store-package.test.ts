import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../harness/run-command.ts';
import { projectRoot } from '../harness/tools.ts';

/* What `npm run zip` packs is built in a mode of its own, which no other test looks at. */

it.each([
  ['chrome-mv3-store', []],
  ['firefox-mv3-store', ['-b', 'firefox', '--mv3']],
])(
  '%s is built for production: it names no path of this machine, and no key',
  async (dir, options) => {
    const command = ['wxt', 'build', '--mode', 'store', ...options];
    const { exitCode, output } = await runCommand({ command, limitMs: 120_000 });
    expect(exitCode, output).toBe(0);
    const built = join(projectRoot, '.output', dir);
    const texts = readdirSync(built, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(js|html|json)$/.test(path))
      .map((path) => [path, readFileSync(join(built, path), 'utf8')] as const);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter(([, text]) => text.includes(projectRoot)).map(([path]) => path)).toEqual(
      [],
    );
    const manifest = texts.find(([path]) => path === 'manifest.json')?.[1] ?? '{}';
    expect(JSON.parse(manifest)).not.toHaveProperty('key');
  },
);
