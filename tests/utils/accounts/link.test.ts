import { describe, expect, test } from 'vitest';
import { ada, googleClient, grace, purposes, SEND, world, type World } from './google-world.ts';
import { PLAIN_ACCOUNT } from '../../harness/plain-account.ts';

const readable = ({ local, session }: World): string =>
  [...local.stored, ...session.stored].flat().join('\n');

describe('linking', () => {
  test('makes an account of the person, with the right to send and nothing long-lived', async () => {
    const made = await world();
    const outcome = await made.accounts.link('gmail');
    expect(outcome).toEqual({
      kind: 'linked',
      canSend: true,
      relinked: false,
      account: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        providerId: 'gmail',
        providerName: 'Gmail',
        address: ada.email,
        name: '',
        ...PLAIN_ACCOUNT,
        grantedRungs: ['send'],
        health: { kind: 'works' },
        grant: 'per-session',
        limits: { messageBytes: 36_700_160, recipients: 500 },
        linkedAt: made.clock.now(),
        lastUsedAt: null,
      },
      lostRungs: [],
    });
    expect(await made.worker().list()).toEqual([outcome.kind === 'linked' && outcome.account]);
    expect(purposes(made)).toEqual(['identify-account']);
  });

  test('keeps a refresh token where the person entered a secret', async () => {
    const made = await world('id and secret');
    expect((await made.linked()).grant).toBe('lasting');
    expect(purposes(made)).toEqual(['sign-in', 'identify-account']);
  });

  test('stores nothing that can be read: no address, name, token, secret or client', async () => {
    const made = await world('id and secret');
    const account = await made.linked();
    const token = await made.accounts.token(account.id, 'send');
    const stored = readable(made);
    expect([...made.local.stored.keys()].sort()).toEqual([
      `account/${account.id}`,
      'oauth-client/gmail',
    ]);
    expect([...made.session.stored.keys()]).toEqual([`access-token/${account.id}.send`]);
    const revealed = token.kind === 'token' ? token.token.reveal() : '';
    expect(revealed).toMatch(/^ya29\./);
    for (const clear of [
      ada.email,
      'Lovelace',
      revealed,
      '1//',
      googleClient.secret,
      ada.subject,
    ]) {
      expect(stored).not.toContain(clear);
    }
    expect(JSON.stringify([account, token])).not.toContain(revealed);
  });

  test('the same person twice is one account, which keeps its id, age and use', async () => {
    const made = await world();
    const first = await made.linked();
    await made.accounts.markUsed(first.id);
    made.clock.jump(5_000);
    const again = await made.accounts.link('gmail');
    expect(again).toMatchObject({
      kind: 'linked',
      relinked: true,
      account: { id: first.id, linkedAt: first.linkedAt, lastUsedAt: first.linkedAt },
    });
    expect(await made.accounts.list()).toHaveLength(1);
  });

  test('the same person in two windows at once is one account', async () => {
    const made = await world();
    await Promise.all([made.accounts.link('gmail'), made.worker().link('gmail')]);
    expect(await made.accounts.list()).toHaveLength(1);
  });

  test('two people are two accounts, oldest first', async () => {
    const made = await world();
    await made.linked();
    made.clock.jump(1);
    made.person.habits.account = grace;
    await made.linked();
    expect((await made.accounts.list()).map(({ address }) => address)).toEqual([
      ada.email,
      grace.email,
    ]);
  });

  test('with the box unticked links the account and says that it can not send', async () => {
    const made = await world();
    made.person.habits.untick = [SEND];
    const outcome = await made.accounts.link('gmail');
    expect(outcome).toMatchObject({ kind: 'linked', canSend: false });
    const { id } = outcome.kind === 'linked' ? outcome.account : { id: '' };
    const before = made.calls.length;
    expect(await made.accounts.token(id, 'send')).toEqual({ kind: 'missing-right', rung: 'send' });
    expect(made.calls.length).toBe(before);
    made.person.habits.untick = [];
    expect(await made.accounts.reconnect(id)).toMatchObject({ canSend: true, relinked: true });
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });
});

describe('linking again', () => {
  test('with the box unticked takes the right away, though a token is at hand', async () => {
    const made = await world();
    const { id } = await made.linked();
    made.google.revokeAll(ada.email);
    made.person.habits.untick = [SEND];
    expect(await made.accounts.link('gmail')).toMatchObject({ canSend: false, relinked: true });
    expect(await made.accounts.token(id, 'send')).toEqual({ kind: 'missing-right', rung: 'send' });
  });
});

