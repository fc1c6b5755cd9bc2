import * as oauth from 'oauth4webapi';
import {
  NetworkError,
  type CallPurpose,
  type HttpAnswer,
  type Network,
} from '../network/network.ts';
import { outcomeOfNetworkError, outcomeOfOAuthError } from './oauth-error.ts';
import type { AuthorizationServer, CheckCode, NoGrant, UnavailableReason } from './oauth.ts';

const TIMEOUT_MS = 30_000;

/** Statuses whose answer has no body (Fetch standard, "null body status"): none that says anything here. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** The endpoint can't be used now, whatever the body of its answer says. */
class Unavailable extends Error {
  readonly reason: UnavailableReason;
  constructor(reason: UnavailableReason) {
    super(`token endpoint: ${reason}`);
    this.name = 'Unavailable';
    this.reason = reason;
  }
}

/** Lets the library's request out through the room that alone may call, and its answer back in. */
export async function viaNetwork(
  network: Network,
  {
    accountId,
    purpose,
    heard,
  }: {
    readonly accountId: string | null;
    readonly purpose: CallPurpose;
    /** The answer is put here. */
    readonly heard: HttpAnswer[];
  },
  [url, init]: readonly [string, oauth.CustomFetchOptions<'POST', URLSearchParams>],
): Promise<Response> {
  const { accept = 'application/json', 'content-type': contentType = '' } = init.headers;
  const answer = await network.request({
    url,
    method: 'POST',
    headers: { Accept: accept, 'Content-Type': contentType },
    body: init.body.toString(),
    purpose,
    accountId,
    timeoutMs: TIMEOUT_MS,
  });
  heard.push(answer);
  if (answer.status === 429) throw new Unavailable('rate-limit');
  if (answer.status === 408 || answer.status >= 500) throw new Unavailable('provider-error');
  if (answer.status < 200 || WITHOUT_BODY.includes(answer.status)) {
    throw new Unavailable('strange-answer');
  }
  const type = answer.header('content-type');
  return new Response(answer.text, {
    status: answer.status,
    headers: type === null ? {} : { 'content-type': type },
  });
}

/** What a thrown error means. @throws the error itself when it is a mistake of ours. */
export function outcomeOfError(
  server: Pick<AuthorizationServer, 'errorCodes'>,
  error: unknown,
): NoGrant {
  if (error instanceof NetworkError) return outcomeOfNetworkError(error);
  if (error instanceof Unavailable) return { kind: 'unavailable', reason: error.reason };
  if (error instanceof oauth.ResponseBodyError) {
    // The library has looked at `error` alone.
    const description: unknown = error.error_description;
    return outcomeOfOAuthError(server, {
      error: error.error,
      description: typeof description === 'string' ? description : '',
    });
  }
  if (error instanceof oauth.UnsupportedOperationError) return refused('wrong_token_type');
  if (!(error instanceof oauth.OperationProcessingError)) throw error;
  switch (error.code) {
    case oauth.JWT_TIMESTAMP_CHECK:
      return refused('wrong_clock');
    case oauth.JWT_CLAIM_COMPARISON:
      return refused('wrong_id_token');
    default:
      return { kind: 'unavailable', reason: 'strange-answer' };
  }
}

function refused(code: CheckCode): NoGrant {
  return { kind: 'refused', code, detail: '' };
}
