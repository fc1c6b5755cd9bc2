import { pathsIn, type Rule } from './house.ts';

const emptyNames = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'shared',
  'types',
  'constants',
  'manager',
  'handler',
  'service',
  'index',
];
const hardLimit = 300;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const pascal = /^([A-Z][a-z0-9]*)+$/;

/** A file's name says what is in it. */
export const namesSaySomething: Rule = (house) =>
  pathsIn(house, /\.(ts|tsx|mts|mjs)$/)
    .filter((path) => emptyNames.includes(stemOf(path)))
    .map(
      (path) => `${path}: "${stemOf(path)}" says nothing. Name the file after what it does or is.`,
    );

/** Modules are kebab-case, components PascalCase; hooks begin with use-. */
export const namesAreWrittenAlike: Rule = (house) =>
  pathsIn(house, /\.(ts|tsx|mts|mjs|css)$/).flatMap((path) => {
    const stem = stemOf(path);
    const component = path.startsWith('components/') && path.endsWith('.tsx');
    if (component) {
      return pascal.test(stem) ? [] : [`${path} is a component: write its name in PascalCase.`];
    }
    if (path.endsWith('.test.tsx') || kebab.test(stem)) return [];
    return [`${path} is a module: write its name in kebab-case.`];
  });

/** Files stay readable. Tests are exempt, not from sense. */
export const filesStaySmall: Rule = (house) =>
  pathsIn(house, /^(utils|components|entrypoints)\/.*\.(ts|tsx)$/).flatMap((path) => {
    const lines = (house.get(path) ?? '').trimEnd().split('\n').length;
    return lines <= hardLimit
      ? []
      : [
          `${path} has ${lines} lines; ${hardLimit} is the limit. Give what is a thing of its own its own file.`,
        ];
  });

/** Background.ts is the plan of the house and reads as one. */
export const theCompositionRootStaysShort: Rule = (house) => {
  const lines = (house.get('entrypoints/background.ts') ?? '').trimEnd().split('\n').length;
  return lines <= 120
    ? []
    : [
        `entrypoints/background.ts has ${lines} lines; 120 is the limit. It joins rooms and does nothing itself.`,
      ];
};

function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/(\.(test|d|page))*\.[a-z]+$/, '');
}
