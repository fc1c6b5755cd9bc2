import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NetworkError } from '../../../utils/network/network.ts';
import { cameBack, type Launch } from '../../harness/fake-web-auth.ts';
import {
  asked,
  grantFields,
  json,
  secretClient,
  server,
  silently,
  text,
  world,
} from './fake-server.ts';

const token = { access_token: 'at-1', token_type: 'Bearer', expires_in: '3599', scope: 'send' };
const code = { code: 'c-1', iss: server.issuer };
const withSecret = { ...asked, client: secretClient };

const parametersOf = ({ url }: Launch): Record<string, string> =>
  Object.fromEntries(url.searchParams);

describe('what is asked', () => {
  test('the token flow asks for a token, with the declared parameters and no code', async () => {
    const { oauth, webAuth } = world();
    await oauth.authorize(asked);
    const { state, ...parameters } = parametersOf(webAuth.launches[0]!);
    expect(state).toMatch(/^[\w-]{43}$/);
    expect(webAuth.launches[0]!.url.origin).toBe('https://issuer.example');
    expect(parameters).toEqual({
      tenant: '1',
      client_id: 'client-1',
      redirect_uri: 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer',
      response_type: 'token',
      scope: 'openid email send',
      prompt: 'select_account consent',
      include_granted_scopes: 'false',
    });
  });

  test('the code flow asks with PKCE S256 and redeems with the verifier and the secret', async () => {
    const { oauth, webAuth, requests } = world();
    webAuth.endWith((launch) => cameBack(launch, code));
    expect((await oauth.authorize(withSecret)).kind).toBe('granted');
    const { code_challenge: challenge, ...parameters } = parametersOf(webAuth.launches[0]!);
    expect(parameters).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      access_type: 'offline',
    });
    const form = new URLSearchParams(requests[0]!.body as string);
    const made = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    expect(made).toBe(challenge);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'authorization_code',
      code: 'c-1',
      client_id: 'client-1',
      client_secret: 's3cret',
      redirect_uri: parameters['redirect_uri'],
    });
    expect(requests[0]).toMatchObject({
      url: server.tokenEndpoint,
      method: 'POST',
      purpose: 'sign-in',
      accountId: 'account-1',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
      },
    });
  });

  test('a server that takes no secret is never shown one', async () => {
    const spa = {
      ...server,
      flowWithoutSecret: 'code',
      flowWithSecret: null,
      issRequiredIn: [],
    } as const;
    const { oauth, webAuth, requests } = world();
    webAuth.endWith((launch) => cameBack(launch, { code: 'c-1' }));
    expect((await oauth.authorize({ ...withSecret, server: spa })).kind).toBe('granted');
    expect(parametersOf(webAuth.launches[0]!)['response_type']).toBe('code');
    expect(requests[0]!.body).not.toContain('s3cret');
    expect(requests[0]!.body).toContain('client_id=client-1');
  });

  test('a silent attempt shows nothing, names the account and has little time', async () => {
    const { oauth, webAuth } = world();
    await oauth.authorize(silently);
    expect(webAuth.launches[0]).toMatchObject({ interactive: false, timeoutMs: 15_000 });
    expect(parametersOf(webAuth.launches[0]!)).toMatchObject({
      prompt: 'none',
      login_hint: 'ann@example.com',
    });
  });

  test('state and verifier are never the same twice', async () => {
    const { oauth, webAuth } = world();
    for (let time = 0; time < 20; time++) await oauth.authorize(withSecret);
    const seen = webAuth.launches.map(parametersOf);
    expect(new Set(seen.map(({ state }) => state)).size).toBe(20);
    expect(new Set(seen.map((fields) => fields['code_challenge'])).size).toBe(20);
  });
});

describe('what is granted', () => {
  test('a token from the fragment, with its life, its scopes and no refresh token', async () => {
    const { oauth, webAuth, clock, requests } = world();
    webAuth.endWith((launch) => cameBack(launch, { ...token, authuser: '0', prompt: 'none' }));
    const outcome = await oauth.authorize(asked);
    if (outcome.kind !== 'granted') throw new Error(outcome.kind);
    expect(outcome.grant.accessToken.reveal()).toBe('at-1');
    expect(outcome.grant).toMatchObject({
      expiresAt: clock.now() + 3_599_000,
      scopes: ['send'],
      refreshToken: null,
    });
    expect(requests).toEqual([]);
    expect(JSON.stringify(outcome)).not.toContain('at-1');
  });

  test('tokens for a code, with the refresh token', async () => {
    const { oauth, webAuth, tokenSays } = world();
    webAuth.endWith((launch) => cameBack(launch, code));
    tokenSays(() => json(200, { ...grantFields, refresh_token: 'rt-1' }));
    const outcome = await oauth.authorize(withSecret);
    if (outcome.kind !== 'granted') throw new Error(outcome.kind);
    expect(outcome.grant.refreshToken?.reveal()).toBe('rt-1');
    expect(outcome.grant.scopes).toEqual(['openid', 'email', 'send']);
  });
});

