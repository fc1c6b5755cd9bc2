/** Why a message can't be made or read. */
export type MimeErrorCode =
  /** Not an address that mail can be sent to. */
  | 'address'
  /** A control character, line breaks included, in something that goes into a header. */
  | 'control-character'
  /** Not `<left@right>`. */
  | 'message-id'
  | 'content-id'
  /** Two inline parts that the HTML could not tell apart. */
  | 'repeated-content-id'
  /** No time between the years 1970 and 9999. */
  | 'date'
  | 'boundary-seed'
  /** Not a header's name, or the name of one that is written from the draft. */
  | 'header-name'
  /** A part of a header that can't be folded and is longer than a line may be. */
  | 'header-too-long'
  /** The file is not as long as the draft says. */
  | 'attachment-size'
  /** The file gave another number of bytes than it was asked for. */
  | 'attachment-bytes'
  /** A range that does not lie inside the message. */
  | 'range';

/** What this room throws. The text names the field but never repeats its content, so it may be logged. */
export class MimeError extends Error {
  override readonly name = 'MimeError';
  readonly code: MimeErrorCode;
  /** Where it is wrong: `subject`, `to`, `attachments`, a header's name … */
  readonly field: string;
  /** Which entry of the field, from 0; null for a field that has none. */
  readonly index: number | null;

  constructor(code: MimeErrorCode, field: string, index: number | null = null) {
    super(`${code} in ${field}${index === null ? '' : ` ${String(index)}`}`);
    this.code = code;
    this.field = field;
    this.index = index;
  }
}
