import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import {
  addAttachment,
  createUploadSession,
  getAttachment,
  listAttachments,
  removeAttachment,
} from './attachment-methods.ts';
import { type GraphCall, type GraphParts, isGraphError, type Reply } from './graph-call.ts';
import {
  accessDenied,
  type GraphError,
  graphErrorAnswer,
  graphJson,
  insufficientPrivileges,
  invalidToken,
  noMailbox,
  requestIds,
  requestTooLarge,
  withRequestIds,
} from './graph-errors.ts';
import {
  createDraft,
  deleteMessage,
  getMessage,
  listMessages,
  sendDraft,
  updateMessage,
} from './message-methods.ts';
import { accountNamed, type MicrosoftAccount, objectIdOf } from './microsoft-options.ts';
import { isSharedWith, sendMail, sendMailAsShared } from './send-mail.ts';
import type { AccessToken } from './tokens.ts';

interface Method {
  readonly http: string;
  /** What follows `/v1.0/me` or `/v1.0/users/{id}`. */
  readonly path: RegExp;
  /** One of these scopes is enough ("Permissions" on each method's page). */
  readonly scopes: readonly string[];
  readonly run: (call: GraphCall) => Reply | Promise<Reply>;
}

const READ_BASIC = ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'];
const READ = ['Mail.Read', 'Mail.ReadWrite'];
const WRITE = ['Mail.ReadWrite'];
/** "send mail as the signed-in user, including sending on-behalf of others" (permissions-reference.md, Mail.Send.Shared). */
const SEND = ['Mail.Send', 'Mail.Send.Shared'];

const METHODS: readonly Method[] = [
  method('GET', '', ['User.Read', 'User.Read.All'], getMe),
  method('POST', '/sendMail', SEND, sendMail),
  method('GET', '/messages', READ_BASIC, listMessages),
  method('POST', '/messages', WRITE, createDraft),
  method('GET', '/mailFolders/([^/]+)/messages', READ_BASIC, listMessages),
  method('GET', '/messages/([^/]+)', READ_BASIC, getMessage),
  method('PATCH', '/messages/([^/]+)', WRITE, updateMessage),
  method('DELETE', '/messages/([^/]+)', WRITE, deleteMessage),
  method('POST', '/messages/([^/]+)/send', ['Mail.Send'], sendDraft),
  method('GET', '/messages/([^/]+)/attachments', READ, listAttachments),
  method('POST', '/messages/([^/]+)/attachments', WRITE, addAttachment),
  method('POST', '/messages/([^/]+)/attachments/createUploadSession', WRITE, createUploadSession),
  method('GET', '/messages/([^/]+)/attachments/([^/]+)(?:/\\$value)?', READ, getAttachment),
  method('DELETE', '/messages/([^/]+)/attachments/([^/]+)', WRITE, removeAttachment),
];

function method(http: string, path: string, scopes: readonly string[], run: Method['run']): Method {
  // Segments of Graph are compared without case.
  return { http, path: new RegExp(`^${path}$`, 'i'), scopes, run };
}

/** PROVIDERS.md B2: the whole request, base64 included. Whether MB or MiB is not documented. */
const REQUEST_LIMIT_BYTES = 4 * 1024 * 1024;

/** Everything that graph.microsoft.com answers. */
export async function answerGraph(parts: GraphParts, request: PeerRequest): Promise<PeerAnswer> {
  parts.mailboxes.sendDue();
  const trace = requestIds(parts.ids, request.headers['client-request-id']);
  const reply = await admit(parts, request);
  parts.watch.start();
  const answer = isGraphError(reply) ? graphErrorAnswer(reply, trace, parts.clock) : reply;
  return withRequestIds(answer, trace);
}

/** Token first, then limits, then the method and its scopes. */
async function admit(parts: GraphParts, request: PeerRequest): Promise<Reply> {
  const token = tokenOf(parts, request);
  if ('code' in token) return token;
  const entered = parts.throttle.enter({ client: token.client.id, email: token.account.email });
  if ('refused' in entered) return entered.refused;
  try {
    return await dispatch(parts, token, request);
  } finally {
    entered.leave();
  }
}

function tokenOf({ tokens }: GraphParts, request: PeerRequest): AccessToken | GraphError {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (bearer === undefined) return invalidToken('empty');
  const token = tokens.access(bearer);
  if (token === null) return invalidToken('malformed');
  if (token === 'expired') return invalidToken('expired');
  return token.resource === 'graph' ? token : invalidToken('audience');
}

async function dispatch(
  parts: GraphParts,
  token: AccessToken,
  request: PeerRequest,
): Promise<Reply> {
  const [, me, user, rest = ''] =
    /^\/v1\.0\/(?:(me)|users\/([^/]+))(\/.*)?$/i.exec(request.url.pathname) ?? [];
  if (me === undefined && user === undefined) return unknownPath(request);
  const found = METHODS.find(({ http, path }) => http === request.method && path.test(rest));
  if (!found) return unknownPath(request);
  const isMail = rest !== '';
  if (!found.scopes.some((scope) => token.scopes.has(scope))) {
    return isMail ? accessDenied() : insufficientPrivileges();
  }
  const body = await wholeBody(request.body);
  if (body.length > REQUEST_LIMIT_BYTES) return requestTooLarge();
  const { account } = token;
  const full = parts.throttle.upload(
    { client: token.client.id, email: account.email },
    body.length,
  );
  if (full) return full;
  if (isMail && account.hasMailbox === false) return noMailbox();
  const captured = (found.path.exec(rest) ?? []).slice(1).map(decodeURIComponent);
  const immutable = /IdType\s*=\s*"?ImmutableId"?/i.test(request.headers['prefer'] ?? '');
  const view = { immutable, query: request.url.searchParams };
  const call: GraphCall = { parts, token, account, request, body, view, captured };
  const other = user === undefined ? null : someoneElse(account, decodeURIComponent(user));
  return other === null ? await found.run(call) : await forSomeoneElse(call, found, other);
}

/** Null when the name is the person's own. */
function someoneElse(account: MicrosoftAccount, name: string): string | null {
  const own = [account.email, account.id, objectIdOf(account)].map((each) => each.toLowerCase());
  return own.includes(name.toLowerCase()) ? null : name;
}

async function forSomeoneElse(call: GraphCall, { run }: Method, name: string): Promise<Reply> {
  if (run === sendMail && isSharedWith(call.account, name))
    return await sendMailAsShared(call, name);
  const exists = accountNamed(call.parts.accounts, name) !== null;
  if (exists || isSharedWith(call.account, name)) return accessDenied();
  return {
    status: 404,
    code: 'ErrorInvalidUser',
    message: `The requested user '${name}' is invalid.`,
  };
}

function unknownPath({ url }: PeerRequest): GraphError {
  const segment = url.pathname.split('/').at(-1) ?? '';
  return {
    status: 400,
    code: 'BadRequest',
    message: `Resource not found for the segment '${segment}'.`,
  };
}

/** GET /me (user-get.md): the properties that come without $select. */
function getMe({ account }: GraphCall): Reply {
  const [givenName = account.name, ...surname] = account.name.split(' ');
  return graphJson({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    businessPhones: [],
    displayName: account.name,
    givenName,
    jobTitle: null,
    mail: account.mail === undefined ? account.email : account.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: surname.join(' '),
    userPrincipalName: account.email,
    id: account.id,
  });
}
