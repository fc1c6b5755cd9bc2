const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
] as const;

/** A text as it stands in HTML, in an element or a quoted attribute; each line break becomes `<br>`. */
export function asHtml(text: string): string {
  return ENTITIES.reduce((html, [mark, entity]) => html.replaceAll(mark, entity), text).replace(
    /\r\n?|\n/g,
    '<br>',
  );
}

/** The text of one line that such HTML was made of, spaces that do not break included. */
export function fromHtml(html: string): string {
  const text = html.replaceAll('&nbsp;', ' ');
  return ENTITIES.reduceRight((read, [mark, entity]) => read.replaceAll(entity, mark), text);
}
