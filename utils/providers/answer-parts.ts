/** What the answers of all providers have in common. */

const CODE_CHARACTERS = 64;

/** The parsed text, or undefined (which no schema takes) when it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A provider's code as it is stored in clear and shown: visible ASCII, and not much of it. */
export function shownCode(code: string): string {
  return code.replace(/[^\x21-\x7e]/g, '').slice(0, CODE_CHARACTERS);
}
