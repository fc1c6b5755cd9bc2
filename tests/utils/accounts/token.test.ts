import { describe, expect, test } from 'vitest';
import type { TokenOutcome } from '../../../utils/providers/providers.ts';
import { ada, grace, googleClient, purposes, SEND, world, type World } from './google-world.ts';

const HOUR_MS = 3_600_000;

const reveal = (outcome: TokenOutcome): string => {
  if (outcome.kind !== 'token') throw new Error(JSON.stringify(outcome));
  return outcome.token.reveal();
};

async function linkedWorld(client: 'id' | 'id and secret' = 'id') {
  const made = await world(client);
  const { id } = await made.linked();
  const linkedCalls = made.calls.length;
  return {
    made,
    id,
    token: async (options?: { readonly rejected: boolean }) =>
      await made.accounts.token(id, 'send', options),
    newPurposes: () => purposes(made, linkedCalls),
    health: async () => (await made.accounts.get(id))?.health,
  };
}

describe('a token', () => {
  test('comes from the cache until a minute before its end, in every context', async () => {
    const { made, id, token, newPurposes } = await linkedWorld();
    const first = reveal(await token());
    made.clock.jump(3_599_000 - 61_000);
    expect(reveal(await token())).toBe(first);
    expect(reveal(await made.worker().token(id, 'send'))).toBe(first);
    expect(newPurposes()).toEqual([]);
    made.clock.jump(1_000);
    expect(reveal(await token())).not.toBe(first);
  });

  test('is renewed silently, as the same person, without the person', async () => {
    const { made, token, newPurposes, health } = await linkedWorld();
    const first = reveal(await token());
    made.clock.jump(HOUR_MS);
    const second = reveal(await token());
    expect(second).not.toBe(first);
    expect(newPurposes()).toEqual(['identify-account']);
    expect(reveal(await token())).toBe(second);
    expect(await health()).toEqual({ kind: 'works' });
  });

  test('is renewed by the refresh token, in one request', async () => {
    const { made, token, newPurposes } = await linkedWorld('id and secret');
    made.clock.jump(HOUR_MS);
    await token();
    expect(newPurposes()).toEqual(['renew-token']);
  });

  test('is renewed when the cache ended with the browser, or can not be opened', async () => {
    const { made, token } = await linkedWorld();
    await made.session.clear();
    const second = reveal(await token());
    const [key = ''] = made.session.stored.keys();
    made.session.stored.set(key, '"1.AAAA"');
    const third = reveal(await token());
    expect(third).not.toBe(second);
    expect(reveal(await token())).toBe(third);
  });

  test('is renewed once for all who ask at the same time, in all contexts', async () => {
    const { made, id, newPurposes } = await linkedWorld('id and secret');
    made.clock.jump(HOUR_MS);
    const workers = [made.accounts, made.worker(), made.worker()];
    const tokens = await Promise.all(
      workers.flatMap((accounts) => [accounts.token(id, 'send'), accounts.token(id, 'send')]),
    );
    expect(new Set(tokens.map(reveal)).size).toBe(1);
    expect(newPurposes()).toEqual(['renew-token']);
  });

  test('of one account does not wait for another’s', async () => {
    const { made, id } = await linkedWorld('id and secret');
    made.person.habits.account = grace;
    const other = await made.linked();
    made.clock.jump(HOUR_MS);
    const hold = made.router.faults.hold({ match: { path: '/token' } });
    const slow = made.accounts.token(id, 'send');
    await hold.arrived;
    expect((await made.accounts.token(other.id, 'send')).kind).toBe('token');
    hold.release();
    expect((await slow).kind).toBe('token');
  });

  test('of a rung that was never granted is a missing right, and asks nobody', async () => {
    const { made, id, newPurposes } = await linkedWorld();
    for (const rung of ['drafts', 'read', 'files', 'shared-mailbox'] as const) {
      expect(await made.accounts.token(id, rung)).toEqual({ kind: 'missing-right', rung });
    }
    expect(newPurposes()).toEqual([]);
  });

  test('of an account that is not there is none', async () => {
    const { made } = await linkedWorld();
    const none = { kind: 'needs-sign-in', why: 'no_grant' };
    expect(await made.accounts.token('gone', 'send')).toEqual(none);
  });
});

