/** One segment of a list: a name, one or more addresses, or what is wrong with it. */
import { readAddress } from './address.ts';
import type { AddressProblem, AddressProblemReason } from './address-problem.ts';
import type { Segment } from './address-segments.ts';
import type { Token } from './address-tokens.ts';
import { percentDecode } from './percent-decode.ts';

/** Somebody to write to. More than one address only where bare ones are parted by spaces. */
export interface Person {
  /** '' when there is none. */
  readonly name: string;
  readonly addresses: readonly string[];
  /** What stood with the address and was not taken. */
  readonly problems: readonly AddressProblem[];
}

/** What a segment turned out to be. */
export type Entry =
  /** Words without an address: the beginning of a name, or somebody without one. */
  | { readonly kind: 'text'; readonly name: string; readonly segment: Segment }
  /** `name <address>` or `<address>`. */
  | ({ readonly kind: 'angled'; readonly segment: Segment } & Person)
  /** An address without brackets. */
  | ({ readonly kind: 'bare'; readonly segment: Segment } & Person)
  | { readonly kind: 'bad'; readonly reason: AddressProblemReason; readonly segment: Segment };

/** An address inside a segment, or why there is none. */
type Found =
  | { readonly address: string; readonly problems: readonly AddressProblem[] }
  | { readonly reason: AddressProblemReason };

/** Reads one segment of `input`. */
export function readEntry(input: string, segment: Segment): Entry {
  const bad = (reason: AddressProblemReason): Entry => ({ kind: 'bad', reason, segment });
  const broken = brokenToken(segment.tokens);
  if (broken) return bad(broken);
  const { tokens, comment } = withoutComments(segment.tokens);
  const open = tokens.findIndex((token) => token.text === '<' && token.kind === 'angle');
  const close = tokens.findIndex((token) => token.text === '>' && token.kind === 'angle');
  if (open < 0 && close < 0) return readBare(input, segment, { tokens, comment });
  if (close < open || open < 0) return bad(close < 0 ? 'unclosed-angle' : 'stray-angle');
  const inside = tokens.slice(open + 1, close);
  if (inside.some((token) => token.kind === 'angle')) return bad('unclosed-angle');
  const rest = tokens.slice(close + 1);
  if (
    rest.length > 0 ||
    tokens.slice(0, open).some((token) => token.kind !== 'word' && token.kind !== 'quoted')
  ) {
    return bad('text-beside-address');
  }
  const found = readAddressTokens(input, inside);
  if ('reason' in found) return bad(found.reason);
  const name = phraseOf(tokens.slice(0, open)) || comment;
  return { kind: 'angled', name, addresses: [found.address], problems: found.problems, segment };
}

interface Words {
  readonly tokens: readonly Token[];
  /** What stood in parentheses: the name in the old style `a@b (Anna)`. */
  readonly comment: string;
}

function readBare(input: string, segment: Segment, { tokens, comment }: Words): Entry {
  const atSign = tokens.some((token) => token.kind === 'word' && token.text.includes('@'));
  if (!atSign && tokens.every((token) => token.kind === 'word' || token.kind === 'quoted')) {
    return { kind: 'text', name: phraseOf(tokens), segment };
  }
  const found = readAddressTokens(input, tokens);
  if ('address' in found) {
    const { address, problems } = found;
    return { kind: 'bare', name: comment, addresses: [address], problems, segment };
  }
  if (comment === '' && tokens.every((token) => token.kind === 'word' && isReadable(token.text))) {
    const addresses = tokens.map((token) => token.text);
    return { kind: 'bare', name: '', addresses, problems: [], segment };
  }
  return { kind: 'bad', reason: found.reason, segment };
}

/** `addr-spec` (RFC 5322 section 3.4.1), with white space and comments allowed around the `@` only. */
function readAddressTokens(input: string, tokens: readonly Token[]): Found {
  const first = tokens[0];
  if (!first) return { reason: 'no-address' };
  if (first.kind === 'mailto') return readMailtoTokens(input, tokens);
  if (tokens.some((token) => token.kind !== 'word' && token.kind !== 'quoted')) {
    const route = first.text.startsWith('@') && tokens.some((token) => token.kind === 'colon');
    return { reason: route ? 'source-route' : 'text-beside-address' };
  }
  const pieces = tokens.map((token, index) => {
    const previous = tokens[index - 1];
    const touches = token.text.startsWith('@') || (previous?.text.endsWith('@') ?? true);
    return (touches ? '' : token.gap) + input.slice(token.start, token.end);
  });
  const address = pieces.join('');
  const read = readAddress(address);
  if (read.kind === 'address') return { address, problems: [] };
  const apart = tokens.slice(1).some((token) => token.gap !== '' && !token.text.startsWith('@'));
  return {
    reason: apart && read.fault !== 'control-character' ? 'text-beside-address' : read.fault,
  };
}

/** The address of a mailto link (RFC 6068); its headers are a problem of their own, for they are not taken. */
function readMailtoTokens(input: string, tokens: readonly Token[]): Found {
  const start = tokens[0]?.end ?? 0;
  const end = tokens.at(-1)?.end ?? start;
  const link = input.slice(start, end);
  const query = link.indexOf('?');
  const address = percentDecode(query < 0 ? link : link.slice(0, query));
  const read = readAddress(address);
  if (read.kind === 'fault') return { reason: read.fault };
  if (query < 0) return { address, problems: [] };
  const text = link.slice(query);
  return { address, problems: [{ reason: 'mailto-headers', text, start: start + query, end }] };
}

function brokenToken(tokens: readonly Token[]): AddressProblemReason | null {
  const unclosed = tokens.find((token) => !token.closed);
  if (unclosed) return unclosed.kind === 'quoted' ? 'unclosed-quote' : 'unclosed-comment';
  return tokens.some((token) => /\p{Cc}/u.test(token.text)) ? 'control-character' : null;
}

function withoutComments(all: readonly Token[]): Words {
  const tokens: Token[] = [];
  const comments: string[] = [];
  let afterComment = false;
  for (const token of all) {
    if (token.kind === 'comment') {
      comments.push(token.text.trim());
      afterComment = true;
    } else {
      tokens.push(afterComment && token.gap === '' ? { ...token, gap: ' ' } : token);
      afterComment = false;
    }
  }
  return { tokens, comment: comments.filter((text) => text !== '').join(' ') };
}

function phraseOf(tokens: readonly Token[]): string {
  return tokens.map((token, index) => (index === 0 ? '' : token.gap) + token.text).join('');
}

function isReadable(address: string): boolean {
  return readAddress(address).kind === 'address';
}
