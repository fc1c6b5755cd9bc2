import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Something that must not be found, by the name that a failing test calls it. */
export interface Needle {
  readonly name: string;
  readonly pattern: string | RegExp;
}

/** What the local Google's secrets look like (tests/peers/google/google-ids.ts). */
export const TOKENS: readonly Needle[] = [
  { name: 'an access token', pattern: /ya29\.[\w-]{20,}/ },
  { name: 'a refresh token', pattern: /1\/\/0[\w-]{20,}/ },
  { name: 'an upload session', pattern: /upload_id=[\w-]{10,}/ },
];

/** The names of the needles that a text holds. */
export function needlesIn(text: string, needles: readonly Needle[]): readonly string[] {
  return needles
    .filter(({ pattern }) =>
      typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text),
    )
    .map(({ name }) => name);
}

/** The extension's own stores and the browser's session files, below a profile. */
const KEPT =
  /(?:IndexedDB\/chrome-extension_|Local Extension Settings\/|Sync Extension Settings\/|Extension State\/|Extension Scripts\/|\/Sessions\/|Session Storage\/|Local Storage\/|Service Worker\/)/;

/**
 * Looks for needles in all that the browser has written for the extension and of its windows, as
 * bytes: UTF-8 and UTF-16. To be called when the browser has ended.
 */
export function scanProfile(dir: string, needles: readonly Needle[]): readonly string[] {
  const found: string[] = [];
  for (const path of filesBelow(dir)) {
    if (!KEPT.test(path)) continue;
    const bytes = readFileSync(path);
    // ASCII in UTF-16 is ASCII with a NUL between, at whatever byte it begins.
    const texts = [bytes.toString('utf8'), bytes.toString('latin1').replaceAll('\0', '')];
    for (const name of new Set(texts.flatMap((text) => needlesIn(text, needles)))) {
      found.push(`${name} in ${path.slice(dir.length + 1)}`);
    }
  }
  return found;
}

/** How many files a scan reads: a scan of nothing finds nothing. */
export function filesScanned(dir: string): number {
  return filesBelow(dir).filter((path) => KEPT.test(path)).length;
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}