describe('a token that the provider rejects', () => {
  test('is dropped and replaced once, also when several meet it at once', async () => {
    const { made, id, newPurposes } = await linkedWorld('id and secret');
    made.google.expireAccessTokens();
    const rejected = { rejected: true };
    const tokens = await Promise.all([
      made.accounts.token(id, 'send', rejected),
      made.worker().token(id, 'send', rejected),
      made.accounts.token(id, 'send', rejected),
    ]);
    expect(new Set(tokens.map(reveal)).size).toBe(1);
    expect(newPurposes()).toEqual(['renew-token']);
  });

  test('and whose replacement is rejected too means that the person has to sign in', async () => {
    const { made, id, token, health } = await linkedWorld();
    const rejected = { rejected: true };
    const second = reveal(await token(rejected));
    expect(reveal(await token())).toBe(second);
    const outcome = { kind: 'needs-sign-in', why: 'token_rejected' };
    expect(await token(rejected)).toEqual(outcome);
    expect(await health()).toEqual(outcome);
    expect([...made.session.stored.keys()]).toEqual([]);
    expect((await made.accounts.reconnect(id)).kind).toBe('linked');
    expect(await health()).toEqual({ kind: 'works' });
  });

  test('may be replaced again when its replacement served for a while', async () => {
    const { made, token } = await linkedWorld();
    const second = reveal(await token({ rejected: true }));
    made.clock.jump(5 * 60_000);
    expect(reveal(await token({ rejected: true }))).not.toBe(second);
  });

  test('is replaced when the cache is empty already', async () => {
    const { made, token } = await linkedWorld();
    await made.session.clear();
    expect((await token({ rejected: true })).kind).toBe('token');
  });
});

describe('signed out', () => {
  test('is who has withdrawn consent, and the account keeps its record', async () => {
    const { made, id, token, health } = await linkedWorld();
    made.google.revokeAll(ada.email);
    made.clock.jump(HOUR_MS);
    const outcome = { kind: 'needs-sign-in', why: 'interaction_required' };
    expect(await token()).toEqual(outcome);
    expect(await health()).toEqual(outcome);
    expect(await made.worker().list()).toMatchObject([{ id, address: ada.email, health: outcome }]);
  });

  test('is only who no silent way is left for: a dead refresh token is replaced by the sign-in', async () => {
    const { made, token, health, newPurposes } = await linkedWorld('id and secret');
    made.router.faults.add({
      match: { path: '/token' },
      fault: {
        kind: 'refuse',
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: '{"error":"invalid_grant"}',
      },
    });
    made.clock.jump(HOUR_MS);
    expect((await token()).kind).toBe('token');
    expect(newPurposes()).toEqual(['renew-token', 'renew-token', 'identify-account']);
    expect(await health()).toEqual({ kind: 'works' });
    expect((await made.accounts.list())[0]?.grant).toBe('per-session');
  });

  test('is who changed the password and is signed in nowhere', async () => {
    const { made, token, health } = await linkedWorld('id and secret');
    made.google.changePassword(ada.email);
    made.clock.jump(HOUR_MS);
    expect(await token()).toMatchObject({ kind: 'needs-sign-in' });
    expect(await health()).toMatchObject({ kind: 'needs-sign-in' });
  });

  test('is whose browser is signed in as somebody else: nothing of theirs is kept or used', async () => {
    const { made, token, health } = await linkedWorld();
    made.person.habits.account = grace;
    await made.linked();
    made.clock.jump(HOUR_MS);
    // As a provider that does not heed the hint.
    made.detour = (url) => url.searchParams.set('login_hint', grace.email);
    const before = [...made.session.stored.keys()];
    const outcome = { kind: 'needs-sign-in', why: 'login_required' };
    expect(await token()).toEqual(outcome);
    expect(await health()).toEqual(outcome);
    expect([...made.session.stored.keys()]).toEqual(before);
    expect(await made.accounts.list()).toMatchObject([
      { address: ada.email },
      { address: grace.email },
    ]);
  });

  test('mends itself when the person signs in again in the browser', async () => {
    const { made, token, health } = await linkedWorld();
    made.clock.jump(HOUR_MS);
    made.detour = (url) => url.searchParams.set('login_hint', 'nobody@example.com');
    expect((await token()).kind).toBe('needs-sign-in');
    made.detour = () => {};
    expect((await token()).kind).toBe('token');
    expect(await health()).toEqual({ kind: 'works' });
  });
});

