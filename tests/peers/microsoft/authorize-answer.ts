import type { PeerClock } from '../clock.ts';
import type { PeerAnswer } from '../peer.ts';
import type { Aadsts, AadstsVoice } from './aadsts.ts';
import { pkceMissing } from './aadsts-errors.ts';
import type { AuthorizeRequest, ReturnAddress } from './authorize-request.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';
import type { MicrosoftAccount } from './microsoft-options.ts';

/** A code that was given out. */
export interface IssuedCode {
  readonly request: AuthorizeRequest;
  readonly account: MicrosoftAccount;
  readonly expiresAt: number;
  /** A second redemption has an error of its own (AADSTS54005), so used codes are remembered. */
  redeemed: boolean;
}

/** Ends a sign-in: sends the browser back with a code or an error. */
export interface AuthorizeAnswers {
  success(request: AuthorizeRequest, account: MicrosoftAccount): PeerAnswer;
  failure(to: ReturnAddress, error: Aadsts): PeerAnswer;
  /** An error with other fields than an AADSTS error has. */
  plain(to: ReturnAddress, fields: readonly [string, string][]): PeerAnswer;
}

/** PROVIDERS.md B1: "auth code ~10 min". */
const CODE_LIFE_MS = 10 * 60_000;

/** `codes` is shared with the token endpoint. */
export function createAuthorizeAnswers(parts: {
  readonly clock: PeerClock;
  readonly ids: MicrosoftIds;
  readonly voice: AadstsVoice;
  readonly codes: Map<string, IssuedCode>;
}): AuthorizeAnswers {
  const { clock, ids, voice, codes } = parts;
  const failure: AuthorizeAnswers['failure'] = (to, error) => sendBack(to, voice.fields(error));
  return {
    failure,
    plain: sendBack,
    success: (request, account) => {
      // Met after signing in and consenting (azure-health-data-and-ai-samples#55).
      if (request.redirectType === 'spa' && !request.challenge)
        return failure(request, pkceMissing());
      const code = ids.authorizationCode(account.tenant === undefined ? 'personal' : 'work');
      codes.set(code, { request, account, expiresAt: clock.now() + CODE_LIFE_MS, redeemed: false });
      return sendBack(request, [
        ['code', code],
        ['session_state', ids.guid()],
      ]);
    },
  };
}

/** Without `iss`: Microsoft's metadata does not claim RFC 9207. */
function sendBack(to: ReturnAddress, fields: readonly [string, string][]): PeerAnswer {
  const url = new URL(to.redirectUri);
  const into = to.responseMode === 'query' ? url.searchParams : new URLSearchParams();
  for (const [name, value] of fields) into.append(name, value);
  if (to.state !== null) into.append('state', to.state);
  if (to.responseMode === 'fragment') url.hash = into.toString();
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}
