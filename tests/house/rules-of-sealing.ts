import { pathsIn, type Rule } from './house.ts';

/**
 * When the data key changes, whoever stores what is sealed has to seal it anew: a kind that nobody
 * goes through would be unreadable once the key of before is forgotten. Sealed records of a storage
 * area do it themselves; every other label is made by a function, which the file that seals anew
 * (`seal-…-anew.ts`) calls too.
 */
export const everythingSealedIsSealedAnew: Rule = (house) => {
  const anew = pathsIn(house, /^utils\/.*\/seal-[a-z]+-anew\.ts$/)
    .map((path) => house.get(path) ?? '')
    .join('\n');
  return pathsIn(house, /^utils\/(?!vault\/).*\.ts$/).flatMap((path) =>
    labelsIn(house.get(path) ?? '')
      .filter((label) => !new RegExp(`\\b${label}\\b`).test(anew))
      .map(
        (label) =>
          `${path} makes labels by ${label}: call it in a seal-…-anew.ts of that room as well, and have its \`sealAnew\` (SealedHolder of the vault) go through them; else a new passphrase makes them unreadable.`,
      ),
  );
};

/** The functions that give a label of the vault. */
function labelsIn(text: string): readonly string[] {
  return [...text.matchAll(/function (\w+)\([^)]*\): RecordLabel/g)].map(([, name = '']) => name);
}
