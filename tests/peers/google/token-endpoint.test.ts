import { verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { s256 } from './google-ids.ts';
import { GMAIL_SEND, type GoogleStage, REDIRECT_URI, stageGoogle } from './google-stage.ts';
import { createPerson, type Person } from './person.ts';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const VERIFIER = 'a-verifier-of-more-than-forty-three-characters-0123';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface TokenAnswer {
  readonly status: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly token_type: string;
  readonly id_token?: string;
  readonly error?: string;
  readonly error_description?: string;
}

async function ask(
  stage: GoogleStage,
  parameters: Readonly<Record<string, string | null>>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const given = Object.entries(parameters).filter(
    (each): each is [string, string] => each[1] !== null,
  );
  const response = await stage.fetch(TOKEN_URL, {
    method: 'POST',
    headers,
    body: new URLSearchParams(given),
  });
  return { ...((await response.json()) as TokenAnswer), status: response.status };
}

const CODE_REQUEST = {
  response_type: 'code',
  access_type: 'offline',
  code_challenge: s256(VERIFIER),
  code_challenge_method: 'S256',
};

async function codeFor(
  stage: GoogleStage,
  person: Person,
  parameters: Readonly<Record<string, string | null>> = {},
): Promise<string> {
  const end = await person.visit(stage.authorizeUrl({ ...CODE_REQUEST, ...parameters }), true);
  if (end.kind === 'page') throw new Error(end.html);
  const url = new URL(end.url);
  expect(url.hash).toBe('');
  expect(url.searchParams.get('iss')).toBe('https://accounts.google.com');
  return url.searchParams.get('code') ?? '';
}

function exchange(stage: GoogleStage, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code,
    client_id: stage.client.id,
    client_secret: stage.client.secret,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  };
}

function refreshing(stage: GoogleStage, token: string): Record<string, string> {
  const { id, secret } = stage.client;
  return {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: id,
    client_secret: secret,
  };
}

function setUp(options: Parameters<typeof stageGoogle>[0] = {}): {
  stage: GoogleStage;
  person: Person;
} {
  const stage = stageGoogle(options);
  return { stage, person: createPerson(stage.router, { account: stage.accounts.ada }) };
}

