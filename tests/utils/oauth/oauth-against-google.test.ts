import { describe, expect, test } from 'vitest';
import { createNetwork } from '../../../utils/network/network.ts';
import {
  createOAuth,
  type AuthorizeRequest,
  type OAuthClient,
} from '../../../utils/oauth/oauth.ts';
import { secret } from '../../../utils/platform/platform.ts';
import { declaration } from '../../../utils/providers/gmail/gmail.ts';
import { createTestRandom } from '../../harness/test-random.ts';
import { createGooglePeer } from '../../peers/google/google-peer.ts';
import type { GoogleAccount, GoogleClient } from '../../peers/google/google-options.ts';
import { createPerson } from '../../peers/google/person.ts';
import { createHostRouter } from '../../peers/host-router.ts';
import { peerFetch } from '../../peers/peer-fetch.ts';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
const ann: GoogleAccount = {
  email: 'ann@example.com',
  name: 'Ann',
  password: 'pw',
  subject: '1001',
};
const registered: GoogleClient = {
  id: 'client.apps.googleusercontent.com',
  type: 'web',
  secret: 's3cret',
  redirectUris: [`https://${ID}.chromiumapp.org/google`],
  appName: 'Postern',
};
const SEND = 'https://www.googleapis.com/auth/gmail.send';
const server = declaration.authorization;
const withoutSecret = { clientId: registered.id, clientSecret: null, tenant: null };
const withSecret = {
  clientId: registered.id,
  clientSecret: secret(registered.secret),
  tenant: null,
};
const link: AuthorizeRequest = {
  server,
  client: withoutSecret,
  scopes: declaration.rungs.send ?? [],
  prompt: 'select_account consent',
  loginHint: null,
  accountId: null,
};
const renewal: AuthorizeRequest = { ...link, prompt: 'none', loginHint: ann.email };

function world(client: GoogleClient = registered) {
  const router = createHostRouter();
  const google = createGooglePeer({ accounts: [ann], clients: [client] });
  router.mount(google);
  const clock = { now: () => google.clock.now(), sleep: () => new Promise<void>(() => {}) };
  const network = createNetwork({
    fetch: peerFetch(router, { origin: `chrome-extension://${ID}` }),
    clock,
    hosts: declaration.hosts,
    isOnline: () => true,
    record: () => {},
  });
  const person = createPerson(router, { account: ann, extensionId: ID });
  const { webAuth } = person;
  const random = createTestRandom();
  const oauth = createOAuth({ network, webAuth, random, clock, isOnline: () => true });
  return { google, person, oauth, router };
}

describe('Google, without a client secret', () => {
  test('grants a token to the person who allows it, renews it silently, and stops when it is revoked', async () => {
    const { google, oauth } = world();
    expect(await oauth.authorize(renewal)).toEqual({
      kind: 'signed-out',
      why: 'interaction_required',
    });
    const linked = await oauth.authorize(link);
    if (linked.kind !== 'granted') throw new Error(linked.kind);
    expect(linked.grant.scopes).toContain(SEND);
    expect(linked.grant.refreshToken).toBe(null);
    expect(google.clock.now() + 3_599_000 - linked.grant.expiresAt).toBeLessThan(5_000);
    google.clock.advance(3_600_000);
    expect((await oauth.authorize(renewal)).kind).toBe('granted');
    google.revokeAll(ann.email);
    expect((await oauth.authorize(renewal)).kind).toBe('signed-out');
  });

  test('says which box was left unticked by what it grants', async () => {
    const { oauth, person } = world();
    person.habits.untick = [SEND];
    const linked = await oauth.authorize(link);
    if (linked.kind !== 'granted') throw new Error(linked.kind);
    expect(linked.grant.scopes).not.toContain(SEND);
    expect(linked.grant.scopes).toContain('openid');
  });

  test('is left by closing the window, and by denying', async () => {
    const { oauth, person } = world();
    person.habits.consent = 'close-window';
    expect(await oauth.authorize(link)).toEqual({ kind: 'cancelled' });
    person.habits.consent = 'deny';
    expect(await oauth.authorize(link)).toEqual({ kind: 'cancelled' });
  });

  test('shows an error page to an unknown client and for an unknown redirect URI', async () => {
    const unknown = { ...link, client: { ...withoutSecret, clientId: 'other' } };
    expect(await world().oauth.authorize(unknown)).toMatchObject({ code: 'invalid_client' });
    const { oauth } = world({ ...registered, redirectUris: [`https://${ID}.chromiumapp.org/`] });
    expect(await oauth.authorize(link)).toMatchObject({ code: 'not_recognised' });
    expect(await oauth.authorize(renewal)).toEqual({
      kind: 'unavailable',
      reason: 'strange-answer',
    });
  });
});

