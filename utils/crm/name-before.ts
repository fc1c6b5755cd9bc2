import { shapeOf } from './name-text.ts';

/** A name that stands beside an address in the same text, and how firmly it belongs to it. */
export interface BesideName {
  readonly name: string;
  /** `Anna Berg <anna@example.com>`, not merely `Anna Berg, anna@example.com`. */
  readonly bound: boolean;
}

const MAX_CHARS_BEFORE = 120;
/** Where an entry of a list, a sentence or a line begins. */
const ENTRY_START = /[;\n\r|\u2022\u00b7>]|[:!?]\s|[,.]\s(?=[^,]*$)/g;
const LAST_NAMES = /(?:\p{Lu}[\p{L}\p{M}'\u2019.-]{0,40}\s){1,3}\p{Lu}[\p{L}\p{M}'\u2019-]{0,40}$/u;
const AFTER_NAME = /[\s,:;\u2013\u2014\u2022|(<[/-]+$/u;

/** Finds the name before an address that begins at `start`; null when there is none. */
export function nameBefore(text: string, start: number, end: number): BesideName | null {
  const before = text.slice(Math.max(0, start - MAX_CHARS_BEFORE), start);
  const bound = /<\s*(?:mailto:)?$/i.test(before) && /^\s*>/.test(text.slice(end, end + 4));
  if (bound) {
    const name = entryOf(before.replace(/<\s*(?:mailto:)?$/i, '').trimEnd()).replace(
      /^["']|["']$/g,
      '',
    );
    return shapeOf(name) === 'none' ? null : { name: name.trim(), bound };
  }
  if (!AFTER_NAME.test(before)) return null;
  const name = entryOf(before.replace(AFTER_NAME, ''));
  return shapeOf(name) === 'person' ? { name, bound } : null;
}

/** The last entry of what stands before the address. */
function entryOf(before: string): string {
  let from = 0;
  if (before.endsWith('"')) from = Math.max(0, before.lastIndexOf('"', before.length - 2));
  else for (const mark of before.matchAll(ENTRY_START)) from = mark.index + mark[0].length;
  const entry = before.slice(from).trim();
  // In a sentence the name is what is written with capitals right before the address.
  return shapeOf(entry) === 'person' ? entry : (LAST_NAMES.exec(entry)?.[0] ?? entry);
}
