import { createHash } from 'node:crypto';
import {
  accessTokenRecords,
  accountRecords,
  clientRecords,
  createAccounts,
  type Accounts,
} from '../../../utils/accounts/accounts.ts';
import { createNetwork } from '../../../utils/network/network.ts';
import { createOAuth } from '../../../utils/oauth/oauth.ts';
import { createGmail, declaration as gmail } from '../../../utils/providers/gmail/gmail.ts';
import type { MailProvider, ProviderDeclaration } from '../../../utils/providers/providers.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { createExclusively } from '../../harness/exclusively.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea, type FakeStorageArea } from '../../harness/fake-storage.ts';
import { createFakeWebAuth, type FakeWebAuth } from '../../harness/fake-web-auth.ts';
import { declaration } from '../../../utils/providers/outlook/outlook.ts';
import { createTestRandom } from '../../harness/test-random.ts';
import { freshVault } from '../vault/test-vault.ts';

export const ORIGIN = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org';
export const TENANT = '5f1c9a52-7d31-4a6e-9b0a-2f4be5c1a001';
export const OTHER_TENANT = '5f1c9a52-7d31-4a6e-9b0a-2f4be5c1a002';
export const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const RIGHTS = {
  gmail: 'openid email https://www.googleapis.com/auth/gmail.send',
  outlook: 'openid email User.Read Mail.Send',
} as const;

/** Through which door a person comes: a client of Google's without a secret or with one, or Microsoft's. */
export type Door = 'google by token' | 'google by code' | 'microsoft';
export type Fields = Record<string, unknown>;

/** How a server misbehaves once. What is not named it does as it should. */
export interface Bend {
  /** Of the URL that the browser comes back to. */
  readonly redirect?: (url: URL, world: TwoServers) => string;
  /** Of the fields of a token answer. */
  readonly fields?: (fields: Fields, world: TwoServers) => unknown;
  /** Of the claims of an id_token. */
  readonly claims?: (claims: Fields, world: TwoServers) => Fields;
  /** Of the head of an id_token. */
  readonly head?: Fields;
  /** Instead of a token answer. */
  readonly answer?: () => Response;
  /** Instead of saying who the person is. */
  readonly who?: () => Response;
}

/** A browser profile between two authorisation servers that behave, but for what is bent. */
export interface TwoServers {
  readonly accounts: Accounts;
  readonly webAuth: FakeWebAuth;
  readonly clock: FakeClock;
  readonly local: FakeStorageArea;
  readonly session: FakeStorageArea;
  /** Forms that the token endpoints were asked with, oldest first. */
  readonly forms: URLSearchParams[];
  /** Where the token endpoints were, for each form. */
  readonly asked: string[];
  bend: Bend;
  link(): ReturnType<Accounts['link']>;
}

/** Two servers; the person comes in by `door`. `tenant`: whom Microsoft's client lets in. */
export async function twoServers(door: Door, tenant: string | null = null): Promise<TwoServers> {
  const clock = createFakeClock(Date.now());
  const webAuth = createFakeWebAuth();
  const local = createFakeStorageArea();
  const session = createFakeStorageArea();
  const vault = freshVault();
  const outlook: ProviderDeclaration = {
    ...gmail,
    id: 'outlook',
    name: 'Outlook',
    rungs: { ...gmail.rungs, send: ['openid', 'email', 'User.Read', 'Mail.Send'] },
    hosts: ['login.microsoftonline.com', 'graph.microsoft.com'],
    authorization: declaration.authorization,
  };
  const server = createServer(() => made);
  const network = createNetwork({
    fetch: server.fetch,
    clock,
    hosts: [...gmail.hosts, ...outlook.hosts],
    isOnline: () => true,
    record: () => {},
  });
  const google = createGmail({ network, clock });
  const microsoft: MailProvider = { ...google, declaration: outlook };
  const accounts = createAccounts({
    records: createSealedRecords({ vault, area: local, ...accountRecords }),
    clients: createSealedRecords({ vault, area: local, ...clientRecords }),
    session: createSealedRecords({ vault, area: session, ...accessTokenRecords }),
    oauth: createOAuth({
      network,
      webAuth,
      clock,
      random: createTestRandom(),
      isOnline: () => true,
    }),
    providers: new Map([
      ['gmail', google],
      ['outlook', microsoft],
    ]),
    defaultClients: new Map(),
    clock,
    random: createTestRandom(),
    exclusively: createExclusively(),
  });
  const providerId = door === 'microsoft' ? 'outlook' : 'gmail';
  const made: TwoServers = {
    accounts,
    webAuth,
    clock,
    local,
    session,
    forms: [],
    asked: [],
    bend: {},
    link: () => accounts.link(providerId),
  };
  webAuth.endWith(({ url }) => {
    const back = server.redirect(url);
    return { kind: 'redirected', url: made.bend.redirect?.(back, made) ?? back.href };
  });
  const clientSecret = door === 'google by code' ? 's3cret' : null;
  for (const each of ['gmail', 'outlook'] as const) {
    await accounts.saveClient(each, { clientId: 'client-1', clientSecret, tenant });
  }
  return made;
}

