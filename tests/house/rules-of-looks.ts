import { pathsIn, type Rule } from './house.ts';

const tokens = 'components/tokens.css';
const raw = [
  { pattern: /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![\w-])/gi, what: 'colour' },
  { pattern: /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/g, what: 'colour' },
  { pattern: /(?<![\w.-])\d*\.?\d+(?:px|rem|pt)\b/g, what: 'size' },
];

/** Colours and sizes have names, and one file that knows what they stand for. */
export const looksComeFromTokens: Rule = (house) =>
  pathsIn(house, /^(components|entrypoints)\/.*\.(css|html)$/)
    .filter((path) => path !== tokens)
    .flatMap((path) => {
      const text = withoutWhatCss(house.get(path) ?? '');
      return raw.flatMap(({ pattern, what }) =>
        [...new Set(text.match(pattern) ?? [])].map(
          (found) => `${path} says ${found}: name that ${what} in ${tokens} and use its name.`,
        ),
      );
    });

/** A component is dressed by its style sheet. */
export const noStyleInComponents: Rule = (house) =>
  pathsIn(house, /^components\/.*\.tsx$/)
    .filter((path) => /\bstyle=/.test(house.get(path) ?? ''))
    .map(
      (path) => `${path} sets a style itself: give it a class and dress that in the style sheet.`,
    );

/** Comments, and media queries, which can't use names (CSS Variables 1, section 3). */
function withoutWhatCss(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@(?:media|container)[^{]*/g, '');
}
