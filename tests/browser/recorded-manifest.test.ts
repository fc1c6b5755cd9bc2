import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaration as gmail } from '../../utils/providers/gmail/gmail.ts';
import { declaration as outlook } from '../../utils/providers/outlook/outlook.ts';
import { builtExtension, projectRoot } from '../harness/tools.ts';
import { START_BUDGET_BYTES, WORKER_BUDGET_BYTES, workerBytes } from '../harness/worker-size.ts';
import recorded from '../house/recorded-manifest.json' with { type: 'json' };

/*
 * What the extension may do is written down a second time, in tests/house/recorded-manifest.json.
 * A permission, host or scope that comes or goes fails here until somebody changes that file too:
 * look at the difference as a person at the store would, and say in the commit why it is needed.
 */

/** What names and shows the extension. Everything else in a manifest gives rights or opens a door. */
const harmless = [
  'manifest_version',
  'name',
  'short_name',
  'description',
  'version',
  'icons',
  'key',
  'action',
  'options_ui',
  'background',
];

const rightsIn = (dir: string): Record<string, unknown> => {
  const path = join(projectRoot, '.output', dir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !harmless.includes(key)));
};

describe('the built extension', () => {
  it('asks for the recorded rights and no others, in Chrome and Edge', () => {
    expect(rightsIn('chrome-mv3')).toEqual(recorded.chrome);
  });

  it('has a worker that keeps its budgets: what each start reads, and all its parts', () => {
    const { start, whole } = workerBytes();
    expect(start).toBeGreaterThan(10_000);
    expect(start).toBeLessThanOrEqual(START_BUDGET_BYTES);
    expect(whole).toBeGreaterThan(start + 10_000);
    expect(whole).toBeLessThanOrEqual(WORKER_BUDGET_BYTES);
  });

  it('asks for the recorded rights and no others, in Firefox', () => {
    expect(rightsIn('firefox-mv3')).toEqual(recorded.firefox);
  });

  it('asks providers for the recorded scopes, at the recorded hosts', () => {
    const asked = [gmail, outlook].map(({ id, rungs, hosts }) => [id, { rungs, hosts }]);
    expect(Object.fromEntries(asked)).toEqual(recorded.providers);
  });

  it('has pages that can call nobody: each forbids it in its own policy', () => {
    const dir = builtExtension();
    const pages = readdirSync(dir).filter((name) => name.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(0);
    const open = pages.filter(
      (name) =>
        !/http-equiv="Content-Security-Policy"\s+content="[^"]*connect-src 'none'/.test(
          readFileSync(join(dir, name), 'utf8'),
        ),
    );
    expect(open).toEqual([]);
  });
});
