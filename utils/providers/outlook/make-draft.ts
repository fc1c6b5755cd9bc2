import type { EpochMs } from '../../platform/platform.ts';
import { endOfPreparing, unknown, type Unsent } from './call-ending.ts';
import { handleOf, type Draft } from './draft-handle.ts';
import { base64Chars, wholeFiles } from './file-bytes.ts';
import { askToMake, isMade, LONG_MS, type Act, type Wire } from './graph-call.ts';
import { graphFile, graphMail, type GraphMail } from './graph-mail.ts';
import { findCopies, findDeleted, madeIn, MAIL_FIELDS, type FoundMail } from './mail-lookup.ts';
import { REQUEST_BYTES } from './send-whole.ts';
import { senderOf } from './sender.ts';

/** Room in a request for what stands around the bytes of a file. */
const AROUND_FILE_BYTES = 100;

/**
 * Writes the mail into Drafts, with its files where all of it fits in one request, and has its id
 * written down. The mail's own Message-ID is in it from the first moment, so that a draft whose id
 * nobody heard of is found again.
 */
export async function makeDraft(
  wire: Wire,
  act: Act,
  sendAt: EpochMs | null,
): Promise<Draft | Unsent> {
  const { job, context } = act;
  const { parts } = job;
  const sender = senderOf(job);
  const from = sender.kind === 'own' ? null : sender.from;
  const mail = graphMail(parts, { from, sendAt, properties: true, files: [] });
  if (!mail.ok) {
    return { kind: 'rejected', code: 'header_not_supported', detail: mail.error.header };
  }
  const { attachments } = parts.content;
  const inOne = fitsInOne(act, mail.value);
  const files = inOne ? await wholeFiles(parts) : [];
  const written = { ...mail.value, ...(files.length > 0 && { attachments: files }) };
  const said = await askToMake(wire, act, {
    method: 'POST',
    path: '/me/messages',
    fields: MAIL_FIELDS,
    rung: 'drafts',
    purpose: 'write-draft',
    body: { type: 'application/json', text: JSON.stringify(written) },
    timeoutMs: LONG_MS,
    read: (answer) => (isMade(answer) ? (madeIn(answer) ?? 'unread') : null),
  });
  if (said.kind !== 'said') return endOfPreparing(said);
  const made = said.value === 'unread' ? await theOneDraft(wire, act) : said.value;
  if (made === null) return unknown('strange-answer');
  const { id, conversationId } = made;
  const complete = inOne || attachments.length === 0;
  const draft = { id, conversationId, files: [], complete, upload: null };
  await context.checkpoint(handleOf(draft));
  return draft;
}

/**
 * The draft that was just written, where its answer does not tell, or repeats more of the mail than is
 * read of one. What an earlier attempt left there was deleted, and may lie in Deleted Items: also
 * alone, while the new one is not listed yet.
 */
async function theOneDraft(wire: Wire, act: Act): Promise<FoundMail | null> {
  const copies = await findCopies(wire, act);
  if (copies.kind !== 'said') return null;
  const drafts = copies.value.filter(({ isDraft }) => isDraft);
  if (drafts.length === 0) return null;
  const deleted = await findDeleted(wire, act);
  if (deleted.kind !== 'said') return null;
  const left = drafts.filter(({ id }) => !deleted.value.some((gone) => gone.id === id));
  return left.length === 1 ? (left[0] ?? null) : null;
}

/** The text of a mail with all its addresses may be large as well. */
function fitsInOne({ job: { parts } }: Act, mail: GraphMail): boolean {
  const { html, attachments } = parts.content;
  const items = attachments.map((file) => graphFile(file, html));
  const written = new TextEncoder().encode(JSON.stringify({ ...mail, attachments: items })).length;
  const chars = attachments.reduce(
    (sum, { sizeBytes }) => sum + base64Chars(sizeBytes) + AROUND_FILE_BYTES,
    0,
  );
  return attachments.length === 0 || written + chars <= REQUEST_BYTES;
}
