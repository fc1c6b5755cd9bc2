import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtExtension } from './tools.ts';

/**
 * The id that Chromium gives an unpacked extension with a `key`: the first 16 bytes of the key's
 * SHA-256, each half byte as a letter from a to p.
 */
export function extensionIdOf(key: string): string {
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return hash.replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)));
}

/** The id of the built extension, known before any browser runs: clients are registered for it. */
export function builtExtensionId(extensionDir: string = builtExtension()): string {
  const manifest = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8')) as {
    key?: string;
  };
  if (manifest.key === undefined) {
    throw new Error(`${extensionDir} was built for a store: its id is not known before it runs.`);
  }
  return extensionIdOf(manifest.key);
}
