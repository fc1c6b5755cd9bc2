import { NetworkError } from '../../network/network.ts';
import type { Secret } from '../../platform/platform.ts';
import { silenceOf, type RevokeOutcome } from '../providers.ts';
import type { Wire } from './upload-session.ts';

const REVOKE_URL = 'https://oauth2.googleapis.com/revoke';
const TIMEOUT_MS = 30_000;

/**
 * Withdraws all that the person granted to the client's project (RFC 7009;
 * https://developers.google.com/identity/protocols/oauth2/javascript-implicit-flow#tokenrevoke).
 * The endpoint answers without CORS headers, so an answer that can't be read is the usual case:
 * what the call did shows when the grant is used next.
 */
export async function revokeGrant(
  wire: Wire,
  token: Secret,
  accountId: string,
): Promise<RevokeOutcome> {
  try {
    const { status } = await wire.network.request({
      url: REVOKE_URL,
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: token.reveal() }).toString(),
      purpose: 'revoke',
      accountId,
      timeoutMs: TIMEOUT_MS,
    });
    if (status === 429) return { kind: 'failed', reason: 'rate-limit' };
    if (status === 408 || status >= 500) return { kind: 'failed', reason: 'provider-error' };
    // 400 tells that this token was dead already, which says nothing about the rest of the grant.
    return { kind: 'revoked', confirmed: status === 200 };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const silence = silenceOf(error);
    const heard = silence.kind === 'no-answer' && silence.reason !== 'network';
    return heard
      ? { kind: 'failed', reason: silence.reason }
      : { kind: 'revoked', confirmed: false };
  }
}
