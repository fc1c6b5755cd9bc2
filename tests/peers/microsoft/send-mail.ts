import type { GraphCall, Reply } from './graph-call.ts';
import { empty } from './graph-call.ts';
import { accessDenied, type GraphError } from './graph-errors.ts';
import type { Given } from './mailbox.ts';
import type { SendRights } from './send-rules.ts';
import { givenAttachment } from './message-changes.ts';
import {
  fieldsOf,
  type GivenMessage,
  parseMessage,
  parseSending,
  propertiesOf,
} from './message-json.ts';
import { readMimeBody } from './mime-content.ts';
import type { MicrosoftAccount } from './microsoft-options.ts';

/** docs-contrib#3079: from here on MIME was answered with 200 and not sent. */
const BIG_MIME_BYTES = 2_240 * 1024;

/** POST /me/sendMail and /users/{id}/sendMail: 202 without a body, and without an id (user-sendmail.md). */
export async function sendMail(call: GraphCall): Promise<Reply> {
  if (isMime(call)) {
    if (call.parts.switches.bigMime === 'dropped-with-200' && call.body.length > BIG_MIME_BYTES) {
      return { status: 200, headers: { 'cache-control': 'private' } };
    }
    const given = await givenMime(call);
    return 'refused' in given ? given.refused : await send(call, given, true);
  }
  const read = parseSending(call.body);
  if ('refused' in read) return read.refused;
  const { message, saveToSentItems = true } = read.value;
  return await send(call, givenJson(call, message), saveToSentItems);
}

async function send(call: GraphCall, given: Given, save: boolean): Promise<Reply> {
  const refused = await call.parts.mailboxes.sendDirectly(call.account, given, {
    ...rightsOf(call),
    save,
  });
  return refused ?? empty(202);
}

/** POST /users/{shared mailbox}/sendMail: From is that mailbox (outlook-send-mail-from-other-user.md). */
export async function sendMailAsShared(call: GraphCall, shared: string): Promise<Reply> {
  if (!rightsOf(call).mayUseShared) return accessDenied();
  const given = isMime(call) ? await givenMime(call) : parseGiven(call);
  if ('refused' in given) return given.refused;
  const { content } = given;
  const fields = { ...content.fields, from: { name: '', address: shared } };
  return await send(call, { ...given, content: { ...content, mime: null, fields } }, true);
}

function parseGiven(call: GraphCall): Given | { readonly refused: GraphError } {
  const read = parseSending(call.body);
  return 'refused' in read ? read : givenJson(call, read.value.message);
}

/** The message of a POST /me/messages, in either form. */
export async function givenDraft(
  call: GraphCall,
): Promise<Given | { readonly refused: GraphError }> {
  if (isMime(call)) return await givenMime(call);
  const read = parseMessage(call.body);
  return 'refused' in read ? read : givenJson(call, read.value);
}

/** What the token allows beside sending as oneself. */
export function rightsOf({ token }: Pick<GraphCall, 'token'>): SendRights {
  return { mayUseShared: token.scopes.has('Mail.Send.Shared') };
}

/** Whether this person may send as this mailbox by Exchange's permissions. */
export function isSharedWith(account: MicrosoftAccount, address: string): boolean {
  return (account.sharedMailboxes ?? []).some(
    (each) => each.toLowerCase() === address.toLowerCase(),
  );
}

/** `text/plain` means MIME in base64 (user-sendmail.md, "Request headers"). */
function isMime({ request }: GraphCall): boolean {
  return /^text\/plain\b/i.test(request.headers['content-type'] ?? '');
}

async function givenMime(call: GraphCall): Promise<Given | { readonly refused: GraphError }> {
  const { ids, clock } = call.parts;
  const read = await readMimeBody(call.body, { ids, now: clock.now() });
  if ('refused' in read) return read;
  const { content } = read;
  return { content, properties: [], accepted: content.mime ?? call.body, messageId: null };
}

function givenJson(call: GraphCall, message: GivenMessage): Given {
  const attachments = (message.attachments ?? []).map((each) => givenAttachment(call.parts, each));
  return {
    content: { fields: fieldsOf(message), mime: null, attachments },
    properties: propertiesOf(message.singleValueExtendedProperties),
    accepted: call.body,
    messageId: message.internetMessageId ?? null,
  };
}
