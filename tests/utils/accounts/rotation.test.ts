import { describe, expect, test } from 'vitest';
import type { TokenOutcome } from '../../../utils/providers/providers.ts';
import { declaration as outlook } from '../../../utils/providers/outlook/outlook.ts';
import { granted, linkedId, person, scriptedWorld } from './scripted-world.ts';

const HOUR_MS = 3_600_000;
const token = (outcome: TokenOutcome): string =>
  outcome.kind === 'token' ? outcome.token.reveal() : outcome.kind;

describe('a rotated refresh token', () => {
  test('is used from then on, in the place of the old one', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    for (const round of [1, 2, 3]) {
      made.clock.jump(HOUR_MS);
      const now = made.clock.now();
      made.refresh = () => granted(`at-${round}`, `rt-${round}`, { now });
      expect(token(await made.accounts.token(id, 'send'))).toBe(`at-${round}`);
    }
    expect(made.asked).toEqual(['refresh rt-0', 'refresh rt-1', 'refresh rt-2']);
  });

  test('stays what it was when the server does not rotate', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    for (const round of [1, 2]) {
      made.clock.jump(HOUR_MS);
      made.refresh = () => granted(`at-${round}`, null, { now: round * HOUR_MS });
      await made.accounts.token(id, 'send');
    }
    expect(made.asked).toEqual(['refresh rt-0', 'refresh rt-0']);
  });

  test('is stored before the new access token is stored or handed out', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.clock.jump(HOUR_MS);
    const cachedBefore = new Map(made.session.stored);
    made.local.failNext('set');
    await expect(made.accounts.token(id, 'send')).rejects.toThrow('storage');
    expect(made.session.stored).toEqual(cachedBefore);
    // The worker that dies between the two writes has the new refresh token, and no dead end.
    made.refresh = () => granted('at-2', 'rt-2', { now: HOUR_MS });
    made.session.failNext('set');
    await expect(made.accounts.token(id, 'send')).rejects.toThrow('storage');
    made.asked.length = 0;
    made.refresh = () => granted('at-3', 'rt-3', { now: HOUR_MS });
    expect(token(await made.accounts.token(id, 'send'))).toBe('at-3');
    expect(made.asked).toEqual(['refresh rt-2']);
  });

  test('comes with a silent authorisation too, when the old one has ended', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.clock.jump(24 * HOUR_MS);
    made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
    made.authorize = () => granted('at-5', 'rt-5', { now: 24 * HOUR_MS });
    expect(token(await made.accounts.token(id, 'send'))).toBe('at-5');
    expect(made.asked).toEqual(['refresh rt-0', 'authorize none ann@example.com', 'identify at-5']);
    made.refresh = () => granted('at-6', 'rt-6', { now: 25 * HOUR_MS });
    made.clock.jump(HOUR_MS);
    await made.accounts.token(id, 'send');
    expect(made.asked.at(-1)).toBe('refresh rt-5');
  });

  test('that is dead is shown to nobody again when no silent way is left', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.clock.jump(24 * HOUR_MS);
    made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
    made.authorize = () => ({ kind: 'signed-out', why: 'consent_required' });
    const outcome = { kind: 'needs-sign-in', why: 'consent_required' };
    expect(await made.accounts.token(id, 'send')).toEqual(outcome);
    expect(await made.accounts.token(id, 'send')).toEqual(outcome);
    expect(made.asked.filter((act) => act.startsWith('refresh'))).toEqual(['refresh rt-0']);
    expect(await made.accounts.get(id)).toMatchObject({ health: outcome, grant: 'per-session' });
  });
});

describe('what happens during a renewal', () => {
  test.each(['forget', 'revoke'] as const)(
    '%s: neither the new token nor the rotated one is stored or handed out',
    async (act) => {
      const made = await scriptedWorld();
      const id = await linkedId(made);
      made.clock.jump(HOUR_MS);
      const renewal = Promise.withResolvers<ReturnType<typeof granted>>();
      const asking = Promise.withResolvers<undefined>();
      made.refresh = (shown) => {
        made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
        expect(shown).toBe('rt-0');
        asking.resolve(undefined);
        return renewal.promise;
      };
      const outcome = made.accounts.token(id, 'send');
      await asking.promise;
      await made.accounts[act](id);
      renewal.resolve(granted('at-late', 'rt-late', { now: HOUR_MS }));
      expect(await outcome).toEqual({ kind: 'needs-sign-in', why: 'no_grant' });
      expect([...made.session.stored.keys()]).toEqual([]);
      expect(await made.accounts.list()).toMatchObject(
        act === 'forget' ? [] : [{ id, grant: 'none' }],
      );
    },
  );

  test('a note about its health is not lost', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    await Promise.all([
      made.accounts.markUsed(id),
      made.accounts.noteHealth(id, { kind: 'refused', code: 'domainPolicy', detail: 'no' }),
      made.accounts.markUsed(id),
    ]);
    expect(await made.accounts.get(id)).toMatchObject({
      lastUsedAt: 0,
      health: { kind: 'refused', code: 'domainPolicy', detail: 'no' },
    });
  });

  test('the person got another address: the account shows it, and is the same', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.clock.jump(HOUR_MS);
    made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
    made.identify = () => ({
      kind: 'identified',
      identity: { subject: 's-1', address: 'ann@new.example', name: '' },
    });
    made.authorize = () => granted('at-2', null, { now: HOUR_MS });
    await made.accounts.token(id, 'send');
    expect(await made.accounts.get(id)).toMatchObject({ address: 'ann@new.example', name: 'Ann' });
  });
});

