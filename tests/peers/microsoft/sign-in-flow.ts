import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import { missingParameter } from './aadsts-errors.ts';
import { readAdminConsent } from './admin-consent.ts';
import { readAuthorizeRequest, type ReadRequest } from './authorize-request.ts';
import type { BrowserSession } from './browser-sessions.ts';
import { type MicrosoftAccount, tenantOf } from './microsoft-options.ts';
import { act, type SignInParts } from './sign-in-acts.ts';
import {
  approvalPage,
  chooserPage,
  consentPage,
  secondFactorPage,
  signedOutPage,
  signInPage,
  stayPage,
} from './sign-in-pages.ts';
import {
  accountWithoutAsking,
  candidates,
  nextStep,
  type Pending,
  silently,
} from './sign-in-rules.ts';

/** Everything that login.microsoftonline.com serves of sign-in. */
export interface SignInFlow {
  /** GET /{authority}/oauth2/v2.0/authorize */
  begin(authority: string, request: PeerRequest): PeerAnswer;
  /** GET /{tenant}/v2.0/adminconsent, and the older /{tenant}/adminconsent */
  approve(authority: string, request: PeerRequest, isOld: boolean): PeerAnswer;
  /** GET and POST of the pages that follow. */
  page(request: PeerRequest): Promise<PeerAnswer>;
  /** GET /{authority}/oauth2/v2.0/logout */
  signOut(request: PeerRequest): PeerAnswer;
}

/** Path of the pages that follow. Its query is a random id: no address in it. */
export const FLOW_PATH = '/common/reprocess';

/** Sign-in as a chain of pages; where it stands is kept here, not in the browser's address. */
export function createSignInFlow(parts: SignInParts): SignInFlow {
  const pendings = new Map<string, Pending>();
  const { sessions, answers, ids, voice } = parts;

  const start = (
    read: ReadRequest,
    purpose: Pending['purpose'],
    session: BrowserSession,
  ): PeerAnswer => {
    if ('shown' in read) return voice.page(read.shown, read.appName);
    if ('returned' in read) return answers.failure(read.to, read.returned);
    const { request } = read;
    if (request.prompt === 'none') {
      const silent = silently(parts, request, session);
      if ('refused' in silent) return answers.failure(request, silent.refused);
      return succeed(parts, { request, purpose, account: silent.account }, session);
    }
    const account = accountWithoutAsking(parts, request, session);
    const pending: Pending = {
      request,
      purpose,
      account,
      another: false,
      wrong: false,
      askStay: false,
      allowed: false,
    };
    const end = finished(parts, pending, session);
    if (end) return end;
    const id = ids.opaque();
    pendings.set(id, pending);
    return { status: 302, headers: { location: `${FLOW_PATH}?ctx=${id}` } };
  };

  return {
    begin: (authority, { url, headers }) =>
      start(
        readAuthorizeRequest(authority, url.searchParams, parts),
        'sign-in',
        sessions.of(headers['cookie']),
      ),
    approve: (authority, { url, headers }, isOld) =>
      start(
        readAdminConsent(authority, url.searchParams, { ...parts, isOld }),
        'approve',
        sessions.of(headers['cookie']),
      ),
    signOut: ({ headers }) => {
      sessions.signOut(sessions.of(headers['cookie']));
      return signedOutPage();
    },
    page: async (incoming) => {
      const id = incoming.url.searchParams.get('ctx') ?? '';
      const pending = pendings.get(id);
      if (!pending) return voice.page(missingParameter('ctx'), 'This app');
      const session = sessions.of(incoming.headers['cookie']);
      if (incoming.method !== 'POST') return show(parts, pending, session);
      const form = new URLSearchParams((await wholeBody(incoming.body)).toString());
      const acted = act(parts, { pending, session, form });
      const end = acted.end ?? finished(parts, pending, session);
      if (end) pendings.delete(id);
      const next = end ?? { status: 303, headers: { location: incoming.url.href } };
      const cookies = acted.setCookie === undefined ? {} : { 'set-cookie': acted.setCookie };
      return { ...next, headers: { ...next.headers, ...cookies } };
    },
  };
}

/** The answer that ends it when nothing is left to ask; null otherwise. */
function finished(
  parts: SignInParts,
  pending: Pending,
  session: BrowserSession,
): PeerAnswer | null {
  if (!pending.account || nextStep(parts, pending, session).kind !== 'done') return null;
  return succeed(parts, { ...pending, account: pending.account }, session);
}

function succeed(
  { sessions, answers }: SignInParts,
  {
    request,
    purpose,
    account,
  }: Pick<Pending, 'request' | 'purpose'> & { readonly account: MicrosoftAccount },
  session: BrowserSession,
): PeerAnswer {
  sessions.use(session, account.email);
  if (purpose === 'sign-in') return answers.success(request, account);
  return answers.plain(request, [
    ['admin_consent', 'True'],
    ['tenant', tenantOf(account)],
    ['scope', request.scopes.map(({ name }) => name).join(' ')],
  ]);
}

function show(parts: SignInParts, pending: Pending, session: BrowserSession): PeerAnswer {
  const { request, account, purpose, wrong } = pending;
  const { client } = request;
  const step = nextStep(parts, pending, session);
  if (step.kind === 'error') return parts.voice.page(step.error, client.appName);
  if (step.kind === 'choose')
    return chooserPage({ client, accounts: candidates(parts, request, session) });
  if (!account || step.kind === 'sign-in' || step.kind === 'done') {
    return signInPage({ client, hint: request.loginHint ?? '', wrong, accounts: parts.accounts });
  }
  const tenant = parts.tenants.find(({ id }) => id === account.tenant) ?? null;
  switch (step.kind) {
    case 'stay':
      return stayPage(account);
    case 'second-factor':
      return secondFactorPage(account);
    case 'approval':
      return approvalPage({ client, account, canAsk: tenant?.approvalWorkflow === true });
    case 'consent':
      return consentPage({ client, account, tenant, scopes: step.scopes, purpose });
  }
}