/** What both servers do: they remember codes with their challenges, and answer as they should. */
function createServer(world: () => TwoServers): {
  readonly fetch: typeof fetch;
  redirect(asked: URL): URL;
} {
  const codes = new Map<string, URL>();
  let issued = 0;
  const answer = (url: URL, form: URLSearchParams): Response => {
    const made = world();
    if (!url.pathname.endsWith('/token')) return made.bend.who?.() ?? json(PERSON);
    made.forms.push(form);
    made.asked.push(url.href);
    if (made.bend.answer) return made.bend.answer();
    const asked = codes.get(form.get('code') ?? '');
    const byCode = form.get('grant_type') === 'authorization_code';
    if (byCode && !isRedeemable(asked, form)) return json({ error: 'invalid_grant' }, 400);
    issued += 1;
    const fields = tokenFields(made, url, { nonce: asked?.searchParams.get('nonce') ?? null });
    const all = { ...fields, access_token: `at-${issued}`, refresh_token: `rt-${issued}` };
    return json(made.bend.fields ? made.bend.fields(all, made) : all);
  };
  return {
    redirect: (asked) => {
      const { response_type: flow, ...given } = Object.fromEntries(asked.searchParams);
      const isGoogle = asked.host === 'accounts.google.com';
      const back = new URL(given['redirect_uri'] ?? '');
      issued += 1;
      const fields = new URLSearchParams({ state: given['state'] ?? '' });
      if (flow === 'token') {
        fields.set('access_token', `at-${issued}`);
        fields.set('token_type', 'Bearer');
        fields.set('expires_in', '3599');
        fields.set('scope', RIGHTS.gmail);
        back.hash = fields.toString();
      } else {
        fields.set('code', `code-${issued}`);
        if (isGoogle) fields.set('iss', 'https://accounts.google.com');
        codes.set(`code-${issued}`, asked);
        back.search = fields.toString();
      }
      return back;
    },
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const body = typeof init?.body === 'string' ? init.body : '';
      return Promise.resolve(answer(url, new URLSearchParams(body)));
    },
  };
}

const PERSON = { sub: 'person-1', email: 'ann@example.com', email_verified: true, name: 'Ann' };

/** RFC 7636 4.6, and RFC 6749 4.1.3 for the redirect URI. */
function isRedeemable(asked: URL | undefined, form: URLSearchParams): boolean {
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  return (
    asked?.searchParams.get('code_challenge') === challenge &&
    asked.searchParams.get('redirect_uri') === form.get('redirect_uri')
  );
}

function tokenFields(
  made: TwoServers,
  url: URL,
  { nonce }: { readonly nonce: string | null },
): Fields {
  const isGoogle = url.host === 'oauth2.googleapis.com';
  const seconds = Math.floor(made.clock.now() / 1_000);
  const claims: Fields = {
    iss: isGoogle
      ? 'https://accounts.google.com'
      : `https://login.microsoftonline.com/${TENANT}/v2.0`,
    aud: 'client-1',
    sub: 'person-1',
    iat: seconds,
    exp: seconds + 3_600,
    ...(!isGoogle && { tid: TENANT, preferred_username: 'ann@example.com' }),
    ...(nonce !== null && { nonce }),
  };
  return {
    token_type: 'Bearer',
    expires_in: 3_599,
    scope: isGoogle ? RIGHTS.gmail : RIGHTS.outlook,
    id_token: idToken(made.bend.claims?.(claims, made) ?? claims, made.bend.head),
  };
}

/** An id_token whose signature nobody could verify: it comes from the token endpoint itself. */
export function idToken(claims: Fields, head: Fields = { alg: 'RS256' }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(head)}.${part(claims)}.c2ln`;
}

/** An answer in JSON. */
export function json(body: unknown, status = 200): Response {
  return text(JSON.stringify(body), status, 'application/json');
}

/** An answer of any type. */
export function text(body: string, status = 200, type = 'text/html'): Response {
  return new Response(body, { status, headers: { 'content-type': type } });
}
