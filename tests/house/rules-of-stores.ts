import { pathsIn, type Rule } from './house.ts';

const words = 'utils/dispatch/stored-things.ts';

/**
 * Whatever a room stores, the privacy page names: each object store, each kind of sealed records and
 * each key of a storage area. Names are read from the code, so they are written where they are used.
 */
export const everythingStoredIsInTheInventory: Rule = (house) => {
  const known = house.get(words) ?? '';
  return pathsIn(house, /^utils\/.*\.ts$/).flatMap((path) => {
    if (path === words) return [];
    const text = house.get(path) ?? '';
    return [
      ...storesIn(text).flatMap((store) => {
        if (store === null) return [`${path}: write its name where an object store is made.`];
        return known.includes(`/${store}'`) ? [] : [missing(path, store, 'STORES')];
      }),
      ...keysIn(text)
        .filter((key) => !known.includes(`'${key}': `) && !known.includes(` ${key}: `))
        .map((key) => missing(path, key, 'KEYS')),
    ];
  });
};

/** Null for a name that is not written there. */
function storesIn(text: string): readonly (string | null)[] {
  return [...text.matchAll(/createObjectStore(?:<[^(]*>)?\(\s*(?:'([\w-]+)')?/g)].map(
    ([, name]) => name ?? null,
  );
}

function keysIn(text: string): readonly string[] {
  const kinds = text.matchAll(/\bkind: '([a-z-]+)',\s+version: \d/g);
  const constants = text.matchAll(/^(?:export )?const \w*KEY = '([\w.-]+)(?:\/[^']*)?';/gm);
  const direct = text.matchAll(/\b(?:area|local|session|sync)\.set\(\s*'([\w.-]+)(?:\/[^']*)?'/g);
  return [...kinds, ...constants, ...direct].map(([, key = '']) => key);
}

function missing(path: string, name: string, list: string): string {
  return `${path} stores "${name}", which the privacy page has no words for: add it to ${list} in ${words}.`;
}
