import type { Rule } from 'eslint';
import { posix, sep } from 'node:path';

/**
 * The floors of the house, lowest first. An import may only point to a lower floor.
 * A room that is not named here does not exist: add it here when you add the folder.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['platform', 'result', 'once', 'schemas', 'vocabulary'],
  ['mail', 'network'],
  ['mime', 'merge'],
  ['oauth', 'vault', 'crm', 'messaging', 'settings', 'activity'],
  ['providers'],
  ['providers/gmail', 'providers/outlook', 'providers/jmap', 'providers/smtp'],
  ['accounts', 'suppressions'],
  ['outbox'],
  ['dispatch', 'components'],
  ['entrypoints'],
];

/** What components may know of the rooms: they ask for acts by messages and hold no power of their own. */
export const ROOMS_FOR_COMPONENTS: readonly string[] = [
  'messaging',
  'mail',
  'merge',
  'settings',
  'result',
  'platform',
];

/**
 * The second door of platform: the real browser behind the shapes. It throws outside of an
 * extension, so only compositions may open it; everything else takes the shapes as arguments.
 */
const BROWSER_DOOR = 'utils/platform/browser-platform.ts';

/** Where a file lives: its room, and whether it is that room's door. Null outside the house. */
export interface Place {
  readonly room: string;
  readonly door: boolean;
}

/** Finds the room of a path that is given from the top level, with forward slashes. */
export function placeOf(path: string): Place | null {
  const parts = path.split('/');
  if (parts[0] === 'entrypoints' || parts[0] === 'components') {
    return { room: parts[0], door: true };
  }
  if (parts[0] !== 'utils' || parts.length < 3) return null;
  const provider = parts[1] === 'providers' && parts.length > 3;
  const room = provider ? `providers/${parts[2] ?? ''}` : (parts[1] ?? '');
  const inside = parts.slice(provider ? 3 : 2).join('/');
  const name = provider ? parts[2] : parts[1];
  return { room, door: inside === `${name ?? ''}.ts` || path === BROWSER_DOOR };
}

/** The sentence that says why an import is not allowed and what to do; null when it is fine. */
export function complaintAbout(fromPath: string, toPath: string): string | null {
  const from = placeOf(fromPath);
  const to = placeOf(toPath);
  if (!from || !to || from.room === to.room) return null;
  const fromFloor = floorOf(from.room);
  const toFloor = floorOf(to.room);
  if (fromFloor < 0) return unknownRoom(from.room);
  if (toFloor < 0) return unknownRoom(to.room);
  if (!to.door) {
    return `${toPath} lies inside the room "${to.room}": import its door, or export what you need from there.`;
  }
  if (toPath === BROWSER_DOOR && from.room !== 'entrypoints') {
    return `only entrypoints may open ${BROWSER_DOOR}: take a shape of utils/platform/platform.ts as an argument.`;
  }
  if (from.room === 'components' && !ROOMS_FOR_COMPONENTS.includes(to.room)) {
    return `components may not import the room "${to.room}": ask for the act with a message (utils/messaging/messages.ts).`;
  }
  if (toFloor >= fromFloor) {
    return `"${from.room}" may not import "${to.room}", which is not below it: pass what you need in as an argument from entrypoints/background.ts.`;
  }
  return null;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

function unknownRoom(room: string): string {
  return `the room "${room}" has no floor: name it in tests/house/floors.ts.`;
}

/** ESLint rule: imports follow the floors and enter by doors. */
export const floorsRule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const path = posix.normalize(
      context.filename
        .slice(context.cwd.length + 1)
        .split(sep)
        .join('/'),
    );
    const check = (node: Rule.Node, specifier: unknown): void => {
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return;
      const target = posix.join(posix.dirname(path), specifier);
      const complaint = complaintAbout(path, target);
      if (complaint) context.report({ node, message: complaint });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) =>
        context.report({ node, message: 'no barrels: export each name on its own.' }),
    };
  },
};
