/**
 * Room `mime`: a draft and its fixed ids become the bytes of a message (RFC 5322, 2045-2049).
 *
 * The message is a pure function of its input: `sizeBytes` is known at once, and any range of bytes
 * can be read again and again, always the same, without building the rest. Every byte is ASCII,
 * every line ends in CRLF and holds at most 998 characters, header lines 76 where their parts allow.
 *
 * It refuses, by name, what a header can't hold: control characters, addresses and ids that are
 * none, names of headers that it writes itself. It repairs nothing but lone surrogates (U+FFFD).
 * Called by outbox and the providers through it.
 */
import type { DraftContent, Mailbox } from '../mail/mail.ts';
import type { EpochMs } from '../platform/platform.ts';

export { createMessageSource } from './message-source.ts';
export { MimeError, type MimeErrorCode } from './mime-error.ts';

/** What is fixed once, so that the same mail is always the same bytes. */
export interface FixedParts {
  /** Message-ID with its angle brackets. */
  readonly messageId: string;
  /** 16 to 48 letters and digits from a strong source; boundaries are made from it. */
  readonly boundarySeed: string;
  /** The Date field. Its length never depends on its value, so `sizeBytes` does not either. */
  readonly dateAt: EpochMs;
}

/** The bytes of an attachment, wherever they lie. */
export interface PartBytes {
  /** The AttachmentReference's `id`. */
  readonly id: string;
  /** Must be what the AttachmentReference says. */
  readonly sizeBytes: number;
  /** The bytes from `fromByte` up to `toByte`, which is not included; always the same ones. */
  read(fromByte: number, toByte: number): Promise<Uint8Array>;
  /** Takes back what `read` gave, when it was memory of its own; nobody reads it any more. */
  release?(bytes: Uint8Array): void;
}

/** A header beside those that follow from the draft, such as `List-Unsubscribe`. */
export interface ExtraHeader {
  readonly name: string;
  /** Written as it is and folded at its spaces; encoded (RFC 2047) only where it is not ASCII. */
  readonly value: string;
}

/** Everything that a message is made of. */
export interface MessageInput {
  readonly from: Mailbox;
  readonly content: DraftContent;
  readonly fixed: FixedParts;
  /** Whether Bcc is written: only for a provider that reads it there and takes it out (Gmail). */
  readonly keepBcc: boolean;
  /** Called once for each attachment, when the source is made. */
  attachmentBytes(id: string): PartBytes;
  readonly extraHeaders?: readonly ExtraHeader[];
}

/** The bytes of one message. */
export interface MessageSource {
  readonly sizeBytes: number;
  /**
   * The bytes from `fromByte` up to `toByte`, which is not included, in memory of their own.
   * @throws MimeError `range` outside the message; `attachment-bytes` when a file gives too few.
   */
  read(fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>>;
}