describe('neither signed out nor refused', () => {
  const waits = async (made: World, id: string): Promise<unknown> => {
    const outcome = await made.accounts.token(id, 'send');
    const account = await made.accounts.get(id);
    return [outcome, account?.health.kind];
  };

  test('is who is offline', async () => {
    for (const client of ['id', 'id and secret'] as const) {
      const { made, id } = await linkedWorld(client);
      made.clock.jump(HOUR_MS);
      made.online = false;
      expect(await waits(made, id)).toEqual([{ kind: 'unavailable', reason: 'offline' }, 'works']);
      made.online = true;
      expect((await made.accounts.token(id, 'send')).kind).toBe('token');
    }
  });

  test.each([
    [{ kind: 'refuse', status: 500 }, 'provider-error'],
    [{ kind: 'refuse', status: 503 }, 'provider-error'],
    [{ kind: 'too-many-requests', retryAfterSeconds: 7 }, 'rate-limit'],
    [{ kind: 'answer-garbage' }, 'strange-answer'],
    [{ kind: 'cut-before-body' }, 'network'],
    [{ kind: 'cut-mid-answer', afterBytes: 5 }, 'network'],
  ] as const)('is whose token endpoint has trouble: %j', async (fault, reason) => {
    const { made, id } = await linkedWorld('id and secret');
    made.clock.jump(HOUR_MS);
    made.router.faults.add({ match: { path: '/token' }, fault });
    expect(await waits(made, id)).toEqual([{ kind: 'unavailable', reason }, 'works']);
  });

  test('is whose answers the browser hides: the person can allow the host', async () => {
    const { made, id } = await linkedWorld('id and secret');
    made.clock.jump(HOUR_MS);
    made.router.cors.only({ host: 'oauth2.googleapis.com' }, 'refused');
    expect(await waits(made, id)).toEqual([
      { kind: 'needs-host', host: 'oauth2.googleapis.com' },
      'works',
    ]);
  });

  test('is who can not be identified just now: the token is not kept', async () => {
    const { made, id } = await linkedWorld();
    made.clock.jump(HOUR_MS);
    const before = new Map(made.session.stored);
    made.router.faults.add({
      match: { path: '/v1/userinfo' },
      fault: { kind: 'refuse', status: 503 },
    });
    expect(await waits(made, id)).toEqual([
      { kind: 'unavailable', reason: 'provider-error' },
      'works',
    ]);
    expect(made.session.stored).toEqual(before);
  });
});

describe('refused', () => {
  test('is the account of a client whose secret is wrong, until another client is saved', async () => {
    const { made, token, health } = await linkedWorld('id and secret');
    const { id: clientId, secret: clientSecret } = googleClient;
    await made.accounts.saveClient('gmail', { clientId, clientSecret: 'wrong', tenant: null });
    made.clock.jump(HOUR_MS);
    const outcome = { kind: 'refused', code: 'invalid_client' };
    expect(await token()).toMatchObject(outcome);
    expect(await health()).toMatchObject(outcome);
    await made.accounts.saveClient('gmail', { clientId, clientSecret, tenant: null });
    expect(await health()).toEqual({ kind: 'works' });
    expect((await token()).kind).toBe('token');
  });

  test('is the account whose client is gone', async () => {
    const { made, token } = await linkedWorld();
    await made.accounts.removeClient('gmail');
    made.clock.jump(HOUR_MS);
    expect(await token()).toMatchObject({ kind: 'refused', code: 'no_client' });
  });

  test('never shows a refresh token to another client, nor without the secret', async () => {
    const { made, token, newPurposes } = await linkedWorld('id and secret');
    await made.accounts.saveClient('gmail', {
      clientId: googleClient.id,
      clientSecret: null,
      tenant: null,
    });
    made.clock.jump(HOUR_MS);
    expect((await token()).kind).toBe('token');
    expect(newPurposes()).toEqual(['identify-account']);
    await made.accounts.saveClient('gmail', {
      clientId: 'another',
      clientSecret: 'x',
      tenant: null,
    });
    made.clock.jump(HOUR_MS);
    await token();
    expect(newPurposes()).not.toContain('renew-token');
  });
});

describe('rights', () => {
  test('that a renewal no longer brings are missing from then on', async () => {
    const { made, id, token } = await linkedWorld();
    made.clock.jump(HOUR_MS);
    made.detour = (url) => url.searchParams.set('scope', 'openid email');
    const missing = { kind: 'missing-right', rung: 'send' };
    expect(await token()).toEqual(missing);
    expect(await made.accounts.get(id)).toMatchObject({
      grantedRungs: [],
      health: { kind: 'works' },
    });
    expect(await token()).toEqual(missing);
    expect([...made.session.stored.values()].join()).not.toContain(SEND);
  });
});

describe('an account that can not be opened', () => {
  test('is refused, listed apart, kept as it is, and can be forgotten', async () => {
    const { made, id, token } = await linkedWorld();
    made.person.habits.account = grace;
    const other = await made.linked();
    await made.session.clear();
    made.local.stored.set(`account/${id}`, '"1.AAAA"');
    expect(await token()).toMatchObject({ kind: 'refused', code: 'account_unreadable' });
    expect((await made.accounts.list()).map((account) => account.id)).toEqual([other.id]);
    expect(await made.accounts.unreadable()).toEqual([{ id, code: 'corrupt' }]);
    await expect(made.accounts.get(id)).rejects.toThrow('corrupt');
    expect(await made.accounts.revoke(id)).toMatchObject({ kind: 'failed' });
    expect(made.local.stored.get(`account/${id}`)).toBe('"1.AAAA"');
    expect((await made.accounts.token(other.id, 'send')).kind).toBe('token');
    await made.accounts.forget(id);
    expect(await made.accounts.unreadable()).toEqual([]);
  });
});
