import { describe, expect, test } from 'vitest';
import { NetworkError } from '../../../utils/network/network.ts';
import type { RefreshRequest } from '../../../utils/oauth/oauth.ts';
import { secret } from '../../../utils/platform/platform.ts';
import {
  grantFields,
  json,
  publicClient,
  secretClient,
  server,
  withHeader,
  world,
} from './fake-server.ts';

const refresh: RefreshRequest = {
  server,
  client: secretClient,
  refreshToken: secret('rt-1'),
  scopes: ['openid', 'email', 'send'],
  accountId: 'account-1',
};

describe('a renewal', () => {
  test('shows the refresh token and the secret to the token endpoint alone', async () => {
    const { oauth, requests, webAuth } = world();
    expect((await oauth.refresh(refresh)).kind).toBe('granted');
    expect(webAuth.launches).toEqual([]);
    expect(requests).toMatchObject([
      { url: server.tokenEndpoint, purpose: 'renew-token', accountId: 'account-1' },
    ]);
    expect(Object.fromEntries(new URLSearchParams(requests[0]!.body as string))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'rt-1',
      client_id: 'client-1',
      client_secret: 's3cret',
    });
  });

  test('of a client without a secret sends none', async () => {
    const { oauth, requests } = world();
    await oauth.refresh({ ...refresh, client: publicClient });
    expect(requests[0]!.body).toBe(
      'refresh_token=rt-1&grant_type=refresh_token&client_id=client-1',
    );
  });

  test('hands over a rotated refresh token, and null when the old one stays', async () => {
    const { oauth, tokenSays } = world();
    const rotated = async (): Promise<unknown> => {
      const outcome = await oauth.refresh(refresh);
      return outcome.kind === 'granted' ? (outcome.grant.refreshToken?.reveal() ?? null) : outcome;
    };
    expect(await rotated()).toBe(null);
    tokenSays(() => json(200, { ...grantFields, refresh_token: 'rt-2' }));
    expect(await rotated()).toBe('rt-2');
  });

  test('without a scope in the answer stands for what was granted before', async () => {
    const { oauth, tokenSays } = world();
    tokenSays(() => json(200, { access_token: 'a', token_type: 'bearer' }));
    const outcome = await oauth.refresh(refresh);
    expect(outcome.kind === 'granted' && outcome.grant.scopes).toEqual(refresh.scopes);
  });

  test('ends in "signed out" by invalid_grant and not by the client being refused', async () => {
    const { oauth, tokenSays } = world();
    tokenSays(() => json(400, { error: 'invalid_grant' }));
    expect(await oauth.refresh(refresh)).toEqual({ kind: 'signed-out', why: 'invalid_grant' });
    tokenSays(() => json(401, { error: 'invalid_client' }));
    expect(await oauth.refresh(refresh)).toMatchObject({ kind: 'refused', code: 'invalid_client' });
  });

  test('never ends in "signed out" for lack of an answer', async () => {
    const { oauth, tokenSays } = world();
    for (const status of [429, 500, 503]) {
      tokenSays(() => json(status, { error: 'invalid_grant' }));
      expect((await oauth.refresh(refresh)).kind).toBe('unavailable');
    }
    for (const error of ['internal_failure', 'rate_limit_exceeded', 'temporarily_unavailable']) {
      tokenSays(() => json(403, { error }));
      expect((await oauth.refresh(refresh)).kind).toBe('unavailable');
    }
    for (const code of ['offline', 'timeout', 'failed', 'aborted', 'redirected'] as const) {
      tokenSays(() => new NetworkError(code, 'token.example'));
      expect((await oauth.refresh(refresh)).kind).toBe('unavailable');
    }
  });

  test.each([
    [429, {}, 'rate-limit'],
    [503, {}, 'provider-error'],
    [403, { error: 'slow_down' }, 'rate-limit'],
  ] as const)(
    'that is refused with %i for a time says until when, in seconds and as a date',
    async (status, body, reason) => {
      const { oauth, tokenSays, clock } = world();
      const date = new Date(Math.ceil(clock.now() / 1000) * 1000 + 600_000);
      for (const [header, atLeast] of [
        ['600', 600_000],
        [date.toUTCString(), 600_000],
      ] as const) {
        tokenSays(() => withHeader(json(status, body), 'retry-after', header));
        const outcome = await oauth.refresh(refresh);
        expect(outcome).toMatchObject({ kind: 'unavailable', reason });
        const waitMs = outcome.kind === 'unavailable' ? outcome.retryAfterMs : 0;
        expect(waitMs).toBeGreaterThanOrEqual(atLeast);
        expect(waitMs).toBeLessThan(atLeast + 1000);
      }
      for (const header of ['', 'soon', '-5', '0']) {
        tokenSays(() => withHeader(json(status, body), 'retry-after', header));
        expect(await oauth.refresh(refresh)).toEqual({ kind: 'unavailable', reason });
      }
    },
  );

  test('lasts as long as is said, in whatever way it is said', async () => {
    const { oauth, tokenSays, clock } = world();
    const fields = { access_token: 'a', token_type: 'bearer' };
    for (const expires_in of ['3599', 3599.9, '3599.5']) {
      tokenSays(() => json(200, { ...fields, expires_in, token_use: null, extra: {} }));
      const outcome = await oauth.refresh(refresh);
      expect(outcome.kind === 'granted' && outcome.grant.expiresAt).toBe(clock.now() + 3_599_000);
    }
  });

  test('knows when a refresh token ends, in whatever way it is said', async () => {
    const { oauth, tokenSays, clock } = world();
    const fields = { access_token: 'a', token_type: 'bearer', refresh_token: 'r' };
    for (const refresh_token_expires_in of [86_399, '86399']) {
      tokenSays(() => json(200, { ...fields, refresh_token_expires_in }));
      const outcome = await oauth.refresh(refresh);
      const endsAt = outcome.kind === 'granted' && outcome.grant.refreshTokenEndsAt;
      expect(endsAt).toBe(clock.now() + 86_399_000);
    }
  });

  test('is asked for again when the answer is in a shape of its own', async () => {
    const { oauth, tokenSays } = world();
    const error = { code: 400, message: 'no', status: 'INVALID_ARGUMENT' };
    for (const body of [{ error }, '', [], null, { error: '' }]) {
      tokenSays(() => json(400, body));
      expect((await oauth.refresh(refresh)).kind).toBe('unavailable');
    }
  });

  test('lets a mistake of ours through as what it is', async () => {
    const { oauth, tokenSays } = world();
    tokenSays(() => {
      throw new RangeError('a bug');
    });
    await expect(oauth.refresh(refresh)).rejects.toThrow('a bug');
  });
});
