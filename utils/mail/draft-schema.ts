/** Schemas for what crosses a border: page to worker, storage to worker. Sizes are capped, contents are not judged. */
import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { OTHER_SENDER_KINDS } from '../vocabulary/vocabulary.ts';
import { MAX_NAME_CHARS } from './address-problem.ts';
import { isAddress } from './address.ts';
import { hasControlCharacter } from './draft-problems.ts';

const MAX_ADDRESS_CHARS = 1000;
const MAX_RECIPIENTS = 2000;
const MAX_SUBJECT_CHARS = 10_000;
const MAX_BODY_CHARS = 10_000_000;
const MAX_FILES = 500;
const MAX_FILE_NAME_CHARS = 1000;
const MAX_MESSAGE_ID_CHARS = 1000;
const MAX_REFERENCES = 1000;
const MAX_ID_CHARS = 250;

const text = (maxChars: number) => z.string().check(z.maxLength(maxChars));
const listOf = <T extends z.core.$ZodType>(item: T, max: number) =>
  z.readonly(z.array(item).check(z.maxLength(max)));

/**
 * A mailbox in a draft. Its address may be wrong: a draft is kept while it is being written, and
 * `draftProblems` says what stops it.
 */
export const mailboxSchema = once(() =>
  z.readonly(z.object({ name: text(MAX_NAME_CHARS), address: text(MAX_ADDRESS_CHARS) })),
);

/** A further address that may stand in From. */
export const otherSenderSchema = once(() =>
  z.readonly(
    z.object({
      kind: z.enum(OTHER_SENDER_KINDS),
      name: text(MAX_NAME_CHARS),
      address: text(MAX_ADDRESS_CHARS),
    }),
  ),
);

/** Somebody whom a page offers. A page is hostile: the address must be one, the name free of control characters. */
export const contactSchema = once(() =>
  z.readonly(
    z.object({
      name: text(MAX_NAME_CHARS).check(z.refine((name) => !hasControlCharacter(name))),
      address: text(MAX_ADDRESS_CHARS).check(z.refine(isAddress)),
    }),
  ),
);

const attachmentSchema = once(() =>
  z.readonly(
    z.object({
      id: text(MAX_ID_CHARS),
      fileName: text(MAX_FILE_NAME_CHARS),
      mediaType: text(MAX_ID_CHARS),
      sizeBytes: z.int().check(z.nonnegative()),
      contentId: z.nullable(text(MAX_ID_CHARS)),
    }),
  ),
);

const threadingSchema = once(() =>
  z.readonly(
    z.object({
      inReplyTo: z.nullable(text(MAX_MESSAGE_ID_CHARS)),
      references: listOf(text(MAX_MESSAGE_ID_CHARS), MAX_REFERENCES),
      threadId: z.nullable(text(MAX_ID_CHARS)),
    }),
  ),
);

/** A draft, finished or not. Unknown keys are left out. */
export const draftContentSchema = once(() =>
  z.readonly(
    z.object({
      // Drafts from before there were aliases have none.
      fromAlias: z._default(z.nullable(text(MAX_ADDRESS_CHARS)), null),
      to: listOf(mailboxSchema(), MAX_RECIPIENTS),
      cc: listOf(mailboxSchema(), MAX_RECIPIENTS),
      bcc: listOf(mailboxSchema(), MAX_RECIPIENTS),
      replyTo: listOf(mailboxSchema(), MAX_RECIPIENTS),
      subject: text(MAX_SUBJECT_CHARS),
      text: text(MAX_BODY_CHARS),
      html: z.nullable(text(MAX_BODY_CHARS)),
      attachments: listOf(attachmentSchema(), MAX_FILES),
      threading: z.nullable(threadingSchema()),
    }),
  ),
);
