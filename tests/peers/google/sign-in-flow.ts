import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import type { AuthorizeAnswers } from './authorize-answer.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';
import type { BrowserSession, BrowserSessions } from './browser-sessions.ts';
import type { GoogleIds } from './google-ids.ts';
import type { GoogleAccount, GoogleClient } from './google-options.ts';
import {
  chooserPage,
  consentPage,
  errorPage,
  signInPage,
  unverifiedPage,
} from './sign-in-pages.ts';
import {
  accountWithoutAsking,
  consentLines,
  isBlocked,
  type SignInFacts,
  silentResult,
  wantsWarning,
} from './sign-in-rules.ts';
import { projectOf } from './tokens.ts';

/** Everything that accounts.google.com serves of sign-in. */
export interface SignInFlow {
  /** GET of the authorisation endpoint. */
  begin(request: PeerRequest): PeerAnswer;
  /** GET and POST of the pages that follow. */
  page(request: PeerRequest): Promise<PeerAnswer>;
}

/** Path of the pages that follow the authorisation endpoint. Its query is a random id: no address in it. */
export const FLOW_PATH = '/signin/oauth/flow';

/** A sign-in that waits for the person. */
interface Pending {
  readonly request: AuthorizeRequest;
  account: GoogleAccount | null;
  /** The person asked for the sign-in page although others are signed in. */
  another: boolean;
  /** The address of a sign-in that failed; null before. */
  failedAs: string | null;
  warned: boolean;
}

interface Parts extends SignInFacts {
  readonly clients: readonly GoogleClient[];
  readonly ids: GoogleIds;
  readonly sessions: BrowserSessions;
  readonly answers: AuthorizeAnswers;
}

/** Sign-in as a chain of pages; where it stands is kept here, not in the browser's address. */
export function createSignInFlow(parts: Parts): SignInFlow {
  const pendings = new Map<string, Pending>();
  const { sessions, answers, ids, clients } = parts;

  return {
    begin: ({ url, headers }) => {
      const read = readAuthorizeRequest(url.searchParams, clients);
      if ('error' in read) {
        const named = clients.find(({ id }) => id === url.searchParams.get('client_id'));
        return errorPage(read.error, named?.appName ?? 'This app');
      }
      const { request } = read;
      const session = sessions.of(headers['cookie']);
      const account = accountWithoutAsking(parts, request, session);
      if (request.prompts.has('none')) {
        const silent = account && silentResult(parts, request, account);
        return silent ? answers.success(silent) : answers.failure(request, 'interaction_required');
      }
      const pending = { request, account, another: false, failedAs: null, warned: false };
      const silent = account && silentResult(parts, request, account);
      if (silent) return answers.success(silent);
      const id = ids.opaque();
      pendings.set(id, pending);
      return { status: 302, headers: { location: `${FLOW_PATH}?id=${id}` } };
    },

    page: async (incoming) => {
      const id = incoming.url.searchParams.get('id') ?? '';
      const pending = pendings.get(id);
      if (!pending) {
        const detail = 'This sign-in has ended. Start again from the app.';
        return errorPage({ status: 400, code: 'invalid_request', detail }, 'This app');
      }
      const session = sessions.of(incoming.headers['cookie']);
      if (incoming.method !== 'POST') return show(parts, pending, session);
      const form = new URLSearchParams((await wholeBody(incoming.body)).toString());
      const step = act(parts, { pending, session, form });
      if (step.end) pendings.delete(id);
      const next = step.end ?? { status: 303, headers: { location: incoming.url.href } };
      const cookies = step.setCookie === undefined ? {} : { 'set-cookie': step.setCookie };
      return { ...next, headers: { ...next.headers, ...cookies } };
    },
  };
}

function show(parts: Parts, pending: Pending, session: BrowserSession): PeerAnswer {
  const { request, account } = pending;
  const { client } = request;
  if (!account) {
    const here = parts.accounts.filter(({ email }) => session.emails.includes(email));
    const hint = request.prompts.has('select_account') ? null : request.loginHint;
    if (here.length === 0 || pending.another || hint !== null) {
      const { failedAs } = pending;
      const typed = failedAs ?? request.loginHint ?? '';
      return signInPage({ client, typed, wrong: failedAs !== null, accounts: parts.accounts });
    }
    return chooserPage({ client, accounts: here });
  }
  if (isBlocked(request, account)) {
    const detail = `${client.appName} is being tested and can only be used by its test users.`;
    return errorPage({ status: 403, code: 'access_denied', detail }, client.appName);
  }
  if (wantsWarning(pending)) return unverifiedPage(client);
  return consentPage({ client, account, lines: consentLines(parts, request, account) });
}

interface Act {
  readonly pending: Pending;
  readonly session: BrowserSession;
  readonly form: URLSearchParams;
}

/** What a button does. `end` leads back to the client; without it the next page is shown. */
function act(
  parts: Parts,
  { pending, session, form }: Act,
): { end?: PeerAnswer; setCookie?: string } {
  const { request } = pending;
  const chosen = form.get('choose');
  if (chosen !== null && session.emails.includes(chosen)) {
    return proceed(parts, pending, accountOf(parts, chosen));
  }
  switch (form.get('action')) {
    case 'sign-in': {
      const email = (form.get('email') ?? '').trim();
      const account = accountOf(parts, email);
      const right = account !== null && account.password === form.get('password');
      pending.failedAs = right ? null : email;
      if (!right) return {};
      return {
        ...proceed(parts, pending, account),
        ...parts.sessions.signIn(session, account.email),
      };
    }
    case 'use-another':
      pending.another = true;
      return {};
    case 'proceed':
      pending.warned = true;
      return {};
    case 'allow':
      return pending.account ? allow(parts, { ...pending, account: pending.account }, form) : {};
    default:
      return { end: parts.answers.failure(request, 'access_denied') };
  }
}

function accountOf({ accounts }: Parts, email: string): GoogleAccount | null {
  return accounts.find((account) => account.email.toLowerCase() === email.toLowerCase()) ?? null;
}

function proceed(
  parts: Parts,
  pending: Pending,
  account: GoogleAccount | null,
): { end?: PeerAnswer } {
  if (!account) return {};
  pending.account = account;
  const silent = silentResult(parts, pending.request, account);
  return silent ? { end: parts.answers.success(silent) } : {};
}

function allow(
  parts: Parts,
  pending: Pending & { readonly account: GoogleAccount },
  form: URLSearchParams,
): { end?: PeerAnswer } {
  const { request, account } = pending;
  if (isBlocked(request, account) || wantsWarning(pending)) return {};
  const ticked = new Set(form.getAll('scope'));
  const lines = consentLines(parts, request, account);
  const allowed = new Set(
    lines
      .filter((line) => line.ticked === null || ticked.has(line.scope))
      .map(({ scope }) => scope),
  );
  if (allowed.size === 0) return { end: parts.answers.failure(request, 'access_denied') };
  parts.consents.add(account.email, projectOf(request.client), {
    scopes: allowed,
    offline: request.offline,
  });
  return { end: parts.answers.success({ request, account, allowed, consented: true }) };
}
