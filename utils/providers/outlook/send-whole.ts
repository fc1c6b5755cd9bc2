import type { Mailbox } from '../../mail/mail.ts';
import type { SendOutcome } from '../providers.ts';
import { endOfSending } from './call-ending.ts';
import { base64Chars, base64Of, wholeFiles } from './file-bytes.ts';
import { askGraph, LONG_MS, type Act, type GraphRequest, type Wire } from './graph-call.ts';
import { graphMail } from './graph-mail.ts';
import { denialOf, rungToSend, senderOf, type Sender } from './sender.ts';

type Body = NonNullable<GraphRequest<true>['body']>;

/** PROVIDERS B2: a request may have 4 MB; whether of 1,000 or 1,024 is not documented. */
export const REQUEST_BYTES = 4_000_000;

/**
 * Sends a mail in one request (https://learn.microsoft.com/graph/api/user-sendmail), with the right
 * to send alone. Nothing remembers that request: when its answer is lost, nobody can know, and a
 * browser that repeats it by itself sends two mails
 * (docs/decisions/0004-browsers-repeat-requests.md).
 */
export async function sendWhole(wire: Wire, act: Act): Promise<SendOutcome> {
  const { job, context } = act;
  const sender = senderOf(job);
  const written = await bodyOf(act, sender);
  if ('kind' in written) return written;
  if (context.signal.aborted) return { kind: 'stopped' };
  const rung = rungToSend(sender);
  const ready = await context.token({ rung });
  if (ready.kind !== 'token') return endOfSending(ready);
  await context.beforeFinalSlice();
  const said = await askGraph(wire, act, {
    method: 'POST',
    path: '/me/sendMail',
    tellsNoId: true,
    rung,
    denied: denialOf(sender),
    purpose: 'send-mail',
    body: written,
    timeoutMs: LONG_MS,
    // 200 has been seen for a mail that was not sent (PROVIDERS B2).
    read: ({ status }) => (status === 202 ? true : null),
  });
  if (said.kind !== 'said') return endOfSending(said);
  context.progress(job.message.sizeBytes);
  return {
    kind: 'sent',
    receipt: { messageId: null, threadId: null, acceptedAt: wire.clock.now() },
  };
}

/**
 * The mail as its own bytes; from another address as JSON, since Outlook reads no From in the bytes.
 * A shared mailbox stands in From as well, and not in the path: there it would take full access to
 * it, and the copy in the person's own Sent folder would be missing (PROVIDERS B2).
 */
async function bodyOf(act: Act, sender: Sender): Promise<Body | SendOutcome> {
  const { message } = act.job;
  if (sender.kind !== 'own') return await jsonBody(act, sender.from);
  if (base64Chars(message.sizeBytes) > REQUEST_BYTES)
    return { kind: 'missing-right', rung: 'drafts' };
  const text = base64Of(await message.read(0, message.sizeBytes));
  return { type: 'text/plain', text };
}

async function jsonBody({ job: { parts } }: Act, from: Mailbox): Promise<Body | SendOutcome> {
  const { attachments } = parts.content;
  const chars = attachments.reduce((sum, { sizeBytes }) => sum + base64Chars(sizeBytes), 0);
  if (chars > REQUEST_BYTES) return { kind: 'missing-right', rung: 'drafts' };
  const files = await wholeFiles(parts);
  const mail = graphMail(parts, { from, sendAt: null, properties: false, files });
  if (!mail.ok) return { kind: 'rejected', code: 'from_needs_drafts', detail: mail.error.header };
  const text = JSON.stringify({ message: mail.value, saveToSentItems: true });
  const sizeBytes = new TextEncoder().encode(text).length;
  return sizeBytes > REQUEST_BYTES
    ? { kind: 'missing-right', rung: 'drafts' }
    : { type: 'application/json', text };
}
