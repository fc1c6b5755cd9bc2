import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './harness/tools.ts';
import { readHouse, type Rule } from './house/house.ts';
import {
  everyExportIsDocumented,
  exportsAreNamed,
  noDoorIsABarrel,
} from './house/rules-of-docs.ts';
import {
  filesStaySmall,
  namesAreWrittenAlike,
  namesSaySomething,
  theCompositionRootStaysShort,
} from './house/rules-of-files.ts';
import { looksComeFromTokens, noStyleInComponents } from './house/rules-of-looks.ts';
import { everyMessageIsHandledAndAsked } from './house/rules-of-messages.ts';
import { privacyComplaints } from './house/rules-of-privacy.ts';
import { everythingSealedIsSealedAnew } from './house/rules-of-sealing.ts';
import { everythingStoredIsInTheInventory } from './house/rules-of-stores.ts';
import {
  everyProviderIsRegistered,
  everyRoomHasADoor,
  everyRoomHasAFloor,
  nothingLiesInTheHall,
  schemasAreBuiltWhenUsed,
} from './house/rules-of-rooms.ts';
import {
  noTestAttachesToTheWorker,
  noTestIsLeftOut,
  noTestSwitch,
  testsDoNotSleep,
} from './house/rules-of-tests.ts';

/*
 * What lint can't hold. Each complaint is a sentence that says what to do; the rules themselves are
 * tried on small made-up houses in tests/house/rules.test.ts.
 */

const house = readHouse();

const rules: Readonly<Record<string, Rule>> = {
  'every room has a door that says what it is for': everyRoomHasADoor,
  'every room stands on a floor': everyRoomHasAFloor,
  'nothing lies directly in utils': nothingLiesInTheHall,
  'no schema is built before it is used': schemasAreBuiltWhenUsed,
  'every provider is declared and registered': everyProviderIsRegistered,
  'every file name says something': namesSaySomething,
  'modules are kebab-case, components PascalCase': namesAreWrittenAlike,
  'no file is longer than 300 lines': filesStaySmall,
  'the composition root is at most 120 lines': theCompositionRootStaysShort,
  'every exported name of a room is documented': everyExportIsDocumented,
  'no file exports everything of another': noDoorIsABarrel,
  'every export has a name': exportsAreNamed,
  'every message is answered, and asked by a page': everyMessageIsHandledAndAsked,
  'everything that is stored stands in the inventory': everythingStoredIsInTheInventory,
  'everything that is sealed is sealed anew when the key changes': everythingSealedIsSealedAnew,
  'colours and sizes come from the tokens': looksComeFromTokens,
  'components are dressed by style sheets': noStyleInComponents,
  'no test sleeps': testsDoNotSleep,
  'no test attaches to the worker': noTestAttachesToTheWorker,
  'no test is left out': noTestIsLeftOut,
  'production code does not know that it is tested': noTestSwitch,
};

describe('the house', () => {
  for (const [sentence, rule] of Object.entries(rules)) {
    it(sentence, () => {
      expect(rule(house)).toEqual([]);
    });
  }

  it('gives each decision a number of its own', () => {
    const numbers = readdirSync(join(projectRoot, 'docs/decisions')).map((name) =>
      name.slice(0, 4),
    );
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
  });

  it('keeps no promise in PRIVACY.md that a test does not hold', () => {
    const path = join(projectRoot, 'PRIVACY.md');
    expect(
      existsSync(path)
        ? privacyComplaints(readFileSync(path, 'utf8'), house)
        : ['write PRIVACY.md'],
    ).toEqual([]);
  });
});
