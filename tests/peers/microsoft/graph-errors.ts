import type { PeerClock } from '../clock.ts';
import type { PeerAnswer } from '../peer.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';

/** An error of Graph (concepts/errors.md: `error.code`, `error.message`, `error.innerError`). */
export interface GraphError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The ids of one request, which every answer of Graph carries (concepts/best-practices-concept.md). */
export interface RequestIds {
  readonly requestId: string;
  /** The client's `client-request-id`, or the request id. */
  readonly clientRequestId: string;
}

/** Ids for a request that says this of itself. */
export function requestIds(ids: MicrosoftIds, sent: string | undefined): RequestIds {
  const requestId = ids.guid();
  return { requestId, clientRequestId: sent ?? requestId };
}

/** 200, 201, 202 … with JSON; without a body when there is none to give. */
export function graphJson(body: unknown, status = 200): PeerAnswer {
  if (body === null) return { status, headers: { 'cache-control': 'private' } };
  return {
    status,
    headers: {
      'content-type':
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      'cache-control': 'private',
      'odata-version': '4.0',
    },
    body: JSON.stringify(body),
  };
}

/** The error as an answer. Dates have no zone: `2021-03-23T13:24:54` (docs-contrib#3736 has a whole body). */
export function graphErrorAnswer(error: GraphError, ids: RequestIds, clock: PeerClock): PeerAnswer {
  const answer = graphJson(
    {
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          date: new Date(clock.now()).toISOString().slice(0, 19),
          'request-id': ids.requestId,
          'client-request-id': ids.clientRequestId,
        },
      },
    },
    error.status,
  );
  return { ...answer, headers: { ...answer.headers, ...error.headers } };
}

/** Adds what every answer of Graph carries. */
export function withRequestIds(answer: PeerAnswer, ids: RequestIds): PeerAnswer {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'request-id': ids.requestId,
      'client-request-id': ids.clientRequestId,
      'x-ms-ags-diagnostic':
        '{"ServerInfo":{"DataCenter":"Local","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"PEER"}}',
    },
  };
}

const CHALLENGE =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';

/** 401; `empty` was measured in 2026, the others are in many clients' logs. */
export function invalidToken(kind: 'empty' | 'malformed' | 'expired' | 'audience'): GraphError {
  const messages = {
    empty: 'Access token is empty.',
    malformed: 'CompactToken parsing failed with error code: 80049217',
    expired: 'Lifetime validation failed, the token is expired.',
    audience: 'Access token validation failure. Invalid audience.',
  };
  return {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: messages[kind],
    headers: { 'www-authenticate': CHALLENGE },
  };
}

/** 403 of a mail call without the permission (docs-contrib#3736). */
export const accessDenied = (): GraphError => ({
  status: 403,
  code: 'ErrorAccessDenied',
  message: 'Access is denied. Check credentials and try again.',
});

/** 403 of a directory call without the permission. */
export const insufficientPrivileges = (): GraphError => ({
  status: 403,
  code: 'Authorization_RequestDenied',
  message: 'Insufficient privileges to complete the operation.',
});

/** outlook-send-mail-from-other-user.md, example 2. */
export const sendAsDenied = (): GraphError => ({
  status: 403,
  code: 'ErrorSendAsDenied',
  message:
    'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account. Cannot submit message.',
});

/** 404; statuses of Exchange's codes are those of its own table (`ODataHttpStatusCode` of ResponseCodeType). */
export const itemNotFound = (): GraphError => ({
  status: 404,
  code: 'ErrorItemNotFound',
  message: 'The specified object was not found in the store.',
});

/** 400 with a code of Exchange's. */
export function badMail(code: string, message: string): GraphError {
  return { status: 400, code, message };
}

/** user-sendmail.md, "Response": word for word. */
export const badBase64 = (): GraphError =>
  badMail('ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.');

/** microsoftgraph's Python sample shows the words for an address that is none. */
export function badRecipient(address: string | null): GraphError {
  const why =
    address === null
      ? "A message can't be sent because it contains no recipients."
      : `Recipient '${address}' isn't resolved. All recipients must be resolved before a message can be submitted.`;
  return badMail('ErrorInvalidRecipients', `At least one recipient isn't valid., ${why}`);
}

/** PROVIDERS.md B2: the request limit. The words are not documented. */
export const requestTooLarge = (): GraphError => ({
  status: 413,
  code: 'RequestEntityTooLarge',
  message: 'The request entity is too large.',
});

/** 400 by Exchange's table. */
export const messageTooLarge = (): GraphError =>
  badMail('ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.');

/** A body that is not what the method takes. */
export const badBody = (message: string): GraphError => badMail('RequestBodyRead', message);

/** A person whose mailbox is not in the cloud, or who has none. */
export const noMailbox = (): GraphError => ({
  status: 404,
  code: 'MailboxNotEnabledForRESTAPI',
  message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
});

/** What a fault asks for: 5xx as Graph's gateway says it. */
export function serverFailure(status: number): GraphError {
  const codes: Readonly<Record<number, string>> = {
    500: 'InternalServerError',
    503: 'ServiceUnavailable',
    504: 'GatewayTimeout',
  };
  return { status, code: codes[status] ?? 'UnknownError', message: '' };
}
