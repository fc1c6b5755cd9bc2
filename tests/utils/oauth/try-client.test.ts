import { describe, expect, test } from 'vitest';
import { NetworkError } from '../../../utils/network/network.ts';
import { cameBack } from '../../harness/fake-web-auth.ts';
import { json, publicClient, secretClient, server, world } from './fake-server.ts';

const trial = { server, client: publicClient, scopes: ['openid', 'send'] };
const withSecret = { ...trial, client: secretClient };
const unknownCode = json(400, {
  error: 'invalid_grant',
  error_description: 'Malformed auth code.',
});

describe('the trial of a client', () => {
  test('shows nothing to the person', async () => {
    const { oauth, webAuth } = world();
    await oauth.tryClient(trial);
    expect(webAuth.launches).toMatchObject([{ interactive: false }]);
    expect(webAuth.launches[0]!.url.searchParams.get('prompt')).toBe('none');
  });

  test.each(['interaction_required', 'login_required', 'consent_required', 'access_denied'])(
    'works when the server sends the browser back, also with %s',
    async (error) => {
      const { oauth, webAuth, requests } = world();
      webAuth.endWith((launch) => cameBack(launch, { error }));
      expect(await oauth.tryClient(trial)).toEqual({ kind: 'works', typeSeen: true });
      expect(requests).toEqual([]);
    },
  );

  test('works when the server grants at once, and keeps nothing of it', async () => {
    const { oauth, webAuth } = world();
    webAuth.endWith((launch) => cameBack(launch, { access_token: 'a', token_type: 'Bearer' }));
    expect(await oauth.tryClient(trial)).toEqual({ kind: 'works', typeSeen: true });
  });

  test('proves a secret by a code that nobody issued', async () => {
    const { oauth, webAuth, tokenSays, requests } = world();
    webAuth.endWith((launch) => cameBack(launch, { error: 'interaction_required' }));
    tokenSays(() => unknownCode);
    expect(await oauth.tryClient(withSecret)).toEqual({ kind: 'works', typeSeen: true });
    expect(requests).toMatchObject([{ purpose: 'test-client', accountId: null }]);
    tokenSays(() => json(401, { error: 'invalid_client', error_description: 'wrong secret' }));
    expect(await oauth.tryClient(withSecret)).toEqual({
      kind: 'refused',
      code: 'invalid_client',
      detail: 'wrong secret',
    });
    tokenSays(() => new NetworkError('cors-refused', 'token.example'));
    expect(await oauth.tryClient(withSecret)).toEqual({
      kind: 'needs-host',
      host: 'token.example',
    });
  });

  test('does not redeem a real code that came back', async () => {
    const { oauth, webAuth, tokenSays, requests } = world();
    webAuth.endWith((launch) => cameBack(launch, { code: 'real', iss: server.issuer }));
    tokenSays(() => unknownCode);
    expect(await oauth.tryClient(withSecret)).toEqual({ kind: 'works', typeSeen: true });
    expect(requests.map(({ body }) => (body as string).includes('real'))).toEqual([false]);
  });

  test.each(['interaction-required', 'failed'] as const)(
    'does not recognise a client when the server shows a page (%s) and is there',
    async (kind) => {
      const { oauth, webAuth, tokenSays } = world();
      webAuth.endWith(() => (kind === 'failed' ? { kind, detail: 'not-loaded' } : { kind }));
      tokenSays(() => json(400, { error: 'invalid_request' }));
      expect(await oauth.tryClient(trial)).toEqual({ kind: 'not-recognised' });
      tokenSays(() => json(401, { error: 'invalid_client', error_description: 'not found' }));
      expect(await oauth.tryClient(trial)).toMatchObject({ code: 'invalid_client' });
      tokenSays(() => new NetworkError('failed', 'token.example'));
      expect(await oauth.tryClient(trial)).toEqual({ kind: 'unavailable', reason: 'network' });
    },
  );

  test('says what the server refuses, and what can be tried again', async () => {
    const { oauth, webAuth } = world();
    webAuth.endWith((launch) => cameBack(launch, { error: 'unauthorized_client' }));
    expect(await oauth.tryClient(trial)).toMatchObject({
      kind: 'refused',
      code: 'unauthorized_client',
    });
    webAuth.endWith((launch) => cameBack(launch, { error: 'server_error' }));
    expect(await oauth.tryClient(trial)).toEqual({ kind: 'unavailable', reason: 'provider-error' });
    webAuth.endWith((launch) => cameBack(launch, { error: 'login_required', state: 'x' }));
    expect(await oauth.tryClient(trial)).toMatchObject({ kind: 'refused', code: 'wrong_state' });
  });

  test('is not begun offline', async () => {
    const made = world();
    made.online = false;
    expect(await made.oauth.tryClient(trial)).toEqual({ kind: 'unavailable', reason: 'offline' });
  });

  test('names the redirect URI that is to be registered', () => {
    expect(world().oauth.redirectUri(server)).toBe(
      'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer',
    );
  });
});
