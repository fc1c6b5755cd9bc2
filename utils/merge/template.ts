/** Fields in a text: `{{first name}}`, or `{{first name|there}}` with what stands in when it is empty. */

/** A field as it stands in a text. */
export interface Field {
  /** As it is looked up: lower case, single spaces. */
  readonly name: string;
  /** What is written when the value is empty; null when the text does not say. May be ''. */
  readonly fallback: string | null;
}

/** Neither part holds braces, so that a field that is not closed is given up at the next one. */
const FIELD = /\{\{([^{}|\r\n]*)(?:\|([^{}\r\n]*))?\}\}/g;

/** How names are compared: people write `First  Name` in one place and `first name` in another. */
export function normalName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Every field of a text, in order, also those that come again. A field without a name is text. */
export function fieldsIn(text: string): readonly Field[] {
  return [...text.matchAll(FIELD)].flatMap(([, name = '', fallback]) => {
    const field = normalName(name);
    return field === '' ? [] : [{ name: field, fallback: fallback?.trim() ?? null }];
  });
}

/**
 * Writes the values in. What is written in is not looked at again, so that braces in a table stay
 * what they are. A field without a value becomes its fallback, or nothing.
 */
export function fillText(text: string, value: (field: string) => string | null): string {
  return text.replace(FIELD, (whole: string, name: string, fallback: string | undefined) => {
    const field = normalName(name);
    if (field === '') return whole;
    const filled = value(field) ?? '';
    return filled === '' ? (fallback?.trim() ?? '') : filled;
  });
}

/** Whether double braces stand in a text that are no field: mostly one that was not closed. */
export function looseBraces(text: string): boolean {
  const rest = text.replace(FIELD, (whole: string, name: string) =>
    normalName(name) === '' ? whole : '',
  );
  return /\{\{|\}\}/.test(rest);
}
