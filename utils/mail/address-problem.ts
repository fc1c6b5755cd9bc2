import type { AddressFault } from './address.ts';

/** Why a piece of a list gives no address, or not all that it says. */
export type AddressProblemReason =
  | AddressFault
  | 'unclosed-quote'
  | 'unclosed-comment'
  /** `<` without its `>`. */
  | 'unclosed-angle'
  /** `>` without its `<`, as in `a@b>, <c@d`. */
  | 'stray-angle'
  /** Words beside an address that are neither a name before `<` nor set apart by a separator. */
  | 'text-beside-address'
  /** `A, B, C <a@b>`: three people, or one with two commas in the name. */
  | 'ambiguous-comma'
  /** `<@relay:a@b>`, which RFC 5322 section 4.4 calls obsolete. */
  | 'source-route'
  | 'unclosed-group'
  | 'nested-group'
  /** A group such as `undisclosed-recipients:;` holds nobody to write to. */
  | 'empty-group'
  /** A mailto link carried more than the address, which alone was taken. */
  | 'mailto-headers'
  | 'name-too-long'
  /** The text is over the limit; nothing in it was read. */
  | 'list-too-long'
  /** What stands from here on was not read. */
  | 'too-many';

/** A piece of a list that was not taken as it stands. */
export interface AddressProblem {
  readonly reason: AddressProblemReason;
  /** The piece, exactly as it was written. */
  readonly text: string;
  /** Where it begins in the list (UTF-16 offset). */
  readonly start: number;
  /** Where it ends (UTF-16 offset, not included). */
  readonly end: number;
}

/** The longest display name that is taken, in UTF-16 units. */
export const MAX_NAME_CHARS = 1000;