describe('a token of an account', () => {
  test('is never another person’s, whatever the server grants silently', async () => {
    const made = await scriptedWorld();
    const id = await linkedId(made);
    made.clock.jump(HOUR_MS);
    made.refresh = () => ({ kind: 'signed-out', why: 'invalid_grant' });
    made.authorize = () => granted('at-bob', 'rt-bob', { now: HOUR_MS });
    made.identify = () => ({
      kind: 'identified',
      identity: { subject: 's-2', address: 'ann@example.com', name: 'Ann' },
    });
    const before = new Map(made.session.stored);
    const outcome = { kind: 'needs-sign-in', why: 'login_required' };
    expect(await made.accounts.token(id, 'send')).toEqual(outcome);
    expect(made.session.stored).toEqual(before);
    made.identify = () => person;
    await made.accounts.token(id, 'send');
    expect(made.asked).not.toContain('refresh rt-bob');
  });

  test('with further rights than asked for unlocks nothing by it, and says what it carries', async () => {
    const made = await scriptedWorld();
    const scopes = ['openid', 'Mail.ReadWrite', 'User.Read', 'Mail.Send', 'profile'];
    made.authorize = () => granted('at-0', 'rt-0', { scopes });
    const id = await linkedId(made);
    expect(await made.accounts.get(id)).toMatchObject({
      grantedRungs: ['send'],
      carriesMore: ['Mail.ReadWrite'],
    });
  });

  test.each([[['Mail.Send', 'User.Read']], [['Mail.Send']]])(
    'does not depend on identity scopes, which servers leave out of their answers: %s',
    async (scopes) => {
      const made = await scriptedWorld();
      made.authorize = () => granted('at-0', 'rt-0', { scopes });
      const id = await linkedId(made);
      expect((await made.accounts.get(id))?.grantedRungs).toEqual(['send']);
    },
  );

  test.each([
    [
      { kind: 'signed-out', why: 'access_denied' },
      { kind: 'needs-sign-in', why: 'access_denied' },
    ],
    [{ kind: 'cancelled' }, { kind: 'unavailable', reason: 'strange-answer' }],
    [
      { kind: 'refused', code: 'wrong_state', detail: '' },
      { kind: 'refused', code: 'wrong_state', detail: '' },
    ],
    [
      { kind: 'needs-host', host: 'x' },
      { kind: 'needs-host', host: 'x' },
    ],
    [
      { kind: 'unavailable', reason: 'timeout' },
      { kind: 'unavailable', reason: 'timeout' },
    ],
  ] as const)('after a silent authorisation that ended in %j is %j', async (end, outcome) => {
    const made = await scriptedWorld();
    made.authorize = () => granted('at-0', null);
    const id = await linkedId(made);
    made.clock.jump(HOUR_MS);
    made.authorize = () => end;
    expect(await made.accounts.token(id, 'send')).toEqual(outcome);
  });
});

describe('a further right that an administrator took back', () => {
  const AWAY = { kind: 'needs-admin', code: 'AADSTS90094', detail: '' } as const;
  const withDrafts = async () => {
    const made = await scriptedWorld(outlook);
    const id = await linkedId(made);
    made.authorize = () => granted('at-d', 'rt-d', { scopes: outlook.rungs.drafts ?? [] });
    await made.accounts.grantRung(id, 'drafts');
    made.clock.jump(HOUR_MS);
    return { made, id };
  };

  test('is missing from then on, and hinders nobody who only sends', async () => {
    const { made, id } = await withDrafts();
    made.refresh = (shown) =>
      shown === 'rt-d'
        ? { ...AWAY, approvable: true }
        : granted('at-s', 'rt-s', { now: made.clock.now() });
    const outcome = await made.accounts.token(id, 'drafts');
    expect(outcome).toEqual({ kind: 'missing-right', rung: 'drafts' });
    expect(await made.accounts.get(id)).toMatchObject({
      health: { kind: 'works' },
      grantedRungs: ['send'],
    });
    expect(token(await made.accounts.token(id, 'send'))).toBe('at-s');
  });

  test('stays where it is only a policy that stands in the way now', async () => {
    const { made, id } = await withDrafts();
    made.refresh = () => ({ ...AWAY, code: 'AADSTS53003', approvable: false });
    expect(await made.accounts.token(id, 'drafts')).toMatchObject({ kind: 'refused' });
    expect(await made.accounts.get(id)).toMatchObject({ grantedRungs: ['send', 'drafts'] });
  });
});
