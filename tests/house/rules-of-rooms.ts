import { FLOORS } from './floors.ts';
import { doorOf, pathsIn, roomsOf, type House, type Rule } from './house.ts';

const openingLines = 15;

/** The comment that a file opens with, without its marks; null when it opens with something else. */
function openingOf(text: string): readonly string[] | null {
  const comment = /^\/\*\*?([\s\S]*?)\*\//.exec(text);
  return comment?.[1]?.split('\n') ?? null;
}

/** Every room has a door, which opens with at most 15 lines: what it does, guarantees, refuses, who calls it. */
export const everyRoomHasADoor: Rule = (house) =>
  roomsOf(house).flatMap((room) => {
    const door = doorOf(room);
    const text = house.get(door);
    if (text === undefined) {
      return [`the room ${room} has no door: name the file that others may import ${door}.`];
    }
    const opening = openingOf(text);
    if (opening === null) {
      return [
        `${door} must open with a comment: what the room does, guarantees, refuses, who calls it.`,
      ];
    }
    // The two lines of the marks don't count.
    const lines = opening.length - 2;
    if (lines <= openingLines) return [];
    return [
      `${door} opens with ${lines} lines: say it in ${openingLines}, the rest belongs to what it is about.`,
    ];
  });

/** Every room stands on a floor. */
export const everyRoomHasAFloor: Rule = (house) =>
  roomsOf(house)
    .filter((room) => !FLOORS.flat().includes(room))
    .map((room) => `the room ${room} has no floor: name it in tests/house/floors.ts.`);

/** utils holds rooms and nothing else. */
export const nothingLiesInTheHall: Rule = (house) =>
  pathsIn(house, /^utils\/[^/]+$/).map(
    (path) => `${path} lies in no room: put it into the one it belongs to.`,
  );

/** Every provider has its folder, its facts as plain data, and is registered in one place. */
export const everyProviderIsRegistered: Rule = (house) =>
  roomsOf(house)
    .filter((room) => room.startsWith('providers/'))
    .flatMap((room) => providerComplaints(house, room));

function providerComplaints(house: House, room: string): readonly string[] {
  const complaints: string[] = [];
  if (!house.has(`utils/${room}/declaration.ts`)) {
    complaints.push(
      `utils/${room} has no declaration.ts: wxt.config.ts builds permissions and CSP from its hosts.`,
    );
  }
  if (!(house.get('entrypoints/background.ts') ?? '').includes(`../${doorOf(room)}'`)) {
    complaints.push(
      `entrypoints/background.ts does not import ../${doorOf(room)}: register it there.`,
    );
  }
  return complaints;
}

/** A worker starts for one act: importing a room must not build the schemas of all others. */
export const schemasAreBuiltWhenUsed: Rule = (house) =>
  pathsIn(house, /^utils\/.*\.ts$/).flatMap((path) =>
    [...(house.get(path) ?? '').matchAll(/^(?:export )?const (\w+)[^=\n]*=\s*z\./gm)].map(
      ([, name = '']) =>
        `${path}: "${name}" is built whenever a worker starts. Write once(() => …) around it (utils/once/once.ts) and call it where it is used.`,
    ),
  );
