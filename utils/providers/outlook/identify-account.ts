import * as z from 'zod/mini';
import type { HttpAnswer } from '../../network/network.ts';
import { once } from '../../once/once.ts';
import type { Secret } from '../../platform/platform.ts';
import { callOnce, parsedJson, shownName, type IdentifyOutcome } from '../providers.ts';
import { refusalOf } from './graph-answer.ts';
import { TRACE_HEADER, type Wire } from './graph-call.ts';

const ME_URL = 'https://graph.microsoft.com/v1.0/me?$select=id,displayName,mail,userPrincipalName';
const TIMEOUT_MS = 30_000;

const ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

const person = once(() =>
  z.object({
    id: z.string().check(z.minLength(1), z.maxLength(255)),
    displayName: z.optional(z.unknown()),
    mail: z.optional(z.unknown()),
    userPrincipalName: z.optional(z.unknown()),
  }),
);

/** Asks who a token belongs to (https://learn.microsoft.com/graph/api/user-get). */
export async function identifyAccount(
  wire: Wire,
  token: Secret,
  accountId: string | null,
): Promise<IdentifyOutcome> {
  const heard = await callOnce(wire.network, {
    url: ME_URL,
    method: 'GET',
    headers: { Authorization: `Bearer ${token.reveal()}` },
    body: null,
    purpose: 'identify-account',
    accountId,
    timeoutMs: TIMEOUT_MS,
    traceHeader: TRACE_HEADER,
  });
  switch (heard.kind) {
    case 'answer':
      return outcomeOf(heard.http, wire);
    case 'hidden-answer':
      return { kind: 'needs-host', host: heard.host };
    case 'aborted':
      return { kind: 'unavailable', reason: 'network' };
    default:
      return { kind: 'unavailable', reason: heard.reason };
  }
}

function outcomeOf(answer: HttpAnswer, { clock }: Wire): IdentifyOutcome {
  const { status } = answer;
  if (status !== 200) {
    const said = refusalOf(answer, { now: clock.now(), rung: 'send', denied: null });
    if (said.kind === 'trouble' || said.kind === 'slow-down') {
      return { kind: 'unavailable', reason: said.reason };
    }
    return { kind: 'refused', code: 'code' in said ? said.code : String(status) };
  }
  const read = person().safeParse(parsedJson(answer.text));
  if (!read.success) return { kind: 'unavailable', reason: 'strange-answer' };
  const { id, displayName, mail, userPrincipalName } = read.data;
  // A mailbox has an address of its own; without one the name to sign in with is the address.
  const address = [mail, userPrincipalName].find(isAddress);
  if (address === undefined) return { kind: 'refused', code: 'email_missing' };
  const name = shownName(displayName);
  return { kind: 'identified', identity: { subject: id, address, name } };
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 320 && ADDRESS.test(value);
}
