/** Gathers what a list says while it is read, and stops at a number that no mail needs. */
import type { Entry, Person } from './address-entry.ts';
import {
  MAX_NAME_CHARS,
  type AddressProblem,
  type AddressProblemReason,
} from './address-problem.ts';
import type { Mailbox } from './mail.ts';

/** What a list says, in its order, and every piece of it that was not taken as it stands. */
export interface ParsedAddressList {
  readonly mailboxes: readonly Mailbox[];
  /** By position; empty when all was understood. */
  readonly problems: readonly AddressProblem[];
}

/** Mailboxes and problems found so far. */
export interface Findings {
  /** A person whose pieces reach from one entry to another. */
  person(person: Person, from: Entry, to: Entry): void;
  /** Something that stands from one entry to another and was not taken. */
  problem(reason: AddressProblemReason, from: Entry, to: Entry): void;
  /** Whether the limit is reached; what comes after it is one `too-many` problem. */
  full(): boolean;
  list(): ParsedAddressList;
}

const MAX_FINDINGS = 10_000;

/** Starts with the problems that were seen while the list was cut into segments. */
export function createFindings(input: string, early: readonly AddressProblem[]): Findings {
  const mailboxes: Mailbox[] = [];
  const problems = early.slice(0, MAX_FINDINGS);
  let overflowAt = early[MAX_FINDINGS]?.start ?? null;

  const add = (start: number, put: () => void): void => {
    const full = mailboxes.length + problems.length >= MAX_FINDINGS;
    if (full) overflowAt = Math.min(overflowAt ?? start, start);
    else put();
  };
  const complain = (reason: AddressProblemReason, start: number, end: number): void => {
    problems.push({ reason, text: input.slice(start, end), start, end });
  };
  return {
    person({ name, addresses, problems: own }, from, to) {
      const { start } = from.segment;
      if (name.length > MAX_NAME_CHARS) {
        add(start, () => complain('name-too-long', start, to.segment.end));
        return;
      }
      for (const address of addresses) add(start, () => mailboxes.push({ name, address }));
      for (const problem of own) add(problem.start, () => problems.push(problem));
    },
    problem(reason, from, to) {
      add(from.segment.start, () => complain(reason, from.segment.start, to.segment.end));
    },
    full: () => overflowAt !== null,
    list() {
      if (overflowAt !== null) complain('too-many', overflowAt, input.length);
      return { mailboxes, problems: problems.sort((a, b) => a.start - b.start) };
    },
  };
}
