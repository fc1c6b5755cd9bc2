import { describe, expect, test } from 'vitest';
import { createMovableClock } from '../clock.ts';
import { GMAIL_SEND, type GoogleStage, SEND_URL, stageGoogle } from './google-stage.ts';

const REVOKE_URL = 'https://oauth2.googleapis.com/revoke';
const USERINFO_URL = 'https://openidconnect.googleapis.com/v1/userinfo';

function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

function revoke(fetch: GoogleStage['fetch'], token: string): Promise<Response> {
  return fetch(REVOKE_URL, { method: 'POST', body: new URLSearchParams({ token }) });
}

async function isAlive(stage: GoogleStage, token: string): Promise<boolean> {
  return (await stage.fetch(USERINFO_URL, bearer(token))).status === 200;
}

describe('revoke (PROVIDERS.md A4)', () => {
  const grantOffline = (stage: GoogleStage): { accessToken: string; refreshToken: string } => {
    const { google, accounts, client } = stage;
    const scopes = ['openid', GMAIL_SEND];
    const request = { account: accounts.ada.email, client: client.id, scopes, offline: true };
    const { accessToken, refreshToken } = google.grant(request);
    return { accessToken, refreshToken: refreshToken ?? '' };
  };
  const refreshStatus = async (stage: GoogleStage, token: string): Promise<number> => {
    const { id, secret } = stage.client;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: id,
      client_secret: secret,
    });
    return (await stage.fetch('https://oauth2.googleapis.com/token', { method: 'POST', body }))
      .status;
  };

  test.each(['accessToken', 'refreshToken'] as const)(
    'the %s kills the whole grant of the project',
    async (which) => {
      const stage = stageGoogle();
      const one = grantOffline(stage);
      const two = grantOffline(stage);
      expect((await revoke(stage.fetch, one[which])).status).toBe(200);
      for (const grant of [one, two]) {
        expect(await isAlive(stage, grant.accessToken)).toBe(false);
        expect(await refreshStatus(stage, grant.refreshToken)).toBe(400);
      }
    },
  );

  test('leaves other accounts and other projects alone', async () => {
    const { client } = stageGoogle();
    const apart = { ...client, id: 'apart', project: 'apart' };
    const both = stageGoogle({ clients: [client, apart] });
    const { google, accounts } = both;
    const mine = grantOffline(both).accessToken;
    const scopes = ['openid'];
    const other = google.grant({
      account: accounts.ada.email,
      client: apart.id,
      scopes,
    }).accessToken;
    const grace = google.grant({
      account: accounts.grace.email,
      client: both.client.id,
      scopes,
    }).accessToken;
    await revoke(both.fetch, mine);
    expect(await isAlive(both, other)).toBe(true);
    expect(await isAlive(both, grace)).toBe(true);
  });

  test('a token that is gone or made up is 400 invalid_token', async () => {
    const stage = stageGoogle();
    const response = await revoke(stage.fetch, 'made-up');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_token' });
  });

  test('is carried out although no page may read the answer, in no mode', async () => {
    const stage = stageGoogle();
    for (const mode of ['exposed', 'hidden', 'refused'] as const) {
      stage.router.cors.set(mode);
      const token = stage.token();
      await expect(revoke(stage.extensionFetch, token)).rejects.toThrow(TypeError);
      expect(await isAlive(stage, token)).toBe(false);
    }
  });
});

describe('userinfo', () => {
  test('says what the scopes allow to say', async () => {
    const stage = stageGoogle();
    const { ada } = stage.accounts;
    const said = async (scopes: readonly string[]): Promise<unknown> =>
      (await stage.fetch(USERINFO_URL, bearer(stage.token(scopes)))).json();
    expect(await said(['openid'])).toEqual({ sub: ada.subject });
    expect(await said(['openid', 'email'])).toEqual({
      sub: ada.subject,
      email: ada.email,
      email_verified: true,
    });
    expect(await said(['profile'])).toMatchObject({
      name: 'Ada Lovelace',
      family_name: 'Lovelace',
    });
  });

  test.each([
    ['no token', () => ({})],
    ['a made-up token', () => bearer('ya29.made-up')],
    [
      'a token without any sign-in scope',
      (stage: GoogleStage) => bearer(stage.token([GMAIL_SEND])),
    ],
  ])('is 401 with %s', async (_what, init) => {
    const stage = stageGoogle();
    const response = await stage.fetch(USERINFO_URL, init(stage));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer realm=');
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'Invalid Credentials',
    });
  });
});

describe('access tokens', () => {
  test('end by the clock of the peer, not before', async () => {
    const clock = createMovableClock(() => 0);
    const stage = stageGoogle({ accessTokenSeconds: 100, clock });
    const token = stage.token();
    stage.google.clock.advance(99_000);
    expect(await isAlive(stage, token)).toBe(true);
    stage.google.clock.advance(1_000);
    expect(await isAlive(stage, token)).toBe(false);
    const response = await stage.fetch(SEND_URL, { method: 'POST', ...bearer(token), body: '{}' });
    expect(response.status).toBe(401);
  });

  test('can be ended at once, of one account or of all', async () => {
    const stage = stageGoogle();
    const { google, client, accounts } = stage;
    const ada = stage.token();
    const scopes = ['openid'];
    const { accessToken: grace } = google.grant({
      account: accounts.grace.email,
      client: client.id,
      scopes,
    });
    google.expireAccessTokens(accounts.ada.email);
    expect([await isAlive(stage, ada), await isAlive(stage, grace)]).toEqual([false, true]);
    google.expireAccessTokens();
    expect(await isAlive(stage, grace)).toBe(false);
  });
});

test('the discovery document names the addresses that are played', async () => {
  const stage = stageGoogle();
  const response = await stage.fetch(
    'https://accounts.google.com/.well-known/openid-configuration',
  );
  expect(await response.json()).toMatchObject({
    issuer: 'https://accounts.google.com',
    token_endpoint: 'https://oauth2.googleapis.com/token',
    revocation_endpoint: REVOKE_URL,
    userinfo_endpoint: USERINFO_URL,
    authorization_response_iss_parameter_supported: true,
  });
});

test.each([
  'https://accounts.google.com/nowhere',
  'https://oauth2.googleapis.com/token',
  'https://openidconnect.googleapis.com/v2/userinfo',
  'https://www.googleapis.com/drive/v3/files',
  'https://gmail.googleapis.com/gmail/v1/nowhere',
])('GET %s is 404', async (address) => {
  expect((await stageGoogle().fetch(address)).status).toBe(404);
});