describe('a link that does not come about stores nothing', () => {
  const stores = (
    made: World,
    outcome: unknown,
  ): { readonly outcome: unknown; readonly keys: readonly string[] } => ({
    outcome,
    keys: [...made.local.stored.keys(), ...made.session.stored.keys()].filter(
      (key) => !key.startsWith('oauth-client/'),
    ),
  });

  test('without a client, and for a provider that is not there', async () => {
    const made = await world('none');
    expect(stores(made, await made.accounts.link('gmail'))).toEqual({
      outcome: { kind: 'no-client' },
      keys: [],
    });
    expect(await made.accounts.link('jmap')).toMatchObject({ code: 'no_provider' });
  });

  test.each(['deny', 'close-window'] as const)('when the person chooses: %s', async (consent) => {
    const made = await world();
    made.person.habits.consent = consent;
    expect(stores(made, await made.accounts.link('gmail'))).toEqual({
      outcome: { kind: 'cancelled' },
      keys: [],
    });
  });

  test('when the browser is offline', async () => {
    const made = await world();
    made.online = false;
    expect(stores(made, await made.accounts.link('gmail'))).toEqual({
      outcome: { kind: 'unavailable', reason: 'offline' },
      keys: [],
    });
  });

  test('when Google does not know the client', async () => {
    const made = await world('none');
    await made.accounts.saveClient('gmail', {
      clientId: 'unknown',
      clientSecret: null,
      tenant: null,
    });
    expect(stores(made, await made.accounts.link('gmail'))).toMatchObject({
      outcome: { kind: 'refused', code: 'invalid_client' },
      keys: [],
    });
  });

  test.each([
    ['unavailable', { kind: 'refuse', status: 503 }],
    ['unavailable', { kind: 'too-many-requests' }],
    ['unavailable', { kind: 'answer-garbage' }],
    ['unavailable', { kind: 'cut-after-accept' }],
    ['refused', { kind: 'unauthorized' }],
  ] as const)('when nobody says who signed in: %s after %j', async (kind, fault) => {
    const made = await world();
    made.router.faults.add({ match: { path: '/v1/userinfo' }, fault });
    expect(stores(made, await made.accounts.link('gmail'))).toMatchObject({
      outcome: { kind },
      keys: [],
    });
  });

  test('when who signed in can not be read until the person allows the host', async () => {
    const made = await world();
    made.router.cors.only({ host: 'openidconnect.googleapis.com' }, 'refused');
    expect(stores(made, await made.accounts.link('gmail'))).toEqual({
      outcome: { kind: 'needs-host', host: 'openidconnect.googleapis.com' },
      keys: [],
    });
  });

  test('when the code is not redeemed', async () => {
    const made = await world('id and secret');
    made.router.faults.add({ match: { path: '/token' }, fault: { kind: 'refuse', status: 500 } });
    expect(stores(made, await made.accounts.link('gmail'))).toEqual({
      outcome: { kind: 'unavailable', reason: 'provider-error' },
      keys: [],
    });
  });
});

describe('reconnecting', () => {
  test('brings a signed-out account back as it was', async () => {
    const made = await world('id and secret');
    const account = await made.linked();
    made.google.revokeAll(ada.email);
    made.clock.jump(3_600_000);
    expect((await made.accounts.token(account.id, 'send')).kind).toBe('needs-sign-in');
    const outcome = await made.accounts.reconnect(account.id);
    expect(outcome).toMatchObject({
      kind: 'linked',
      relinked: true,
      lostRungs: [],
      account: {
        ...account,
        health: { kind: 'works' },
        grants: [{ rung: 'send', lasting: true, obtainedAt: made.clock.now() }],
        grant: 'lasting',
      },
    });
    expect((await made.accounts.token(account.id, 'send')).kind).toBe('token');
  });

  test('as somebody else changes nothing and says who it was', async () => {
    const made = await world();
    const account = await made.linked();
    const before = new Map(made.local.stored);
    made.person.habits.account = grace;
    made.detour = (url) => {
      url.searchParams.delete('login_hint');
      url.searchParams.set('prompt', 'select_account consent');
    };
    expect(await made.accounts.reconnect(account.id)).toEqual({
      kind: 'other-address',
      address: grace.email,
    });
    expect(made.local.stored).toEqual(before);
  });

  test('an account that is not there is refused, and asks nobody', async () => {
    const made = await world();
    expect(await made.accounts.reconnect('gone')).toMatchObject({ code: 'no_account' });
    expect(made.calls).toEqual([]);
  });
});