describe('how a window ends', () => {
  test('closing it, or pressing deny, is to cancel', async () => {
    const { oauth, webAuth } = world();
    expect(await oauth.authorize(asked)).toEqual({ kind: 'cancelled' });
    webAuth.endWith((launch) => cameBack(launch, { error: 'access_denied' }));
    expect(await oauth.authorize(asked)).toEqual({ kind: 'cancelled' });
  });

  test.each([
    'interaction_required',
    'login_required',
    'consent_required',
    'access_denied',
  ] as const)('%s in a silent attempt means signed out', async (error) => {
    const { oauth, webAuth } = world();
    webAuth.endWith((launch) => cameBack(launch, { error, error_subtype: 'access_denied' }));
    expect(await oauth.authorize(silently)).toEqual({ kind: 'signed-out', why: error });
  });

  test('a page that wants the person means signed out, unless it did not come, or was slow for once', async () => {
    const { oauth, webAuth, clock } = world();
    webAuth.endWith(() => ({ kind: 'interaction-required' }));
    const signedOut = { kind: 'signed-out', why: 'interaction_required' };
    expect(await oauth.authorize(silently)).toEqual(signedOut);
    webAuth.endWith(() => {
      clock.jump(15_000);
      return { kind: 'interaction-required' };
    });
    expect(await oauth.authorize(silently)).toEqual(signedOut);
    expect(webAuth.launches).toHaveLength(3);
    let windows = 0;
    webAuth.endWith((launch) => {
      clock.jump(15_000);
      windows += 1;
      return windows === 1 ? { kind: 'interaction-required' } : cameBack(launch, token);
    });
    expect(await oauth.authorize(silently)).toMatchObject({ kind: 'granted' });
    webAuth.endWith(() => ({ kind: 'timeout' }));
    expect(await oauth.authorize(silently)).toEqual({ kind: 'unavailable', reason: 'timeout' });
    expect(webAuth.launches).toHaveLength(6);
  });

  test('a silent attempt that the browser never ends is ended', async () => {
    const { oauth, webAuth, clock } = world();
    webAuth.endWith(() => new Promise(() => {}));
    const outcome = oauth.authorize(silently);
    await clock.untilAsleep(1);
    await clock.advance(20_000);
    expect(await outcome).toEqual({ kind: 'unavailable', reason: 'timeout' });
  });

  test('a page that could not be loaded silently never means signed out', async () => {
    const { oauth, webAuth, tokenSays } = world();
    webAuth.endWith(() => ({ kind: 'failed', detail: 'not-loaded' }));
    const network = { kind: 'unavailable', reason: 'network' };
    tokenSays(() => new NetworkError('failed', 'token.example'));
    expect(await oauth.authorize(silently)).toEqual(network);
    tokenSays(() => new NetworkError('cors-refused', 'token.example'));
    expect(await oauth.authorize(silently)).toEqual(network);
    tokenSays(() => json(400, { error: 'invalid_grant' }));
    const strange = { kind: 'unavailable', reason: 'strange-answer' };
    expect(await oauth.authorize(silently)).toEqual(strange);
    tokenSays(() => json(401, { error: 'invalid_client' }));
    expect(await oauth.authorize(silently)).toMatchObject({ code: 'invalid_client' });
  });

  test('no window opens when the browser is offline', async () => {
    const made = world();
    made.online = false;
    expect(await made.oauth.authorize(asked)).toEqual({ kind: 'unavailable', reason: 'offline' });
    expect(made.webAuth.launches).toEqual([]);
  });

  test('a page that could not be loaded before the person is told from a missing network', async () => {
    const { oauth, webAuth, tokenSays } = world();
    webAuth.endWith(() => ({ kind: 'failed', detail: 'not-loaded' }));
    tokenSays(() => json(400, { error: 'invalid_request', error_description: 'no secret' }));
    expect(await oauth.authorize(asked)).toMatchObject({ kind: 'refused', code: 'not_recognised' });
    tokenSays(() => json(401, { error: 'invalid_client', error_description: 'not found' }));
    expect(await oauth.authorize(asked)).toEqual({
      kind: 'refused',
      code: 'invalid_client',
      detail: 'not found',
    });
    tokenSays(() => new NetworkError('failed', 'token.example'));
    expect(await oauth.authorize(asked)).toEqual({ kind: 'unavailable', reason: 'network' });
  });

  test('other errors of the server are a refusal, with its words but nothing to print with', async () => {
    const { oauth, webAuth } = world();
    const description = `line one\r\nline\u202etwo ${'x'.repeat(500)}`;
    webAuth.endWith((launch) =>
      cameBack(launch, { error: 'unauthorized_client\n', error_description: description }),
    );
    const outcome = await oauth.authorize(silently);
    if (outcome.kind !== 'refused') throw new Error(outcome.kind);
    expect(outcome.code).toBe('unauthorized_client');
    expect(outcome.detail).toMatch(/^line one line two x+$/);
    expect(outcome.detail.length).toBe(300);
  });

  test.each(['server_error', 'temporarily_unavailable'])(
    '%s is the server’s trouble, not ours',
    async (error) => {
      const { oauth, webAuth } = world();
      webAuth.endWith((launch) => cameBack(launch, { error }));
      const outcome = { kind: 'unavailable', reason: 'provider-error' };
      expect(await oauth.authorize(silently)).toEqual(outcome);
      expect(await oauth.authorize(asked)).toEqual(outcome);
    },
  );
});

