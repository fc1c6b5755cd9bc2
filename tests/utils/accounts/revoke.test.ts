import { describe, expect, test } from 'vitest';
import { ada, grace, purposes, world } from './google-world.ts';
import { granted, linkedId, outlookLike, scriptedWorld } from './scripted-world.ts';

describe('revoking at Google', () => {
  test.each(['id', 'id and secret'] as const)(
    'with %s ends the grant, sees that it has ended, and wipes the tokens',
    async (client) => {
      const made = await world(client);
      const { id } = await made.linked();
      const before = made.calls.length;
      expect(await made.accounts.revoke(id)).toEqual({ kind: 'revoked' });
      // Its answer can not be read: CORS has it so, which is asked twice. What was seen is a refused
      // renewal, or use.
      expect(purposes(made, before)).toEqual([
        'probe-host',
        'probe-host',
        'probe-host',
        'probe-host',
        'revoke',
        ...(client === 'id' ? [] : ['renew-token']),
        'identify-account',
      ]);
      expect([...made.session.stored.keys()]).toEqual([]);
      expect(await made.accounts.get(id)).toMatchObject({
        address: ada.email,
        grant: 'none',
        grantedRungs: [],
        health: { kind: 'needs-sign-in', why: 'no_grant' },
      });
      expect(await made.accounts.token(id, 'send')).toEqual({
        kind: 'needs-sign-in',
        why: 'no_grant',
      });
      expect(await made.accounts.revoke(id)).toEqual({ kind: 'nothing-to-revoke' });
    },
  );

  test('leaves an account that signing in brings back, and other accounts alone', async () => {
    const made = await world();
    const { id } = await made.linked();
    made.person.habits.account = grace;
    const other = await made.linked();
    await made.accounts.revoke(id);
    expect((await made.accounts.token(other.id, 'send')).kind).toBe('token');
    made.person.habits.account = ada;
    expect(await made.accounts.reconnect(id)).toMatchObject({ kind: 'linked', canSend: true });
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });

  test('gets a token first when none is at hand', async () => {
    const made = await world();
    const { id } = await made.linked();
    made.clock.jump(3_600_000);
    expect(await made.accounts.revoke(id)).toEqual({ kind: 'revoked' });
  });

  test('wipes nothing when the call could not be made', async () => {
    const made = await world('id and secret');
    const { id } = await made.linked();
    made.online = false;
    expect(await made.accounts.revoke(id)).toEqual({ kind: 'failed', reason: 'offline' });
    made.online = true;
    expect(await made.accounts.get(id)).toMatchObject({ grant: 'lasting' });
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });
});

describe('revoking', () => {
  test('is only called done when a renewal is refused, and is looked at again for a moment', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    let looks = 0;
    made.identify = () => ({ kind: 'refused', code: '401' });
    made.refresh = () =>
      ++looks < 3 ? granted('at-x', null) : { kind: 'signed-out', why: 'invalid_grant' };
    const result = made.accounts.revoke(id);
    await made.clock.untilAsleep(1);
    await made.clock.advance(1_000);
    await made.clock.untilAsleep(1);
    await made.clock.advance(3_000);
    expect(await result).toEqual({ kind: 'revoked' });
    expect(made.asked).toEqual([
      'revoke rt-0',
      'refresh rt-0',
      'identify at-0',
      'refresh rt-0',
      'refresh rt-0',
    ]);
  });

  test.each([
    ['still works', () => granted('at-x', null)],
    ['can not be asked', () => ({ kind: 'unavailable', reason: 'network' }) as const],
    ['is refused for the client', () => ({ kind: 'refused', code: 'x', detail: '' }) as const],
  ])('is called asked when the token %s, and wipes all the same', async (_, refresh) => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.identify = () => ({ kind: 'refused', code: '401' });
    made.refresh = refresh;
    const result = made.accounts.revoke(id);
    for (const ms of [1_000, 3_000]) {
      await made.clock.untilAsleep(1);
      await made.clock.advance(ms);
    }
    expect(await result).toEqual({ kind: 'asked' });
    expect(await made.accounts.get(id)).toMatchObject({ grant: 'none' });
    expect([...made.session.stored.keys()]).toEqual([]);
  });

  test('is not called done while an access token still works, whatever is said of the other', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
    const result = made.accounts.revoke(id);
    for (const ms of [1_000, 3_000]) {
      await made.clock.untilAsleep(1);
      await made.clock.advance(ms);
    }
    expect(await result).toEqual({ kind: 'asked' });
  });

  test.each(['email_not_verified', '403'])(
    'is not called done because the provider says %s of a token',
    async (code) => {
      const made = await scriptedWorld();
      const id = await linkedId(made);
      made.identify = () => ({ kind: 'refused', code });
      made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
      const result = made.accounts.revoke(id);
      for (const ms of [1_000, 3_000]) {
        await made.clock.untilAsleep(1);
        await made.clock.advance(ms);
      }
      expect(await result).toEqual({ kind: 'asked' });
    },
  );

  test('where the provider has no such call wipes here and names the page', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    const { consentPage } = outlookLike.authorization;
    made.revoke = () => ({ kind: 'local-only', consentPage: 'https://consent.example/' });
    expect(await made.accounts.revoke(id)).toEqual({
      kind: 'local-only',
      consentPage,
      why: 'no-such-call',
    });
    expect(await made.accounts.get(id)).toMatchObject({ grant: 'none' });
  });

  test('fails without wiping when the provider could not be reached', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.revoke = () => ({ kind: 'failed', reason: 'timeout' });
    expect(await made.accounts.revoke(id)).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(await made.accounts.get(id)).toMatchObject({ grant: 'lasting' });
  });

  test.each([
    ['consent_required', { kind: 'nothing-to-revoke' }],
    [
      'login_required',
      {
        kind: 'local-only',
        consentPage: 'https://myaccount.google.com/connections',
        why: 'no-token',
      },
    ],
  ] as const)('without any token after %s is %j', async (why, result) => {
    const made = await scriptedWorld();
    made.authorize = () => granted('at-0', null);
    const id = await linkedId(made);
    made.clock.jump(3_600_000);
    made.authorize = () => ({ kind: 'signed-out', why });
    expect(await made.accounts.revoke(id)).toEqual(result);
    expect(await made.accounts.get(id)).toMatchObject({ grant: 'none' });
  });

  test('an account that is not there is nothing to revoke', async () => {
    const made = await scriptedWorld();
    expect(await made.accounts.revoke('gone')).toEqual({ kind: 'nothing-to-revoke' });
  });
});

describe('forgetting', () => {
  test('leaves nothing of the account in any store, and does not touch others', async () => {
    const made = await world('id and secret');
    const { id } = await made.linked();
    made.person.habits.account = grace;
    const other = await made.linked();
    await made.accounts.forget(id);
    await made.accounts.forget('gone');
    expect([...made.local.stored.keys()].sort()).toEqual([
      `account/${other.id}`,
      'oauth-client/gmail',
    ]);
    expect([...made.session.stored.keys()]).toEqual([`access-token/${other.id}.send`]);
    expect(await made.accounts.get(id)).toBe(null);
    await made.accounts.markUsed(id);
    await made.accounts.noteHealth(id, { kind: 'works' });
    expect(await made.accounts.list()).toHaveLength(1);
  });
});
