/** The first `chars` UTF-16 units of a text, without half a character at the end, and without lone surrogates. */
export function cutTo(text: string, chars: number): string {
  const cut = text.length > chars ? text.slice(0, chars) : text;
  return cut
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed()
    .trimEnd();
}