describe('a code that is not redeemed', () => {
  const redeemed = async (
    end: Parameters<ReturnType<typeof world>['tokenSays']>[0],
    request = { ...silently, client: secretClient },
  ): Promise<unknown> => {
    const { oauth, webAuth, tokenSays } = world();
    webAuth.endWith((launch) => cameBack(launch, code));
    tokenSays(end);
    return await oauth.authorize(request);
  };

  test('is signed out when the server no longer knows the grant', async () => {
    expect(await redeemed(() => json(400, { error: 'invalid_grant' }))).toEqual({
      kind: 'signed-out',
      why: 'invalid_grant',
    });
    expect(await redeemed(() => json(400, { error: 'invalid_grant' }), withSecret)).toMatchObject({
      kind: 'refused',
      code: 'invalid_grant',
    });
  });

  test.each(['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_scope'])(
    'is refused by %s, which no sign-in would end',
    async (error) => {
      const outcome = { kind: 'refused', code: error, detail: 'why' };
      const answer = { error, error_description: 'why' };
      expect(await redeemed(() => json(401, answer))).toEqual(outcome);
    },
  );

  test('is refused in words that are none', async () => {
    const answer = { error: 'invalid_client', error_description: { a: 1 } };
    expect(await redeemed(() => json(401, answer))).toEqual({
      kind: 'refused',
      code: 'invalid_client',
      detail: '',
    });
  });

  test.each([
    [429, 'rate-limit'],
    [408, 'provider-error'],
    [500, 'provider-error'],
    [502, 'provider-error'],
    [503, 'provider-error'],
    [204, 'strange-answer'],
    [205, 'strange-answer'],
    [304, 'strange-answer'],
    [302, 'strange-answer'],
  ] as const)('can be had later after %i', async (status, reason) => {
    const answer = json(status, { error: 'invalid_grant' });
    expect(await redeemed(() => (status === 302 ? text(302, '') : answer))).toEqual({
      kind: 'unavailable',
      reason,
    });
  });

  test.each([
    ['offline', { kind: 'unavailable', reason: 'offline' }],
    ['timeout', { kind: 'unavailable', reason: 'timeout' }],
    ['failed', { kind: 'unavailable', reason: 'network' }],
    ['redirected', { kind: 'unavailable', reason: 'strange-answer' }],
    ['cors-refused', { kind: 'needs-host', host: 'token.example' }],
    ['host-not-allowed', { kind: 'refused', code: 'host-not-allowed', detail: 'token.example' }],
  ] as const)('%s never means signed out', async (error, outcome) => {
    expect(await redeemed(() => new NetworkError(error, 'token.example'))).toEqual(outcome);
  });

  test.each([
    ['not JSON', text(200, '<html>')],
    ['an array', json(200, [])],
    ['no token', json(200, { token_type: 'Bearer' })],
    ['a token with a line break', json(200, { ...grantFields, access_token: 'a\nb' })],
    ['a life of nothing', json(200, { ...grantFields, expires_in: 0 })],
    ['a life before now', json(200, { ...grantFields, expires_in: -1 })],
    ['half a second', json(200, { ...grantFields, expires_in: 0.5 })],
    ['a scope that is no text', json(200, { ...grantFields, scope: ['send'] })],
    ['an empty refresh token', json(200, { ...grantFields, refresh_token: '' })],
    ['an error page', text(400, '<html>', 'text/html')],
    ['an id_token that is none', json(200, { ...grantFields, id_token: 'x' })],
  ])('is a strange answer, never a grant: %s', async (_, answer) => {
    expect(await redeemed(() => answer)).toEqual({ kind: 'unavailable', reason: 'strange-answer' });
  });

  test.each(['mac', 'DPoP', 'N_A'])('is refused for a token of type %s', async (type) => {
    const answer = json(200, { ...grantFields, token_type: type });
    expect(await redeemed(() => answer)).toMatchObject({
      kind: 'refused',
      code: 'wrong_token_type',
    });
  });
});

