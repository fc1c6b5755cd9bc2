import { graphJson, itemNotFound } from './graph-errors.ts';
import { empty, type GraphCall, type Reply } from './graph-call.ts';
import type { Attachment } from './mail-content.ts';
import type { StoredMessage } from './mailbox.ts';
import { attach, changeComplaint, givenAttachment, taken } from './message-changes.ts';
import { parseAttachment, parseAttachmentItem } from './message-json.ts';
import { attachmentResource, withContext } from './message-resource.ts';

/** POST /me/messages/{id}/attachments, for files below 3 MB (message-post-attachments.md). */
export function addAttachment(call: GraphCall): Reply {
  const message = messageOf(call);
  if (!message) return itemNotFound();
  const read = parseAttachment(call.body);
  if ('refused' in read) return read.refused;
  const refused = changeComplaint(message);
  if (refused) return refused;
  const attachment = givenAttachment(call.parts, read.value);
  attach(call.parts, message, attachment);
  return graphJson(
    withContext('attachments/$entity', attachmentResource(attachment, call.view)),
    201,
  );
}

/** GET /me/messages/{id}/attachments */
export function listAttachments(call: GraphCall): Reply {
  const message = messageOf(call);
  if (!message) return itemNotFound();
  const value = message.content.attachments.map((each) => attachmentResource(each, call.view));
  return graphJson(withContext('attachments', { value }));
}

/** GET /me/messages/{id}/attachments/{id}, and its bytes under …/$value */
export function getAttachment(call: GraphCall): Reply {
  const found = attachmentOf(call);
  if (!found) return itemNotFound();
  if (call.request.url.pathname.endsWith('/$value')) {
    return { status: 200, headers: { 'content-type': found.contentType }, body: found.bytes };
  }
  return graphJson(withContext('attachments/$entity', attachmentResource(found, call.view)));
}

/** DELETE /me/messages/{id}/attachments/{id} */
export function removeAttachment(call: GraphCall): Reply {
  const message = messageOf(call);
  const found = attachmentOf(call);
  if (!message || !found) return itemNotFound();
  const refused = changeComplaint(message);
  if (refused) return refused;
  // A file that came inside the MIME can only leave when the MIME is taken apart.
  const content = found.isInMime ? taken(message.content) : message.content;
  const attachments = content.attachments.filter(({ id }) => id !== found.id);
  message.content = { ...content, attachments };
  call.parts.mailboxes.touch(message);
  return empty(204);
}

/** POST /me/messages/{id}/attachments/createUploadSession (attachment-createuploadsession.md) */
export function createUploadSession(call: GraphCall): Reply {
  const message = messageOf(call);
  if (!message) return itemNotFound();
  const read = parseAttachmentItem(call.body);
  if ('refused' in read) return read.refused;
  const refused = changeComplaint(message);
  if (refused) return refused;
  return call.parts.uploads.open(message, read.value.AttachmentItem, call.token.client.id);
}

function messageOf({ parts, account, captured: [id = ''] }: GraphCall): StoredMessage | null {
  return parts.mailboxes.find(account, id);
}

function attachmentOf(call: GraphCall): Attachment | null {
  const [, id] = call.captured;
  return messageOf(call)?.content.attachments.find((each) => each.id === id) ?? null;
}
