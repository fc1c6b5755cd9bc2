/** What a business card says of whom to write to. */
export interface Card {
  /** '' when it names nobody. */
  readonly name: string;
  readonly emails: readonly string[];
}

const MAX_LINES = 500;
const MAX_CARDS = 200;

/** The cards (RFC 6350) inside a `data:text/vcard` link (RFC 2397). Empty for another kind and for a broken one. */
export function cardsIn(href: string): Card[] {
  const comma = href.indexOf(',');
  const head = href.slice(0, comma);
  if (!/^data:text\/(?:x-)?vcard(?:;|$)/i.test(head)) return [];
  return decoded(head, href.slice(comma + 1))
    .split(/^END:VCARD/im, MAX_CARDS)
    .map(cardOf);
}

function decoded(head: string, body: string): string {
  try {
    const text = decodeURIComponent(body);
    if (!/;base64$/i.test(head)) return text;
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    // Broken percent or base64 encoding: no card.
    return '';
  }
}

/** FN and EMAIL (RFC 6350 sections 6.2.1 and 6.4.2), lines unfolded (section 3.2). N when there is no FN. */
function cardOf(text: string): Card {
  let name = '';
  const emails: string[] = [];
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/, MAX_LINES)) {
    const colon = line.indexOf(':');
    const property = /^(?:[\w-]+\.)?(FN|N|EMAIL)(?:;|$)/i.exec(line.slice(0, Math.max(0, colon)));
    const kind = property?.[1]?.toUpperCase();
    const value = line.slice(colon + 1).trim();
    if (kind === 'FN') name = unescaped(value);
    if (kind === 'N') name ||= nameOfParts(value);
    if (kind === 'EMAIL') emails.push(unescaped(value).replace(/^mailto:/i, ''));
  }
  return { name, emails };
}

/** Family;Given;… (RFC 6350 section 6.2.2). */
function nameOfParts(value: string): string {
  const [family = '', given = ''] = value.split(';');
  return `${unescaped(given)} ${unescaped(family)}`.trim();
}

function unescaped(value: string): string {
  return value.replace(/\\n/gi, ' ').replace(/\\([,;:\\])/g, '$1');
}
