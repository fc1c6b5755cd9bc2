/** Scripts whose letters look alike. Whoever mixes them in one word wants it read as another. */
const LATIN = /\p{sc=Latn}/u;
const LOOKALIKE = /[\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}]/u;

/** Whether a label of an address's domain mixes scripts that look alike (UTS 39, section 5.1). */
export function mixesScripts(address: string): boolean {
  if (!/[^\0-\x7f]/.test(address)) return false;
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  return labels.some((label) => LATIN.test(label) && LOOKALIKE.test(label));
}
