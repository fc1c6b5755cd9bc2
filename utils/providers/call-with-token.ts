import {
  NetworkError,
  type HttpAnswer,
  type HttpRequest,
  type Network,
} from '../network/network.ts';
import { assertNever } from '../result/result.ts';
import type { Rung, WaitReason } from '../vocabulary/vocabulary.ts';
import type { SendContext, TokenOutcome } from './sending.ts';

/** Why a call was not made, or was not heard. */
export type Unheard = Exclude<TokenOutcome, { kind: 'token' }>;

/** The call was made and no answer came. None of these says whether its body arrived. */
export type Silence =
  | { readonly kind: 'no-answer'; readonly reason: WaitReason }
  /** The browser hides the answer. */
  | { readonly kind: 'hidden-answer'; readonly host: string }
  | { readonly kind: 'aborted' };

/** What came of a call. */
export type Heard = { readonly kind: 'answer'; readonly http: HttpAnswer } | Unheard | Silence;

/** A call, and the right that it needs. */
export interface TokenCall {
  readonly request: HttpRequest;
  readonly rung: Rung;
}

/** Makes a call with a token of its right; a 401 is answered once with a fresh one. */
export async function callWithToken(
  network: Network,
  context: Pick<SendContext, 'token'>,
  call: TokenCall,
): Promise<Heard> {
  const first = await callAs(network, context, { ...call, rejected: false });
  if (first.kind !== 'answer' || first.http.status !== 401) return first;
  const second = await callAs(network, context, { ...call, rejected: true });
  return second.kind === 'answer' && second.http.status === 401
    ? { kind: 'needs-sign-in', why: 'token_rejected' }
    : second;
}

async function callAs(
  network: Network,
  context: Pick<SendContext, 'token'>,
  { request, rung, rejected }: TokenCall & { readonly rejected: boolean },
): Promise<Heard> {
  const outcome = await context.token({ rung, rejected });
  if (outcome.kind !== 'token') return outcome;
  const headers = { ...request.headers, Authorization: `Bearer ${outcome.token.reveal()}` };
  return await callOnce(network, { ...request, headers });
}

/** Makes a call as it is. @throws what is a mistake of ours */
export async function callOnce(
  network: Network,
  request: HttpRequest,
): Promise<Exclude<Heard, { kind: 'needs-sign-in' | 'missing-right' | 'refused' | 'needs-host' }>> {
  try {
    return { kind: 'answer', http: await network.request(request) };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    // The browser knew that there is no network, so nothing left.
    if (error.code === 'offline') return { kind: 'unavailable', reason: 'offline' };
    return silenceOf(error);
  }
}

/** What a failed call means. @throws the error itself when it is a mistake of ours. */
export function silenceOf(error: NetworkError): Silence {
  switch (error.code) {
    case 'offline':
    case 'timeout':
      return { kind: 'no-answer', reason: error.code };
    case 'failed':
      return { kind: 'no-answer', reason: 'network' };
    case 'redirected':
      return { kind: 'no-answer', reason: 'strange-answer' };
    case 'aborted':
      return { kind: 'aborted' };
    case 'cors-refused':
      return { kind: 'hidden-answer', host: error.host };
    case 'host-not-allowed':
      throw error;
    default:
      return assertNever(error.code);
  }
}