describe('a code that the browser sent twice', () => {
  test('is asked for anew in a silent attempt, once: the grant may be as good as ever', async () => {
    const { oauth, webAuth, tokenSays, requests } = world();
    const request = { ...silently, client: secretClient };
    webAuth.endWith((launch) => cameBack(launch, code));
    tokenSays(() =>
      requests.length === 1 ? json(400, { error: 'invalid_grant' }) : json(200, grantFields),
    );
    expect((await oauth.authorize(request)).kind).toBe('granted');
    const [first, second] = webAuth.launches.map(parametersOf);
    expect(first?.['state']).not.toBe(second?.['state']);
    tokenSays(() => json(400, { error: 'invalid_grant' }));
    expect(await oauth.authorize(request)).toEqual({ kind: 'signed-out', why: 'invalid_grant' });
    expect(webAuth.launches).toHaveLength(4);
  });

  test('ends an attempt of the person, who can press the button again', async () => {
    const { oauth, webAuth, tokenSays } = world();
    webAuth.endWith((launch) => cameBack(launch, code));
    tokenSays(() => json(400, { error: 'invalid_grant' }));
    expect(await oauth.authorize(withSecret)).toMatchObject({ code: 'invalid_grant' });
    expect(webAuth.launches).toHaveLength(1);
  });
});

describe('an id_token that comes along', () => {
  const idToken = (claims: object): string => {
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
  };
  const seconds = Math.floor(Date.now() / 1_000);
  const good = {
    iss: server.issuer,
    aud: 'client-1',
    sub: '1',
    iat: seconds,
    exp: seconds + 3_600,
  };
  const grantWith = async (claims: object, jumpMs = 0): Promise<unknown> => {
    const { oauth, webAuth, tokenSays, clock } = world();
    clock.jump(jumpMs);
    webAuth.endWith((launch) => cameBack(launch, code));
    tokenSays(() => json(200, { ...grantFields, id_token: idToken(claims) }));
    return await oauth.authorize(withSecret);
  };

  test('is looked at by the clock of this device, which may be ten minutes off', async () => {
    expect(await grantWith(good)).toMatchObject({ kind: 'granted' });
    expect(await grantWith(good, 3_600_000 + 500_000)).toMatchObject({ kind: 'granted' });
    expect(await grantWith(good, 3_600_000 + 700_000)).toMatchObject({
      kind: 'refused',
      code: 'wrong_clock',
    });
  });

  test('may name Google without the scheme, as Google documents it', async () => {
    const bare = server.issuer.replace('https://', '');
    expect(await grantWith({ ...good, iss: bare })).toMatchObject({ kind: 'granted' });
  });

  test.each([
    ['from another issuer', { ...good, iss: 'https://evil.example' }],
    ['for another client', { ...good, aud: 'client-2' }],
    ['with a nonce that nobody sent', { ...good, nonce: 'n' }],
  ])('is refused %s', async (_, claims) => {
    expect(await grantWith(claims)).toMatchObject({ kind: 'refused', code: 'wrong_id_token' });
  });
});
