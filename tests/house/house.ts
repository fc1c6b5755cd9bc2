import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { projectRoot } from '../harness/tools.ts';

/** The house as text: every file of its rooms, pages and tests, by its path from the top level. */
export type House = ReadonlyMap<string, string>;

/** A rule of the house: the sentences that say what breaks it and what to do instead. */
export type Rule = (house: House) => readonly string[];

const parts = ['utils', 'components', 'entrypoints', 'tests'];
const readable = /\.(ts|tsx|mts|mjs|css|html|json|md)$/;

/** Reads the house from disk. */
export function readHouse(root: string = projectRoot): House {
  const house = new Map<string, string>();
  for (const part of parts) {
    for (const entry of readdirSync(join(root, part), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !readable.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      house.set(
        path
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
        readFileSync(path, 'utf8'),
      );
    }
  }
  return house;
}

/** The paths that fit, in order. */
export function pathsIn(house: House, pattern: RegExp): readonly string[] {
  return [...house.keys()].filter((path) => pattern.test(path)).sort();
}

/** Every room: the folders of utils, and the folders of utils/providers. */
export function roomsOf(house: House): readonly string[] {
  const rooms = new Set<string>();
  for (const path of house.keys()) {
    const [top, room, inner, ...rest] = path.split('/');
    if (top !== 'utils' || room === undefined || inner === undefined) continue;
    rooms.add(room);
    if (room === 'providers' && rest.length > 0) rooms.add(`providers/${inner}`);
  }
  return [...rooms].sort();
}

/** The path of a room's door. */
export function doorOf(room: string): string {
  return `utils/${room}/${room.split('/').at(-1) ?? ''}.ts`;
}
