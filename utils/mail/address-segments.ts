/** A tokenised list as segments, each between two separators, with groups (RFC 5322 section 3.4) opened up. */
import type { AddressProblem } from './address-problem.ts';
import { SEPARATORS, type Separator, type Token } from './address-tokens.ts';

/** What stands between two separators: one entry, or a part of one. Comments alone make none. */
export interface Segment {
  readonly tokens: readonly Token[];
  readonly start: number;
  readonly end: number;
  /** The strongest of the separators that follow. */
  readonly after: Separator;
}

/** Segments in order, and what was wrong with groups. */
export interface Segmented {
  readonly segments: readonly Segment[];
  readonly problems: readonly AddressProblem[];
}

interface OpenGroup {
  readonly start: number;
  readonly labelEnd: number;
  readonly segmentsBefore: number;
}

/** Cuts tokens at separators and takes group labels out; members stay as ordinary segments. */
export function splitSegments(input: string, tokens: readonly Token[]): Segmented {
  const segments: { -readonly [K in keyof Segment]: Segment[K] }[] = [];
  const problems: AddressProblem[] = [];
  let current: Token[] = [];
  let group: OpenGroup | null = null;

  const complain = (reason: AddressProblem['reason'], start: number, end: number): void => {
    problems.push({ reason, text: input.slice(start, end), start, end });
  };
  const endSegment = (separator: Separator): void => {
    const last = segments.at(-1);
    if (current.some((token) => token.kind !== 'comment' || !token.closed)) {
      segments.push({ tokens: current, ...rangeOf(current), after: separator });
    } else if (last) {
      last.after = stronger(last.after, separator);
    }
    current = [];
  };
  const openGroup = (colon: Token): void => {
    const folded = current.length === 0 && segments.at(-1)?.after === 'fold';
    const label = folded ? (segments.pop()?.tokens ?? []) : current;
    const range = label.length > 0 ? rangeOf(label) : colon;
    if (group) complain('nested-group', range.start, colon.end);
    const before = segments.at(-1);
    if (before) before.after = 'newline';
    group ??= { start: range.start, labelEnd: colon.end, segmentsBefore: segments.length };
    current = [];
  };
  const closeGroup = (end: number): void => {
    if (group?.segmentsBefore === segments.length) complain('empty-group', group.start, end);
    group = null;
  };

  for (const token of tokens) {
    if (isSeparator(token.kind)) {
      endSegment(token.kind);
      if (token.kind === 'semicolon') closeGroup(token.end);
    } else if (token.kind === 'colon' && mayLabel(current)) {
      openGroup(token);
    } else {
      current.push(token);
    }
  }
  endSegment('newline');
  const open = group as OpenGroup | null;
  if (open) complain('unclosed-group', open.start, open.labelEnd);
  return { segments, problems };
}

/** A colon ends a group's label unless it stands inside brackets or after an address. */
function mayLabel(before: readonly Token[]): boolean {
  return !before.some(
    (token) => token.kind === 'angle' || token.kind === 'mailto' || token.text.includes('@'),
  );
}

function rangeOf(tokens: readonly Token[]): { start: number; end: number } {
  return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}

function isSeparator(kind: Token['kind']): kind is Separator {
  return SEPARATORS.some((separator) => separator === kind);
}

function stronger(a: Separator, b: Separator): Separator {
  return SEPARATORS.indexOf(a) >= SEPARATORS.indexOf(b) ? a : b;
}
