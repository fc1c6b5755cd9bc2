import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The floor: an extension whose page shows one line and whose worker answers one message. */
export interface EmptyExtension {
  readonly dir: string;
  remove(): void;
}

const files = {
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'Empty',
    version: '1',
    background: { service_worker: 'worker.js' },
  }),
  'worker.js': 'chrome.runtime.onMessage.addListener((_, sender, answer) => answer("here"));\n',
  'page.html': '<!doctype html><title>Empty</title><p id="there">Empty</p>\n',
};

/** Writes it into a folder of its own. */
export function writeEmptyExtension(): EmptyExtension {
  const dir = mkdtempSync(join(tmpdir(), 'postern-empty-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
