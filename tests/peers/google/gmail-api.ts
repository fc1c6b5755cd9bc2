import type { Delivery } from '../delivery.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { bearerOf } from './account-endpoints.ts';
import { apiError, insufficientScope, json, unauthorized } from './google-errors.ts';
import type { GoogleAccount } from './google-options.ts';
import { splitMail } from './mail-head.ts';
import { notFound } from './mailbox.ts';
import { type Quota, UNITS } from './quota.ts';
import { type GmailAccess, scopesFor } from './scopes.ts';
import { sendJson, type SendParts, sendUpload } from './send-methods.ts';
import type { Tokens } from './tokens.ts';

/** What gmail.googleapis.com works with. */
export interface GmailParts extends SendParts {
  readonly accounts: readonly GoogleAccount[];
  readonly tokens: Tokens;
  readonly quota: Quota;
}

interface Call {
  readonly parts: GmailParts;
  readonly account: GoogleAccount;
  readonly request: PeerRequest;
  /** The part of the path that the method's pattern caught. */
  readonly id: string;
}

interface Method {
  readonly name: string;
  readonly http: string;
  /** What follows `/users/{userId}/`. */
  readonly path: RegExp;
  readonly access: GmailAccess;
  readonly units: number;
  readonly run: (call: Call) => PeerAnswer | Promise<PeerAnswer>;
}

/** Methods that Google has and this peer does not play, once the token has passed Google's own checks. */
function notPlayed({ request }: Call): PeerAnswer {
  return apiError({
    code: 501,
    message: `The local Gmail does not play ${request.method} ${request.url.pathname}.`,
    status: 'UNIMPLEMENTED',
    reason: 'notImplemented',
  });
}

/** Scopes per method are the table of PROVIDERS.md A2, units those of A3. */
const METHODS: readonly Method[] = [
  method('POST', 'messages/send', 'SendMessage', [
    'send',
    UNITS.send,
    ({ parts, account, request }) => sendJson(parts, account, request),
  ]),
  method('GET', 'messages', 'ListMessages', ['read', UNITS['messages.list'], listMessages]),
  method('GET', 'messages/([^/]+)', 'GetMessage', ['read', UNITS['messages.get'], getMessage]),
  method('GET', 'messages/[^/]+/attachments/([^/]+)', 'GetAttachment', [
    'attachments',
    UNITS['attachments.get'],
    notPlayed,
  ]),
  method('GET', 'threads', 'ListThreads', ['read', UNITS['threads.list'], notPlayed]),
  method('GET', 'threads/([^/]+)', 'GetThread', ['read', UNITS['threads.get'], notPlayed]),
  method('GET', 'profile', 'GetProfile', ['profile', UNITS.getProfile, getProfile]),
  method('GET', 'labels', 'ListLabels', ['labels', UNITS['labels.list'], notPlayed]),
  method('GET', 'settings/sendAs', 'ListSendAs', ['settings', UNITS['sendAs.list'], listSendAs]),
  method('POST', 'drafts', 'CreateDraft', ['write-drafts', UNITS['drafts.create'], notPlayed]),
  method('PUT', 'drafts/([^/]+)', 'UpdateDraft', [
    'write-drafts',
    UNITS['drafts.update'],
    notPlayed,
  ]),
  method('POST', 'drafts/send', 'SendDraft', ['write-drafts', UNITS['drafts.send'], notPlayed]),
  method('GET', 'drafts', 'ListDrafts', ['read-drafts', UNITS['drafts.get'], notPlayed]),
  method('GET', 'drafts/([^/]+)', 'GetDraft', ['read-drafts', UNITS['drafts.get'], notPlayed]),
];

const UPLOADS: readonly Method[] = [
  method('POST', 'messages/send', 'SendMessage', [
    'send',
    UNITS.send,
    ({ parts, account, request }) => sendUpload(parts, account, request),
  ]),
  method('POST', 'drafts', 'CreateDraft', ['write-drafts', UNITS['drafts.create'], notPlayed]),
  method('PUT', 'drafts/([^/]+)', 'UpdateDraft', [
    'write-drafts',
    UNITS['drafts.update'],
    notPlayed,
  ]),
  method('POST', 'drafts/send', 'SendDraft', ['write-drafts', UNITS['drafts.send'], notPlayed]),
];

function method(
  http: string,
  path: string,
  name: string,
  [access, units, run]: readonly [GmailAccess, number, Method['run']],
): Method {
  const fullName = `caribou.api.proto.MailboxService.${name}`;
  return { http, path: new RegExp(`^${path}$`), name: fullName, access, units, run };
}

