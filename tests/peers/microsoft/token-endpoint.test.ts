import { describe, expect, test } from 'vitest';
import { createPerson } from '../google/person.ts';
import {
  codeForm,
  EXTENSION_ORIGIN,
  LOGIN,
  type MicrosoftStage,
  REDIRECT_URI,
  stageMicrosoft,
} from './microsoft-stage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Tokens {
  readonly token_type: string;
  readonly scope: string;
  readonly expires_in: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
  readonly id_token?: string;
}

interface Failure {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly suberror?: string;
}

async function codeFor(
  stage: MicrosoftStage,
  parameters: Readonly<Record<string, string | null>> = {},
  options: { readonly account?: 'joan' | 'hedy'; readonly authority?: string } = {},
): Promise<string> {
  const account = stage.accounts[options.account ?? 'joan'];
  const person = createPerson(stage.router, { account });
  const end = await person.visit(stage.authorizeUrl(parameters, options.authority), true);
  if (end.kind === 'page') throw new Error(end.html);
  const code = new URL(end.url).searchParams.get('code');
  if (code === null) throw new Error(end.url);
  return code;
}

async function tokens(response: Response): Promise<Tokens> {
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

async function failure(response: Response): Promise<Failure & { readonly status: number }> {
  return { ...((await response.json()) as Failure), status: response.status };
}

async function signIn(stage: MicrosoftStage, account: 'joan' | 'hedy' = 'joan'): Promise<Tokens> {
  return await tokens(await stage.redeem(codeForm(await codeFor(stage, {}, { account }))));
}

function refreshForm(token: string | undefined): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: token ?? '' };
}