describe('authorization_code', () => {
  test('with PKCE and secret gives access, refresh and identity tokens', async () => {
    const { stage, person } = setUp();
    const answer = await ask(stage, exchange(stage, await codeFor(stage, person)));
    expect(answer).toMatchObject({ status: 200, expires_in: 3599, token_type: 'Bearer' });
    expect(answer.access_token).toMatch(/^ya29\./);
    expect(answer.refresh_token).toMatch(/^1\/\//);
    expect(answer.scope.split(' ').toSorted()).toEqual(
      ['openid', 'https://www.googleapis.com/auth/userinfo.email', GMAIL_SEND].toSorted(),
    );
  });

  test('the identity token is signed with the published key and names client, person and nonce', async () => {
    const { stage, person } = setUp();
    const code = await codeFor(stage, person, { nonce: 'nonce-1' });
    const { id_token: idToken = '' } = await ask(stage, exchange(stage, code));
    const [head = '', payload = '', signature = ''] = idToken.split('.');
    const response = await stage.fetch('https://www.googleapis.com/oauth2/v3/certs');
    const { keys } = (await response.json()) as { keys: [Record<string, string>] };
    const key = { key: keys[0], format: 'jwk' } as const;
    const signed = Buffer.from(`${head}.${payload}`);
    expect(verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: 'https://accounts.google.com',
      aud: stage.client.id,
      sub: stage.accounts.ada.subject,
      email: stage.accounts.ada.email,
      nonce: 'nonce-1',
    });
  });

  test('is refused for a Web client without its secret, PKCE or not', async () => {
    const { stage, person } = setUp();
    const request = { ...exchange(stage, await codeFor(stage, person)), client_secret: null };
    expect(await ask(stage, request)).toMatchObject({
      status: 400,
      error: 'invalid_request',
      error_description: 'client_secret is missing.',
    });
  });

  test('takes the secret by HTTP Basic as well', async () => {
    const { stage, person } = setUp();
    const { id, secret } = stage.client;
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const request = exchange(stage, await codeFor(stage, person));
    const answer = await ask(
      stage,
      { ...request, client_id: null, client_secret: null },
      { authorization },
    );
    expect(answer.status).toBe(200);
  });

  test.each([
    ['a wrong secret', { client_secret: 'GOCSPX-wrong' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['no client', { client_id: null }, 400, 'invalid_request'],
    [
      'another redirect',
      { redirect_uri: 'https://x.chromiumapp.org/' },
      400,
      'redirect_uri_mismatch',
    ],
    ['no verifier', { code_verifier: null }, 400, 'invalid_grant'],
    ['a wrong verifier', { code_verifier: `${VERIFIER}x` }, 400, 'invalid_grant'],
    ['a made-up code', { code: '4/0made-up' }, 400, 'invalid_grant'],
    ['a code of no kind', { code: 'x' }, 400, 'invalid_grant'],
    ['an unknown grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant type', { grant_type: null }, 400, 'invalid_request'],
  ])('%s is refused', async (_what, change, status, error) => {
    const { stage, person } = setUp();
    const request = { ...exchange(stage, await codeFor(stage, person)), ...change };
    expect(await ask(stage, request)).toMatchObject({ status, error });
  });

  test('a verifier that nobody asked for is refused', async () => {
    const { stage, person } = setUp();
    const without = { code_challenge: null, code_challenge_method: null };
    const answer = await ask(stage, exchange(stage, await codeFor(stage, person, without)));
    expect(answer.error_description).toBe('code_verifier or verifier is not needed.');
  });

  test('a code works once, and only for a while', async () => {
    const { stage, person } = setUp();
    const request = exchange(stage, await codeFor(stage, person));
    expect((await ask(stage, request)).status).toBe(200);
    expect(await ask(stage, request)).toMatchObject({ status: 400, error: 'invalid_grant' });
    const late = exchange(stage, await codeFor(stage, person));
    stage.google.clock.advance(11 * MINUTE_MS);
    expect(await ask(stage, late)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('plain PKCE is taken too', async () => {
    const { stage, person } = setUp();
    const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' };
    expect((await ask(stage, exchange(stage, await codeFor(stage, person, plain)))).status).toBe(
      200,
    );
  });
});

describe('refresh tokens come', () => {
  test('with the first consent only, and again with prompt=consent', async () => {
    const { stage, person } = setUp();
    const token = async (more = {}): Promise<string | undefined> =>
      (await ask(stage, exchange(stage, await codeFor(stage, person, more)))).refresh_token;
    const first = await token();
    expect(first).toBeDefined();
    expect(await token()).toBeUndefined();
    const second = await token({ prompt: 'consent' });
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
  });

  test('only when offline access was asked for', async () => {
    const { stage, person } = setUp();
    const code = await codeFor(stage, person, { access_type: null });
    expect((await ask(stage, exchange(stage, code))).refresh_token).toBeUndefined();
  });

  test('and the oldest of more than 100 per account and client is dropped without a word', async () => {
    const { stage } = setUp();
    const grant = (): string => {
      const { accounts, client, google } = stage;
      const request = { account: accounts.ada.email, client: client.id, scopes: ['openid'] };
      return google.grant({ ...request, offline: true }).refreshToken ?? '';
    };
    const tokens = Array.from({ length: 101 }, grant);
    expect(await ask(stage, refreshing(stage, tokens[0] ?? ''))).toMatchObject({
      error: 'invalid_grant',
    });
    expect((await ask(stage, refreshing(stage, tokens[1] ?? ''))).status).toBe(200);
  });
});

describe('refresh_token', () => {
  const granted = (
    stage: GoogleStage,
    scopes: readonly string[] = ['openid', GMAIL_SEND],
  ): { accessToken: string; refreshToken: string } => {
    const { accounts, client, google } = stage;
    const request = { account: accounts.ada.email, client: client.id, scopes, offline: true };
    const { accessToken, refreshToken } = google.grant(request);
    return { accessToken, refreshToken: refreshToken ?? '' };
  };

  test('gives a new access token and no new refresh token', async () => {
    const { stage } = setUp();
    const { accessToken, refreshToken } = granted(stage);
    const answer = await ask(stage, refreshing(stage, refreshToken));
    expect(answer.status).toBe(200);
    expect(answer.access_token).not.toBe(accessToken);
    expect(answer).not.toHaveProperty('refresh_token');
  });

  test('gives less when less is asked for, and never more', async () => {
    const { stage } = setUp();
    const { refreshToken } = granted(stage);
    const less = await ask(stage, { ...refreshing(stage, refreshToken), scope: 'openid' });
    expect(less.scope).toBe('openid');
    const scope = 'https://mail.google.com/';
    const more = await ask(stage, { ...refreshing(stage, refreshToken), scope });
    expect(more).toMatchObject({ status: 400, error: 'invalid_scope' });
  });

  test('is invalid_grant after the person took it back', async () => {
    const { stage } = setUp();
    const { refreshToken } = granted(stage);
    stage.google.revokeAll(stage.accounts.ada.email);
    expect(await ask(stage, refreshing(stage, refreshToken))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    });
  });

  test('is invalid_grant after a password change when it holds a Gmail scope, and lives on otherwise', async () => {
    const { stage } = setUp();
    const mail = granted(stage);
    const name = granted(stage, ['openid', 'email']);
    stage.google.changePassword(stage.accounts.ada.email);
    expect(await ask(stage, refreshing(stage, mail.refreshToken))).toMatchObject({
      error: 'invalid_grant',
    });
    expect((await ask(stage, refreshing(stage, name.refreshToken))).status).toBe(200);
  });

  test('dies after half a year unused; a use keeps it alive', async () => {
    const { stage } = setUp();
    const used = granted(stage).refreshToken;
    const idle = granted(stage).refreshToken;
    stage.google.clock.advance(100 * DAY_MS);
    expect((await ask(stage, refreshing(stage, used))).status).toBe(200);
    stage.google.clock.advance(100 * DAY_MS);
    expect((await ask(stage, refreshing(stage, used))).status).toBe(200);
    expect(await ask(stage, refreshing(stage, idle))).toMatchObject({ error: 'invalid_grant' });
  });

  test('dies after 7 days for a client in testing, unless it only says who the person is', async () => {
    const { stage } = setUp({
      client: { status: 'testing', testUsers: ['ada.lovelace@gmail.example'] },
    });
    const mail = granted(stage).refreshToken;
    const name = granted(stage, ['openid', 'email']).refreshToken;
    stage.google.clock.advance(8 * DAY_MS);
    expect(await ask(stage, refreshing(stage, mail))).toMatchObject({ error: 'invalid_grant' });
    expect((await ask(stage, refreshing(stage, name))).status).toBe(200);
  });

  test('of one client is no good to another', async () => {
    const other = { id: 'other', secret: 'other-secret' };
    const { client } = stageGoogle();
    const stage = stageGoogle({ clients: [client, { ...client, ...other }] });
    const { refreshToken } = granted(stage);
    const request = refreshing(stage, refreshToken);
    const stolen = { ...request, client_id: other.id, client_secret: other.secret };
    expect(await ask(stage, stolen)).toMatchObject({ status: 401, error: 'unauthorized_client' });
    expect((await ask(stage, request)).status).toBe(200);
  });

  test('without a token is invalid_request', async () => {
    const { stage } = setUp();
    expect(await ask(stage, { ...refreshing(stage, ''), refresh_token: null })).toMatchObject({
      error: 'invalid_request',
    });
  });
});