/** Both upload addresses of the discovery document: `/upload/…` and `/resumable/upload/…`. */
const ADDRESS = /^(\/(?:resumable\/)?upload)?\/gmail\/v1\/users\/([^/]+)\/(.+)$/;

/** Everything that gmail.googleapis.com answers: sessions by their id, methods by token, scope and quota. */
export async function answerGmail(parts: GmailParts, request: PeerRequest): Promise<PeerAnswer> {
  const { url } = request;
  const uploading = url.searchParams.has('upload_id') && /^(PUT|DELETE)$/.test(request.method);
  if (uploading) return await answerSession(parts, request);
  const [, upload, user = '', rest = ''] = ADDRESS.exec(url.pathname) ?? [];
  const found = (upload === undefined ? METHODS : UPLOADS).find(
    (each) => each.http === request.method && each.path.test(rest),
  );
  if (!found) return notFound();

  const bearer = bearerOf(request);
  if (bearer === null) return unauthorized('absent');
  const token = parts.tokens.access(bearer);
  const account = parts.accounts.find(({ email }) => email === token?.account);
  if (!token || !account) return unauthorized('dead');
  const wanted = scopesFor(found.access);
  if (!wanted.some((scope) => token.scopes.has(scope)))
    return insufficientScope(found.name, wanted);
  const name = decodeURIComponent(user);
  if (name !== 'me' && name.toLowerCase() !== account.email.toLowerCase())
    return notTheirs(account);
  const exceeded = parts.quota.spend(account.email, token.project, found.units);
  if (exceeded) return exceeded;
  const id = decodeURIComponent(found.path.exec(rest)?.[1] ?? '');
  return await found.run({ parts, account, request, id });
}

/**
 * The session's address is the right to use it; a token that is sent along all the same must be good
 * (not documented for Gmail; Google's front ends check every Authorization header).
 */
async function answerSession(parts: GmailParts, request: PeerRequest): Promise<PeerAnswer> {
  const bearer = bearerOf(request);
  if (bearer !== null && !parts.tokens.access(bearer)) return unauthorized('dead');
  return await parts.sessions.answer(request);
}

function notTheirs({ email }: GoogleAccount): PeerAnswer {
  return apiError({
    code: 403,
    message: `Delegation denied for ${email}`,
    status: 'PERMISSION_DENIED',
    reason: 'forbidden',
  });
}

function getProfile({ parts, account }: Call): PeerAnswer {
  const own = sentBy(parts, account);
  return json({
    emailAddress: account.email,
    messagesTotal: own.length,
    threadsTotal: new Set(own.map(({ threadId }) => threadId)).size,
    historyId: String(1000 + own.length),
  });
}

function listSendAs({ account }: Call): PeerAnswer {
  const entry = (sendAsEmail: string, isPrimary: boolean): object => ({
    sendAsEmail,
    displayName: isPrimary ? '' : account.name,
    ...(isPrimary ? { isPrimary, isDefault: true } : { verificationStatus: 'accepted' }),
  });
  const aliases = (account.aliases ?? []).map((alias) => entry(alias, false));
  return json({ sendAs: [entry(account.email, true), ...aliases] });
}

/** Newest first, as Gmail lists; of `q` only `rfc822msgid:` is understood. */
function listMessages({ parts, account, request }: Call): PeerAnswer {
  const query = request.url.searchParams.get('q') ?? '';
  const wanted = /^rfc822msgid:(.+)$/.exec(query)?.[1]?.replaceAll(/[<>]/g, '');
  const found = sentBy(parts, account)
    .filter(({ messageId }) => wanted === undefined || messageId === `<${wanted}>`)
    .toReversed();
  const messages = found.map(({ id, threadId }) => ({ id, threadId }));
  return json({ ...(messages.length > 0 && { messages }), resultSizeEstimate: messages.length });
}

function getMessage({ parts, account, request, id }: Call): PeerAnswer {
  const found = sentBy(parts, account).find((each) => each.id === id);
  if (!found) return notFound();
  const format = request.url.searchParams.get('format') ?? 'full';
  const common = {
    id,
    threadId: found.threadId,
    labelIds: ['SENT'],
    sizeEstimate: found.delivered.length,
  };
  if (format === 'minimal') return json(common);
  if (format === 'raw') {
    return json({ ...common, raw: Buffer.from(found.delivered).toString('base64url') });
  }
  const headers = (splitMail(found.delivered)?.fields ?? []).map(({ raw, value }) => ({
    name: raw.slice(0, raw.indexOf(':')),
    value,
  }));
  // Of `full` the head is played, not the parts.
  return json({ ...common, payload: { headers } });
}

function sentBy({ mailbox }: GmailParts, { email }: GoogleAccount): readonly Delivery[] {
  return mailbox.deliveries.filter(({ account }) => account === email);
}
