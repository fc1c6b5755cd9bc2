import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import { NetworkError, type HttpAnswer } from '../../network/network.ts';
import type { EpochMs, Secret } from '../../platform/platform.ts';
import { parsedJson, shownName, silenceOf, type IdentifyOutcome } from '../providers.ts';
import { declaration } from './declaration.ts';
import { refusalOf } from './google-answer.ts';
import type { Wire } from './upload-session.ts';

const TIMEOUT_MS = 30_000;

const userinfo = once(() =>
  z.object({
    sub: z.string().check(z.minLength(1), z.maxLength(255)),
    email: z.optional(
      z.string().check(z.maxLength(320), z.regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u)),
    ),
    email_verified: z.optional(z.union([z.boolean(), z.enum(['true', 'false'])])),
    name: z.optional(z.unknown()),
  }),
);

/** Asks who a token belongs to (OpenID Connect Core 1.0 section 5.3). */
export async function identifyAccount(
  wire: Wire,
  token: Secret,
  accountId: string | null,
): Promise<IdentifyOutcome> {
  try {
    const answer = await wire.network.request({
      url: declaration.authorization.userinfoEndpoint,
      method: 'GET',
      headers: { Authorization: `Bearer ${token.reveal()}` },
      body: null,
      purpose: 'identify-account',
      accountId,
      timeoutMs: TIMEOUT_MS,
    });
    return outcomeOf(answer, wire.clock.now());
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const silence = silenceOf(error);
    switch (silence.kind) {
      case 'hidden-answer':
        return { kind: 'needs-host', host: silence.host };
      case 'no-answer':
        return { kind: 'unavailable', reason: silence.reason };
      case 'aborted':
        return { kind: 'unavailable', reason: 'network' };
    }
  }
}

function outcomeOf(answer: HttpAnswer, now: EpochMs): IdentifyOutcome {
  const { status, text } = answer;
  if (status === 408 || status >= 500) return { kind: 'unavailable', reason: 'provider-error' };
  const limit = status === 403 || status === 429 ? refusalOf(answer, now) : null;
  if (limit?.kind === 'slow-down') return { kind: 'unavailable', reason: limit.reason };
  if (status >= 400) return { kind: 'refused', code: String(status) };
  const person = userinfo().safeParse(status === 200 ? parsedJson(text) : undefined);
  if (!person.success) return { kind: 'unavailable', reason: 'strange-answer' };
  const { sub, email, email_verified: verified, name } = person.data;
  if (email === undefined) return { kind: 'refused', code: 'email_missing' };
  // The claim may be left out (OpenID Connect Core 1.0 section 5.1); what is denied is believed.
  if (verified === false || verified === 'false') {
    return { kind: 'refused', code: 'email_not_verified' };
  }
  return { kind: 'identified', identity: { subject: sub, address: email, name: shownName(name) } };
}
