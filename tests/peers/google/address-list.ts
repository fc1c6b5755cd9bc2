/** An address with the name before it. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

type Token =
  | { readonly kind: 'special'; readonly text: '<' | '>' | ',' | ':' | ';' | '@' }
  | { readonly kind: 'quoted' | 'domain-literal' | 'atom' | 'space'; readonly text: string };

/**
 * Reads the value of To, Cc or Bcc by RFC 5322 section 3.4: mailboxes, groups, quoted strings, comments;
 * empty list elements and dots in names as in its section 4. Letters of any script are atoms (RFC 6532).
 * Written for the peer alone, so that it shares no mistake with the code it tests. Null: no address list.
 */
export function readAddressList(value: string): readonly Mailbox[] | null {
  const tokens = tokenize(value);
  if (!tokens) return null;
  const mailboxes: Mailbox[] = [];
  for (const element of elements(tokens)) {
    const mailbox = readMailbox(element);
    if (mailbox === 'bad') return null;
    if (mailbox !== 'empty') mailboxes.push(mailbox);
  }
  return mailboxes;
}

function tokenize(value: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < value.length) {
    const rest = value.slice(at);
    if (rest.startsWith('(')) {
      const length = commentLength(rest);
      if (length === null) return null;
      tokens.push({ kind: 'space', text: ' ' });
      at += length;
      continue;
    }
    const token = nextToken(rest);
    if (!token) return null;
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function nextToken(rest: string): Token | null {
  const special = /^[<>,:;@]/.exec(rest)?.[0];
  if (special !== undefined) return { kind: 'special', text: special as '<' };
  const kinds = [
    ['space', /^[ \t]+/],
    ['quoted', /^"(?:[^"\\\r\n]|\\.)*"/],
    ['domain-literal', /^\[[^[\]\\]*\]/],
    ['atom', /^[^\s()<>[\]:;@\\,"\u0000-\u001f\u007f]+/],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return null;
}

/** Comments nest and may hold quoted pairs (RFC 5322 section 3.2.2). */
function commentLength(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

/** Cuts at commas, and takes the frames of groups away: `name:` before, `;` behind. */
function elements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lists: Token[][] = [[]];
  for (const token of tokens) {
    const text = token.kind === 'special' ? token.text : null;
    if (text === ',' || text === ';') lists.push([]);
    // What stood before the colon was the group's name, not a mailbox.
    else if (text === ':') lists[lists.length - 1] = [];
    else lists.at(-1)?.push(token);
  }
  return lists;
}

function readMailbox(element: readonly Token[]): Mailbox | 'empty' | 'bad' {
  const tokens = trimmed(element);
  if (tokens.length === 0) return 'empty';
  const open = tokens.findIndex(({ text }) => text === '<');
  const inAngles = open >= 0;
  if (inAngles && tokens.at(-1)?.text !== '>') return 'bad';
  const name = inAngles ? tokens.slice(0, open) : [];
  const inside = trimmed(inAngles ? tokens.slice(open + 1, -1) : tokens);
  if (name.some(({ kind }) => kind === 'special' || kind === 'domain-literal')) return 'bad';
  // One local part (or quoted string), one at sign, one domain, and no space between.
  const [local, sign, domain, ...more] = inside;
  const sound =
    (local?.kind === 'atom' || local?.kind === 'quoted') &&
    sign?.text === '@' &&
    (domain?.kind === 'atom' || domain?.kind === 'domain-literal') &&
    more.length === 0;
  if (!sound) return 'bad';
  return { name: name.map(plain).join('').trim(), address: `${local.text}@${domain.text}` };
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const isText = ({ kind }: Token): boolean => kind !== 'space';
  return tokens.slice(Math.max(0, tokens.findIndex(isText)), tokens.findLastIndex(isText) + 1);
}

function plain({ kind, text }: Token): string {
  return kind === 'quoted' ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;
}
