import type { PeerAnswer } from '../peer.ts';
import type { Aadsts, AadstsVoice } from './aadsts.ts';
import {
  adminNeeded,
  approvalAsked,
  cancelled,
  declined,
  declinedPersonal,
} from './aadsts-errors.ts';
import type { AuthorizeAnswers } from './authorize-answer.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { BrowserSession, BrowserSessions } from './browser-sessions.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';
import {
  accountNamed,
  type MicrosoftAccount,
  type MicrosoftClient,
  tenantOf,
} from './microsoft-options.ts';
import {
  belongsHere,
  candidates,
  nextStep,
  type Pending,
  type SignInFacts,
} from './sign-in-rules.ts';

/** What the flow works with. */
export interface SignInParts extends SignInFacts {
  readonly clients: readonly MicrosoftClient[];
  readonly ids: MicrosoftIds;
  readonly sessions: BrowserSessions;
  readonly answers: AuthorizeAnswers;
  readonly voice: AadstsVoice;
}

/** What an act of the person leads to: the end, or (without `end`) the next page. */
export interface Outcome {
  readonly end?: PeerAnswer;
  readonly setCookie?: string;
}

/** A form that was posted. */
export interface Act {
  readonly pending: Pending;
  readonly session: BrowserSession;
  readonly form: URLSearchParams;
}

/** What a button does. */
export function act(parts: SignInParts, { pending, session, form }: Act): Outcome {
  const chosen = form.get('choose');
  if (chosen !== null) {
    const here = candidates(parts, pending.request, session);
    pending.account = here.find(({ email }) => email === chosen) ?? null;
    return {};
  }
  switch (form.get('action')) {
    case 'sign-in':
      return signIn(parts, pending, { session, form });
    case 'stay':
    case 'no-stay':
      if (!pending.account || !pending.askStay) return {};
      pending.askStay = false;
      return parts.sessions.signIn(session, pending.account.email, form.get('action') === 'stay');
    case 'use-another':
      pending.another = true;
      pending.account = null;
      return {};
    case 'second-factor':
      return proveAgain(parts, pending, session);
    case 'allow':
      return allow(parts, { pending, session, form });
    case 'deny':
      return { end: refuse(parts, pending.request, pending.account) };
    case 'request-approval':
      return { end: parts.answers.failure(pending.request, approvalAsked()) };
    case 'return':
      return { end: parts.answers.failure(pending.request, turnedBack(parts, pending.request)) };
    default:
      return {
        end: parts.answers.plain(pending.request, [
          ['error', 'access_denied'],
          ['error_description', cancelled],
          ['error_subcode', 'cancel'],
        ]),
      };
  }
}

function signIn(
  parts: SignInParts,
  pending: Pending,
  { session, form }: Omit<Act, 'pending'>,
): Outcome {
  const account = accountNamed(parts.accounts, (form.get('email') ?? '').trim());
  const right = account !== null && account.password === form.get('password');
  pending.wrong = !right || !belongsHere(account, pending.request.authority);
  if (!account || pending.wrong) return {};
  pending.account = account;
  const { staySignedIn } = parts.switches;
  pending.askStay = staySignedIn === 'ask';
  return parts.sessions.signIn(session, account.email, staySignedIn === 'yes');
}

/** The second factor is given, where one is asked for: it lifts no other bar. */
function proveAgain(
  { standings, ...facts }: SignInParts,
  pending: Pending,
  session: BrowserSession,
): Outcome {
  const asked = nextStep({ ...facts, standings }, pending, session).kind === 'second-factor';
  if (pending.account && asked) standings.set(pending.account.email, 'fine');
  return {};
}

/** Only what the page in front of the person offers can be allowed. */
function allow(parts: SignInParts, { pending, session, form }: Act): Outcome {
  const { account, request, purpose } = pending;
  const step = nextStep(parts, pending, session);
  if (!account || step.kind !== 'consent') return {};
  const names = step.scopes.map(({ name }) => name);
  const forAll = purpose === 'approve' || form.get('for-organization') === 'yes';
  const tenant = tenantOf(account);
  if (forAll && account.isAdmin === true) approveForAll(parts, request, { tenant, names });
  else parts.consents.add({ account: account.email, tenant, client: request.client.id }, names);
  pending.allowed = true;
  return {};
}

/** Signing in comes with it: the consent pages always list "View your basic profile" and "Maintain access". */
function approveForAll(
  { consents }: SignInParts,
  { client }: AuthorizeRequest,
  { tenant, names }: { readonly tenant: string; readonly names: readonly string[] },
): void {
  consents.approve(tenant, client.id, ['openid', 'profile', 'email', 'offline_access', ...names]);
}

function refuse(
  { answers, switches }: SignInParts,
  request: AuthorizeRequest,
  account: MicrosoftAccount | null,
): PeerAnswer {
  if (account?.tenant !== undefined) return answers.failure(request, declined(switches.declined));
  return answers.plain(request, [
    ['error', 'access_denied'],
    ['error_description', declinedPersonal],
  ]);
}

function turnedBack({ switches }: SignInParts, { client }: AuthorizeRequest): Aadsts {
  return switches.approvalRefused === 'AADSTS90094'
    ? adminNeeded(client)
    : declined(switches.declined);
}
