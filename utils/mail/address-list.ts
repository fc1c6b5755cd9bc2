/** Lists of addresses, as people paste them: RFC 5322 section 3.4, and what mail programs make of it. */
import { readEntry, type Entry, type Person } from './address-entry.ts';
import { createFindings, type Findings, type ParsedAddressList } from './address-findings.ts';
import { splitSegments } from './address-segments.ts';
import { tokenize } from './address-tokens.ts';

/** The longest list that is read, in UTF-16 units; a longer one is refused whole. */
const MAX_LIST_CHARS = 500_000;

type TextEntry = Extract<Entry, { kind: 'text' }>;

/**
 * Reads a list of addresses. Never throws and never repairs: what is not taken is named in
 * `problems` with its text, its place and a reason. Linear in the length of the text.
 *
 * Entries end at commas, semicolons (those of Chinese, Japanese and Arabic too), tabs and line
 * breaks. Groups give their members. `Last, First <a@b>` is one person; so are two spreadsheet
 * cells in a line, a name and an address. Bare addresses may be parted by spaces alone.
 */
export function parseAddressList(text: string): ParsedAddressList {
  if (text.length > MAX_LIST_CHARS) {
    const problem = { reason: 'list-too-long', text, start: 0, end: text.length } as const;
    return { mailboxes: [], problems: [problem] };
  }
  const { segments, problems } = splitSegments(text, tokenize(text));
  const findings = createFindings(text, problems);
  const entries = segments.map((segment) => readEntry(text, segment));
  let at = 0;
  while (at < entries.length && !findings.full()) {
    at = takePerson({ input: text, entries, findings }, at);
  }
  return findings.list();
}

interface Reading {
  readonly input: string;
  readonly entries: readonly Entry[];
  readonly findings: Findings;
}

/** Takes the person who begins at `first`, or what stands there instead; where the next one begins. */
function takePerson({ input, entries, findings }: Reading, first: number): number {
  const entry = entries[first];
  const lineBegins = first === 0 || endsLine(entries[first - 1]);
  if (entry?.kind === 'text') {
    let end = first + 1;
    while (entries[end]?.kind === 'text' && !endsLine(entries[end - 1])) end += 1;
    const pieces = entries.slice(first, end).filter((piece) => piece.kind === 'text');
    const last = endsLine(entries[end - 1]) ? undefined : entries[end];
    const person = last ? joinPerson({ input, pieces, last, lineBegins }) : null;
    if (!last || !person) {
      for (const piece of pieces) findings.problem('no-address', piece, piece);
      return end;
    }
    if (person === 'ambiguous-comma') findings.problem(person, entry, last);
    else findings.person(person, entry, last);
    return end + 1;
  }
  const cell = entries[first + 1];
  if (lineBegins && cell?.kind === 'text' && endsLine(cell) && isCell(entry)) {
    findings.person({ ...entry, name: cell.name }, entry, cell);
    return first + 2;
  }
  if (entry?.kind === 'bad') findings.problem(entry.reason, entry, entry);
  else if (entry) findings.person(entry, entry, entry);
  return first + 1;
}

interface Pieces {
  readonly input: string;
  readonly pieces: readonly TextEntry[];
  readonly last: Entry;
  readonly lineBegins: boolean;
}

/** One person made of words and the address after them; null when they do not belong together. */
function joinPerson({
  input,
  pieces,
  last,
  lineBegins,
}: Pieces): Person | 'ambiguous-comma' | null {
  const between = pieces.map(({ segment }) => segment.after);
  const [only] = pieces;
  if (only && between.length === 1 && between[0] === 'tab' && last.kind !== 'bad') {
    const cells = last.kind === 'angled' || (lineBegins && endsLine(last));
    return cells && isNameless(last) ? { ...last, name: only.name } : null;
  }
  if (last.kind !== 'angled' || between.includes('tab')) return null;
  const commas = between.filter((separator) => separator === 'comma').length;
  if (commas > 0 && last.name === '') return null;
  if (commas > 1) return 'ambiguous-comma';
  const gaps = pieces.map((piece, index) => {
    const next = pieces[index + 1] ?? last;
    return gapText(input.slice(piece.segment.end, next.segment.start));
  });
  const name = pieces.map((piece, index) => piece.name + (gaps[index] ?? '')).join('') + last.name;
  return { ...last, name: name.trimEnd() };
}

/** What is written between two pieces of a name: the comma with or without a space, else a space. */
function gapText(between: string): string {
  const comma = /[,\uff0c\u3001\u060c](\s?)/.exec(between);
  return comma ? comma[0].charAt(0) + (comma[1] ? ' ' : '') : ' ';
}

/** A spreadsheet cell that holds one address and is followed by another cell. */
function isCell(entry: Entry | undefined): entry is Entry & Person {
  return entry !== undefined && isNameless(entry) && entry.segment.after === 'tab';
}

function isNameless(entry: Entry): entry is Entry & Person {
  return 'addresses' in entry && entry.name === '' && entry.addresses.length === 1;
}

function endsLine(entry: Entry | undefined): boolean {
  return entry?.segment.after === 'newline' || entry?.segment.after === 'semicolon';
}