describe('Google, with a client secret', () => {
  const linkByCode = { ...link, client: withSecret };

  test('grants a refresh token that renews until it is revoked', async () => {
    const { google, oauth } = world();
    const linked = await oauth.authorize(linkByCode);
    if (linked.kind !== 'granted' || !linked.grant.refreshToken) throw new Error(linked.kind);
    const refresh = { ...linkByCode, refreshToken: linked.grant.refreshToken };
    google.clock.advance(40 * 86_400_000);
    const renewed = await oauth.refresh(refresh);
    expect(renewed).toMatchObject({ kind: 'granted', grant: { refreshToken: null } });
    google.revokeAll(ann.email);
    expect(await oauth.refresh(refresh)).toEqual({ kind: 'signed-out', why: 'invalid_grant' });
  });

  test('refuses a wrong secret, and a client that shows none', async () => {
    const { oauth } = world();
    const wrong = {
      ...linkByCode,
      client: { ...withSecret, clientSecret: secret('wrong'), tenant: null },
    };
    expect(await oauth.authorize(wrong)).toMatchObject({ kind: 'refused', code: 'invalid_client' });
    const none = { ...link, server: { ...server, flowWithoutSecret: 'code' as const } };
    expect(await oauth.authorize(none)).toMatchObject({ kind: 'refused', code: 'invalid_request' });
  });

  test('is not taken at its word when it does not say that it is Google', async () => {
    const { google, oauth } = world();
    google.switches.issuer = 'never';
    expect(await oauth.authorize(linkByCode)).toMatchObject({ code: 'wrong_issuer' });
    expect((await oauth.authorize(link)).kind).toBe('granted');
  });

  test('that can not be read by CORS asks for its host', async () => {
    const { oauth, router } = world();
    router.cors.only({ host: 'oauth2.googleapis.com' }, 'refused');
    expect(await oauth.authorize(linkByCode)).toEqual({
      kind: 'needs-host',
      host: 'oauth2.googleapis.com',
    });
  });
});

describe('the trial of a Google client', () => {
  const tried = (made: ReturnType<typeof world>, client: OAuthClient) =>
    made.oauth.tryClient({ server, client, scopes: link.scopes });

  test('works before anybody has signed in', async () => {
    expect(
      await tried(world(), { ...withSecret, clientSecret: secret('s3cret'), tenant: null }),
    ).toEqual({ kind: 'works', typeSeen: true });
    expect(await tried(world(), withoutSecret)).toEqual({ kind: 'works', typeSeen: true });
  });

  test('tells a wrong secret, a wrong id and a wrong redirect URI apart', async () => {
    expect(
      await tried(world(), { ...withSecret, clientSecret: secret('wrong'), tenant: null }),
    ).toMatchObject({
      kind: 'refused',
      code: 'invalid_client',
    });
    expect(await tried(world(), { ...withSecret, clientId: 'other' })).toMatchObject({
      kind: 'refused',
      code: 'invalid_client',
    });
    const elsewhere = world({ ...registered, redirectUris: ['https://example.com/'] });
    const missing = {
      kind: 'redirect-not-registered',
      redirectUri: `https://${ID}.chromiumapp.org/google`,
    };
    expect(await tried(elsewhere, withSecret)).toEqual(missing);
    const chromeApp = world({ ...registered, type: 'chrome-extension' });
    expect(await tried(chromeApp, withSecret)).toEqual(missing);
  });
});
