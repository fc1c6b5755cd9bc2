import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, findTool, optionalTools, type OptionalTool } from './find-tools.mjs';

/** The top level of the checkout. */
export const projectRoot = join(import.meta.dirname, '../..');

/** What runs leave behind (profiles, pictures, reports); ignored by git. */
export const scratchDir = join(projectRoot, '.postern');

/** The production build for the Chromium family, as `wxt build` leaves it. */
export const builtExtensionDir = join(projectRoot, '.output/chrome-mv3');

/**
 * The sentence that says why a test can't run here, or null when it can. With CI=true it throws
 * instead: there nothing is skipped.
 *
 * @example it.skipIf(missing('xvfb') !== null)('…')
 */
export function missing(...tools: readonly OptionalTool[]): string | null {
  const lacking = tools.filter((tool) => findTool(tool) === null);
  if (lacking.length === 0) return null;
  const reason = lacking.map((tool) => optionalTools[tool].missing).join('; ');
  if (process.env['CI'] === 'true') throw new Error(`CI runs every test, but ${reason}.`);
  return reason;
}

/** The path of a tool that `missing` said is there. */
export function toolPath(tool: OptionalTool): string {
  const path = findTool(tool);
  if (path === null) throw new Error(optionalTools[tool].missing);
  return path;
}

/** The browser that tests use. */
export function browserPath(): string {
  const path = findBrowser();
  if (path === null) {
    throw new Error('no browser here: `npm test` installs one, POSTERN_BROWSER names one.');
  }
  return path;
}

/** The built extension's folder; throws when nobody built it. */
export function builtExtension(): string {
  if (!existsSync(join(builtExtensionDir, 'manifest.json'))) {
    throw new Error('the extension is not built: run `npm run build` first (npm test does).');
  }
  return builtExtensionDir;
}
