import { badMail, graphJson, itemNotFound } from './graph-errors.ts';
import { empty, type GraphCall, type Reply } from './graph-call.ts';
import { isPropertySound } from './mail-content.ts';
import type { Folder, StoredMessage } from './mailbox.ts';
import { changeComplaint, taken } from './message-changes.ts';
import { fieldsOf, type GivenMessage, parseMessage, propertiesOf } from './message-json.ts';
import { messageResource, withContext } from './message-resource.ts';
import { givenDraft, rightsOf } from './send-mail.ts';

/** POST /me/messages: 201 with the draft (user-post-messages.md). */
export async function createDraft(call: GraphCall): Promise<Reply> {
  const given = await givenDraft(call);
  if ('refused' in given) return given.refused;
  return shown(call, call.parts.mailboxes.createDraft(call.account, given), 201);
}

/** GET /me/messages/{id} */
export function getMessage(call: GraphCall): Reply {
  const message = messageOf(call);
  return message ? shown(call, message) : itemNotFound();
}

/** PATCH /me/messages/{id} (message-update.md: most properties only "if isDraft = true") */
export function updateMessage(call: GraphCall): Reply {
  const message = messageOf(call);
  if (!message) return itemNotFound();
  const read = parseMessage(call.body);
  if ('refused' in read) return read.refused;
  const { isRead, categories, ...rest } = read.value;
  const properties = propertiesOf(rest.singleValueExtendedProperties);
  if (!properties.every(isPropertySound))
    return badMail('ErrorInvalidPropertyRequest', 'The property is not valid.');
  const refused = Object.keys(rest).length > 0 ? changeComplaint(message) : null;
  if (refused) return refused;
  // Files have their own address (openonion/connectonion#1417: "PATCH does not accept attachments").
  if (rest.attachments)
    return badMail('ErrorInvalidPropertySet', 'Set action is invalid for property.');
  message.isRead = isRead ?? message.isRead;
  message.categories = categories ?? message.categories;
  // message-update.md: "Updatable only if isDraft = true"; it is what the sent mail has.
  message.messageId = rest.internetMessageId ?? message.messageId;
  for (const property of properties) message.properties.set(property.id, property);
  if (changesContent(rest)) {
    const content = taken(message.content);
    message.content = { ...content, fields: fieldsOf(rest, content.fields) };
  }
  call.parts.mailboxes.touch(message);
  return shown(call, message);
}

/** DELETE /me/messages/{id}: 204. It goes to the recoverable items, out of sight (msgraph-sdk-powershell#3265). Cancels what is held. */
export function deleteMessage(call: GraphCall): Reply {
  const message = messageOf(call);
  if (!message) return itemNotFound();
  call.parts.mailboxes.remove(message);
  return empty(204);
}

/** POST /me/messages/{id}/send: 202 without a body (message-send.md). */
export async function sendDraft(call: GraphCall): Promise<Reply> {
  const message = messageOf(call);
  if (!message) return itemNotFound();
  return (await call.parts.mailboxes.submit(message, rightsOf(call))) ?? empty(202);
}

/** GET /me/messages and /me/mailFolders/{drafts|sentitems|deleteditems}/messages: newest first, ten unless $top says otherwise. */
export function listMessages(call: GraphCall): Reply {
  const [folder] = call.captured;
  if (folder !== undefined && !isFolder(folder)) {
    return { ...itemNotFound(), message: 'The specified folder could not be found in the store.' };
  }
  const filter = readFilter(call.view.query.get('$filter'));
  if (!filter)
    return badMail(
      'ErrorInvalidUrlQueryFilter',
      'The query filter contains one or more invalid nodes.',
    );
  const top = Number(call.view.query.get('$top') ?? 10);
  if (!Number.isInteger(top) || top < 1 || top > 1_000) {
    return badMail('ErrorInvalidUrlQuery', 'The value of $top is not valid.');
  }
  const found = call.parts.mailboxes.list(call.account, folder ?? null).filter(filter);
  const value = found.slice(0, top).map((message) => messageResource(message, call.view));
  return graphJson(withContext(`users('${call.account.id}')/messages`, { value }));
}

function changesContent(given: GivenMessage): boolean {
  const beside = ['singleValueExtendedProperties', 'internetMessageId'];
  return Object.keys(given).some((name) => !beside.includes(name) && !name.startsWith('@'));
}

function shown(call: GraphCall, message: StoredMessage, status = 200): Reply {
  const context = `users('${call.account.id}')/messages/$entity`;
  const answer = graphJson(withContext(context, messageResource(message, call.view)), status);
  const location = `https://graph.microsoft.com/v1.0/users('${call.account.id}')/messages('${message.id}')`;
  return {
    ...answer,
    headers: {
      ...answer.headers,
      etag: `W/"${message.changeKey}"`,
      ...(status === 201 && { location }),
      ...(call.view.immutable && { 'preference-applied': 'IdType="ImmutableId"' }),
    },
  };
}

function messageOf({ parts, account, captured: [id = ''] }: GraphCall): StoredMessage | null {
  return parts.mailboxes.find(account, id);
}

function isFolder(name: string): name is Folder {
  return name === 'drafts' || name === 'sentitems' || name === 'deleteditems';
}

/** The filters that are played: equal ids and isDraft, joined by `and`; null for anything else. */
function readFilter(filter: string | null): ((message: StoredMessage) => boolean) | null {
  const clauses = (filter ?? '').split(/\s+and\s+/).filter((clause) => clause !== '');
  const tests = clauses.map((clause): ((message: StoredMessage) => boolean) | null => {
    const [, name, text, flag] = /^(\w+) eq (?:'([^']*)'|(true|false))$/.exec(clause.trim()) ?? [];
    if (name === 'internetMessageId') return ({ messageId }) => messageId === text;
    if (name === 'conversationId') return ({ conversationId }) => conversationId === text;
    if (name === 'isDraft') return ({ isDraft }) => String(isDraft) === flag;
    return null;
  });
  if (tests.includes(null)) return null;
  return (message) => tests.every((test) => test?.(message) === true);
}