describe('a code', () => {
  test('gives tokens; the scopes come back as Graph names them, without offline_access', async () => {
    const answer = await signIn(stageMicrosoft());
    expect(answer.token_type).toBe('Bearer');
    expect(answer.scope).toBe(
      'openid profile email https://graph.microsoft.com/Mail.Send https://graph.microsoft.com/User.Read',
    );
    expect(answer.expires_in).toBeGreaterThanOrEqual(3_600);
    expect(answer.expires_in).toBeLessThanOrEqual(5_400);
    expect(answer.refresh_token_expires_in).toBe(86_400);
  });

  test('or in the short form, by the switch', async () => {
    const stage = stageMicrosoft();
    stage.microsoft.switches.scopeForm = 'short';
    expect((await signIn(stage)).scope).toBe('openid profile email Mail.Send User.Read');
  });

  test('the identity token names the account’s own tenant, whichever authority was asked', async () => {
    const stage = stageMicrosoft();
    const work = claims(await signIn(stage));
    const { joan, hedy } = stage.accounts;
    expect(work).toMatchObject({
      iss: `${LOGIN}/${joan.tenant}/v2.0`,
      tid: joan.tenant,
      oid: joan.id,
      aud: stage.client.id,
      preferred_username: joan.email,
      email: joan.email,
      name: joan.name,
      ver: '2.0',
    });
    const personal = claims(await signIn(stage, 'hedy'));
    expect(personal).toMatchObject({
      iss: `${LOGIN}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
      tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
      oid: '00000000-0000-0000-48d3-1887fad3f849',
      email: hedy.email,
    });
    expect(personal['sub']).not.toBe(work['sub']);
  });

  test('nonce comes back; without openid there is no identity token, without offline_access no refresh token', async () => {
    const stage = stageMicrosoft();
    const withNonce = await tokens(
      await stage.redeem(codeForm(await codeFor(stage, { nonce: 'n-1' }))),
    );
    expect(claims(withNonce)).toMatchObject({ nonce: 'n-1' });
    const bare = stageMicrosoft();
    const answer = await tokens(
      await bare.redeem(codeForm(await codeFor(bare, { scope: 'Mail.Send' }))),
    );
    expect(answer.id_token).toBeUndefined();
    expect(answer.refresh_token).toBeUndefined();
    expect(answer.scope).toBe('https://graph.microsoft.com/Mail.Send');
  });

  test('works once: AADSTS54005', async () => {
    const stage = stageMicrosoft();
    const form = codeForm(await codeFor(stage));
    await tokens(await stage.redeem(form));
    expect(await failure(await stage.redeem(form))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [54005],
    });
  });

  test('for ten minutes: AADSTS70008', async () => {
    const stage = stageMicrosoft();
    const [early, late] = [codeForm(await codeFor(stage)), codeForm(await codeFor(stage))];
    stage.microsoft.clock.advance(10 * 60_000 - 1_000);
    await tokens(await stage.redeem(early));
    stage.microsoft.clock.advance(1_000);
    expect(await failure(await stage.redeem(late))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
  });

  test.each([
    ['a wrong verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant', 501481],
    ['no verifier', { code_verifier: null }, 'invalid_grant', 501481],
    ['another redirect', { redirect_uri: `${REDIRECT_URI}/` }, 'invalid_client', 500112],
    ['a code that is none', { code: 'made-up' }, 'invalid_grant', 9002313],
    ['no code', { code: null }, 'invalid_request', 900144],
    ['a scope that was not allowed', { scope: 'Mail.ReadWrite' }, 'invalid_grant', 65001],
    ['a scope that does not exist', { scope: 'Mail.Sent' }, 'invalid_scope', 70011],
    [
      'scopes of two resources',
      { scope: 'Mail.Send https://outlook.office.com/SMTP.Send' },
      'invalid_scope',
      28000,
    ],
    ['an unknown client', { client_id: 'nobody' }, 'unauthorized_client', 700016],
    ['no client', { client_id: null }, 'invalid_request', 900144],
    ['an unknown grant type', { grant_type: 'password' }, 'unsupported_grant_type', 70003],
    ['no grant type', { grant_type: null }, 'invalid_request', 900144],
  ])('with %s is refused', async (_what, wrong, error, code) => {
    const stage = stageMicrosoft();
    const form = { ...codeForm(await codeFor(stage)), ...wrong };
    expect(await failure(await stage.redeem(form))).toMatchObject({ error, error_codes: [code] });
  });

  test('of one authority is refused at another: AADSTS700005', async () => {
    const stage = stageMicrosoft();
    const form = codeForm(await codeFor(stage));
    const other = await stage.redeem(form, { authority: stage.tenants.bletchley.id });
    expect(await failure(other)).toMatchObject({ error_codes: [700005] });
  });

  test('a GET is told what the endpoint is for', async () => {
    const stage = stageMicrosoft();
    const response = await stage.fetch(`${LOGIN}/common/oauth2/v2.0/token`);
    expect(await failure(response)).toMatchObject({ error_codes: [900561] });
  });
});

describe('SPA rules (PROVIDERS.md B1)', () => {
  test('without Origin: AADSTS9002327, for a code and for a refresh', async () => {
    const stage = stageMicrosoft();
    const form = codeForm(await codeFor(stage));
    expect(await failure(await stage.redeem(form, { origin: null }))).toMatchObject({
      error: 'invalid_request',
      error_codes: [9002327],
    });
    const { refresh_token } = await tokens(await stage.redeem(form));
    const refreshed = await stage.redeem(refreshForm(refresh_token), { origin: null });
    expect(await failure(refreshed)).toMatchObject({ error_codes: [9002327] });
  });

  test('any Origin counts, null too, unless the switch says otherwise', async () => {
    const stage = stageMicrosoft();
    await tokens(await stage.redeem(codeForm(await codeFor(stage)), { origin: 'null' }));
    stage.microsoft.switches.nullOrigin = 'refused';
    const refused = await stage.redeem(codeForm(await codeFor(stage)), { origin: 'null' });
    expect(await failure(refused)).toMatchObject({ error_codes: [9002327] });
  });

  test('a secret from a public client: 401 invalid_client AADSTS700025', async () => {
    const stage = stageMicrosoft();
    const form = { ...codeForm(await codeFor(stage)), client_secret: 'shh' };
    expect(await failure(await stage.redeem(form))).toMatchObject({
      status: 401,
      error: 'invalid_client',
      error_codes: [700025],
    });
  });

  test('a redirect that is not registered as SPA: AADSTS9002326 with an Origin, and nobody can read it', async () => {
    const stage = stageMicrosoft({
      client: { redirectUris: [{ uri: REDIRECT_URI, type: 'native' }] },
    });
    const form = codeForm(await codeFor(stage));
    const refused = await failure(await stage.redeem(form));
    expect(refused).toMatchObject({ error: 'invalid_request', error_codes: [9002326] });
    expect(refused.error_description).toContain(`Request origin: '${EXTENSION_ORIGIN}'`);
    const body = new URLSearchParams({ client_id: stage.client.id, ...form });
    const unreadable = stage.extensionFetch(`${LOGIN}/common/oauth2/v2.0/token`, {
      method: 'POST',
      body,
    });
    await expect(unreadable).rejects.toThrow(TypeError);
    await tokens(await stage.redeem(form, { origin: null }));
  });

  test('a web registration wants its secret, and no Origin', async () => {
    const stage = stageMicrosoft({
      client: { redirectUris: [{ uri: REDIRECT_URI, type: 'web' }], secret: 'shh' },
    });
    const form = codeForm(await codeFor(stage));
    expect(await failure(await stage.redeem(form))).toMatchObject({ error_codes: [9002326] });
    expect(await failure(await stage.redeem(form, { origin: null }))).toMatchObject({
      status: 401,
      error_codes: [7000218],
    });
    const wrong = await stage.redeem({ ...form, client_secret: 'no' }, { origin: null });
    expect(await failure(wrong)).toMatchObject({ status: 401, error_codes: [7000215] });
    await tokens(await stage.redeem({ ...form, client_secret: 'shh' }, { origin: null }));
  });

  test('the extension reads the answer without a host permission', async () => {
    const stage = stageMicrosoft();
    const body = new URLSearchParams({
      client_id: stage.client.id,
      ...codeForm(await codeFor(stage)),
    });
    const response = await stage.extensionFetch(`${LOGIN}/common/oauth2/v2.0/token`, {
      method: 'POST',
      body,
    });
    await tokens(response);
  });
});

describe('refreshing', () => {
  test('rotates: a new token each time, and the old one stays good', async () => {
    const stage = stageMicrosoft();
    const first = await signIn(stage);
    const second = await tokens(await stage.redeem(refreshForm(first.refresh_token)));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    await tokens(await stage.redeem(refreshForm(second.refresh_token)));
    await tokens(await stage.redeem(refreshForm(first.refresh_token)));
  });

  test('the 24 hours of a SPA are carried over; at their end AADSTS700084', async () => {
    const stage = stageMicrosoft();
    const first = await signIn(stage);
    stage.microsoft.clock.advance(20 * HOUR_MS);
    const second = await tokens(await stage.redeem(refreshForm(first.refresh_token)));
    expect(second.refresh_token_expires_in).toBe(4 * 3_600);
    stage.microsoft.clock.advance(4 * HOUR_MS - 1_000);
    const third = await tokens(await stage.redeem(refreshForm(second.refresh_token)));
    stage.microsoft.clock.advance(1_000);
    for (const { refresh_token } of [first, second, third]) {
      const refused = await failure(await stage.redeem(refreshForm(refresh_token)));
      expect(refused).toMatchObject({
        status: 400,
        error: 'invalid_grant',
        error_codes: [700084],
        suberror: 'bad_token',
      });
      expect(refused.error_description).toContain('lifetime of 1.00:00:00');
    }
  });

  test('or ended by hand, for the tokens of one account that were given out until then', async () => {
    const stage = stageMicrosoft();
    const first = await signIn(stage);
    stage.microsoft.expireRefreshTokens(stage.accounts.hedy.email);
    const second = await tokens(await stage.redeem(refreshForm(first.refresh_token)));
    stage.microsoft.expireRefreshTokens(stage.accounts.joan.email);
    const refused = await failure(await stage.redeem(refreshForm(second.refresh_token)));
    expect(refused).toMatchObject({ error: 'invalid_grant', error_codes: [700084] });
  });

  test('or begun anew, by the switch', async () => {
    const stage = stageMicrosoft();
    stage.microsoft.switches.spaEnd = 'rolling';
    const first = await signIn(stage);
    stage.microsoft.clock.advance(20 * HOUR_MS);
    const second = await tokens(await stage.redeem(refreshForm(first.refresh_token)));
    stage.microsoft.clock.advance(20 * HOUR_MS);
    await tokens(await stage.redeem(refreshForm(second.refresh_token)));
  });

  test('a personal account’s end is AADSTS70000', async () => {
    const stage = stageMicrosoft();
    const { refresh_token } = await signIn(stage, 'hedy');
    stage.microsoft.clock.advance(DAY_MS);
    expect(await failure(await stage.redeem(refreshForm(refresh_token)))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70000],
      suberror: 'bad_token',
    });
  });

  test('others live 90 days: AADSTS700082', async () => {
    const stage = stageMicrosoft({
      client: { redirectUris: [{ uri: REDIRECT_URI, type: 'native' }] },
    });
    const { refresh_token } = await tokens(
      await stage.redeem(codeForm(await codeFor(stage)), { origin: null }),
    );
    stage.microsoft.clock.advance(90 * DAY_MS - 1_000);
    await tokens(await stage.redeem(refreshForm(refresh_token), { origin: null }));
    stage.microsoft.clock.advance(1_000);
    const refused = await stage.redeem(refreshForm(refresh_token), { origin: null });
    expect(await failure(refused)).toMatchObject({ error_codes: [700082] });
  });

  test('after a change of password AADSTS50173; access tokens run on', async () => {
    const stage = stageMicrosoft();
    const { access_token, refresh_token } = await signIn(stage);
    stage.microsoft.changePassword(stage.accounts.joan.email);
    expect(await failure(await stage.redeem(refreshForm(refresh_token)))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50173],
    });
    expect((await stage.graph('/me', { token: access_token })).status).toBe(200);
    const again = await signIn(stage);
    await tokens(await stage.redeem(refreshForm(again.refresh_token)));
  });

  test('after consent was taken back AADSTS65001; access tokens run on (PROVIDERS.md B3)', async () => {
    const stage = stageMicrosoft();
    const { access_token, refresh_token } = await signIn(stage);
    stage.microsoft.revokeAll(stage.accounts.joan.email);
    expect(await failure(await stage.redeem(refreshForm(refresh_token)))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    });
    expect((await stage.graph('/me', { token: access_token })).status).toBe(200);
  });

  test.each([
    ['second-factor-needed', 50076],
    ['blocked', 53003],
    ['disabled', 50057],
  ] as const)('of an account that is %s: AADSTS%i', async (standing, code) => {
    const stage = stageMicrosoft();
    const { refresh_token } = await signIn(stage);
    stage.microsoft.setStanding(stage.accounts.joan.email, standing);
    expect(await failure(await stage.redeem(refreshForm(refresh_token)))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [code],
    });
  });

  test.each([
    ['a token that is none', 'made-up', 9002313],
    ['no token', '', 900144],
  ])('with %s is refused', async (_what, token, code) => {
    const stage = stageMicrosoft();
    expect(await failure(await stage.redeem(refreshForm(token)))).toMatchObject({
      error_codes: [code],
    });
  });

  test('serves another resource, if that was allowed; Graph refuses that token', async () => {
    const stage = stageMicrosoft();
    const smtp = 'https://outlook.office.com/SMTP.Send';
    const scope = `openid offline_access Mail.Send User.Read ${smtp}`;
    const first = await tokens(await stage.redeem(codeForm(await codeFor(stage, { scope }))));
    expect(first.scope).toContain('graph.microsoft.com/Mail.Send');
    const other = await tokens(
      await stage.redeem({ ...refreshForm(first.refresh_token), scope: smtp }),
    );
    expect(other.scope).toContain(smtp);
    expect((await stage.graph('/me', { token: other.access_token })).status).toBe(401);
  });
});

describe('what an access token may do', () => {
  test('a work account’s carries everything that was ever allowed to the app, whatever was asked', async () => {
    const stage = stageMicrosoft();
    stage.microsoft.approve(stage.tenants.bletchley.id, stage.client.id, ['Mail.ReadWrite']);
    const { refresh_token } = await signIn(stage);
    const narrow = await tokens(
      await stage.redeem({ ...refreshForm(refresh_token), scope: 'Mail.Send' }),
    );
    expect(narrow.scope).toContain('Mail.ReadWrite');
    stage.microsoft.switches.tokenScopes = 'asked';
    const asked = await tokens(
      await stage.redeem({ ...refreshForm(refresh_token), scope: 'Mail.Send' }),
    );
    expect(asked.scope).toBe('https://graph.microsoft.com/Mail.Send');
  });

  test('a personal account’s carries what was asked', async () => {
    const stage = stageMicrosoft();
    const { refresh_token } = await signIn(stage, 'hedy');
    const narrow = await tokens(
      await stage.redeem({ ...refreshForm(refresh_token), scope: 'Mail.Send' }),
    );
    expect(narrow.scope).toBe('https://graph.microsoft.com/Mail.Send');
  });
});

test('an error has its ids, and the correlation id is the client’s', async () => {
  const stage = stageMicrosoft();
  const id = '11111111-2222-4333-8444-555555555555';
  const response = await stage.redeem(refreshForm('x'), { headers: { 'client-request-id': id } });
  expect(await response.json()).toMatchObject({
    correlation_id: id,
    error_uri: `${LOGIN}/error?code=9002313`,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/) as string,
  });
  expect(response.headers.get('cache-control')).toContain('no-store');
});

test('the metadata’s issuer is a template at the shared authorities, and the keys verify', async () => {
  const stage = stageMicrosoft();
  const issuerAt = async (authority: string): Promise<unknown> => {
    const response = await stage.fetch(
      `${LOGIN}/${authority}/v2.0/.well-known/openid-configuration`,
    );
    return ((await response.json()) as { issuer: string }).issuer;
  };
  expect(await issuerAt('common')).toBe(`${LOGIN}/{tenantid}/v2.0`);
  expect(await issuerAt(stage.tenants.bletchley.id)).toBe(
    `${LOGIN}/${stage.tenants.bletchley.id}/v2.0`,
  );
  const { keys } = (await (
    await stage.extensionFetch(`${LOGIN}/common/discovery/v2.0/keys`)
  ).json()) as {
    keys: JsonWebKey[];
  };
  const [head, body, signature = ''] = ((await signIn(stage)).id_token ?? '').split('.');
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', keys[0] ?? {}, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${head}.${body}`);
  expect(
    await crypto.subtle.verify(algorithm, key, Buffer.from(signature, 'base64url'), signed),
  ).toBe(true);
});

function claims({ id_token = '' }: Tokens): Record<string, unknown> {
  return JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}
