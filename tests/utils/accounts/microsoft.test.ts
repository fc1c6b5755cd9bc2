import { describe, expect, test } from 'vitest';
import { DEMO_TENANTS } from '../../peers/microsoft/microsoft-defaults.ts';
import {
  alan,
  DAY_MS,
  hedy,
  HOUR_MS,
  joan,
  katherine,
  microsoftWorld,
  REDIRECT_URI,
} from './microsoft-world.ts';
import { declaration as outlook } from '../../../utils/providers/outlook/outlook.ts';

const CLIENT_ID = 'c0ffee00-1111-4222-8333-444455556666';

describe('signing in at Microsoft', () => {
  test('links a work account and a personal one, each with its kind and its consent page', async () => {
    const made = await microsoftWorld();
    const work = await made.linked();
    expect(work).toMatchObject({
      address: joan.email,
      accountType: 'work',
      grantedRungs: ['send'],
      grant: 'lasting',
      larger: { rung: 'drafts', messageBytes: 35_000_000 },
      consentPage: 'https://myapps.microsoft.com',
      health: { kind: 'works' },
    });
    made.person.habits.account = hedy;
    const personal = await made.linked();
    expect(personal).toMatchObject({
      accountType: 'personal',
      consentPage: 'https://account.live.com/consent/Manage',
    });
    expect((await made.accounts.list()).map(({ id }) => id)).toEqual([work.id, personal.id]);
    expect(made.router.failures).toEqual([]);
  });

  test('asks for the send rung alone, with PKCE and a nonce', async () => {
    const made = await microsoftWorld();
    await made.linked();
    const [launch] = made.launches;
    expect(launch?.searchParams.get('scope')).toBe(outlook.rungs.send?.join(' '));
    expect(launch?.searchParams.get('code_challenge_method')).toBe('S256');
    expect(launch?.searchParams.has('nonce')).toBe(true);
  });

  test('links the same person twice as one account, which keeps what was said of it', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    await made.accounts.describe(id, { label: 'Office', colour: 'moss' });
    await made.accounts.setOtherSenders(id, [
      { kind: 'alias', name: 'Joan', address: 'joan@bletchley.example' },
    ]);
    const again = await made.linked();
    expect(again).toMatchObject({
      id,
      label: 'Office',
      colour: 'moss',
      otherSenders: [{ kind: 'alias', name: 'Joan', address: 'joan@bletchley.example' }],
    });
    expect(await made.accounts.list()).toHaveLength(1);
  });

  test('stores a rotated refresh token before the new access token is used', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    const before = made.local.stored.get(`account/${id}`);
    made.clock.jump(2 * HOUR_MS);
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
    expect(made.local.stored.get(`account/${id}`)).not.toBe(before);
    // A worker that starts now has the new one: the next renewal works from it.
    made.clock.jump(2 * HOUR_MS);
    expect((await made.worker().token(id, 'send')).kind).toBe('token');
    expect(made.calls.filter(({ purpose }) => purpose === 'renew-token')).toHaveLength(2);
  });

  test('goes on by the silent flow when the day of the refresh token is over', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    // Rotated on the way: the end does not move.
    made.clock.jump(20 * HOUR_MS);
    await made.accounts.token(id, 'send');
    made.clock.jump(5 * HOUR_MS);
    made.calls.length = 0;
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
    // Its end is known here, so that nobody is asked with a token that is dead.
    expect(made.calls.map(({ purpose }) => purpose)).toEqual(['renew-token']);
    const launch = made.launches.at(-1)?.searchParams;
    expect(launch?.get('prompt')).toBe('none');
    expect(launch?.get('login_hint')).toBe(joan.email);
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
  });

  test('goes on silently also where only Microsoft knows that the token ended', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    made.microsoft.revokeAll(joan.email);
    made.microsoft.approve(DEMO_TENANTS.bletchley.id, CLIENT_ID, ['User.Read', 'Mail.Send']);
    made.clock.jump(2 * HOUR_MS);
    const outcome = await made.accounts.token(id, 'send');
    expect(outcome.kind).toBe('token');
  });

  test('wants the person only when the silent flow says so, and then says why', async () => {
    const made = await microsoftWorld();
    made.person.habits.stay = false;
    const { id } = await made.linked();
    made.clock.jump(DAY_MS + HOUR_MS);
    made.microsoft.setStanding(joan.email, 'second-factor-needed');
    expect(await made.accounts.token(id, 'send')).toMatchObject({ kind: 'needs-sign-in' });
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'needs-sign-in' } });
    expect(await made.accounts.reconnect(id)).toMatchObject({ kind: 'linked', relinked: true });
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });
});

describe('whose accounts may sign in', () => {
  test.each([
    ['organizations', joan, 'linked'],
    ['consumers', hedy, 'linked'],
    [DEMO_TENANTS.bletchley.id, joan, 'linked'],
    [DEMO_TENANTS.bletchley.domain, joan, 'linked'],
    [DEMO_TENANTS.langley.id, joan, 'refused'],
  ] as const)('by the authority %s', async (tenant, account, kind) => {
    const made = await microsoftWorld({}, tenant);
    made.person.habits.account = account;
    expect(await made.accounts.clients()).toMatchObject([{ tenant }]);
    const outcome = await made.accounts.link('outlook');
    // Microsoft's own page ends it; the browser says that it could not be loaded.
    expect(outcome.kind).toBe(kind);
    expect(await made.accounts.list()).toHaveLength(kind === 'linked' ? 1 : 0);
  });

  test.each(['../common', 'a b', 'common?x=1', 'evil.example/x', '.', 'localhost', 'ü.example'])(
    'can’t be %j, which is not kept',
    async (tenant) => {
      const made = await microsoftWorld();
      const typed = { clientId: 'other', clientSecret: null, tenant };
      expect(await made.accounts.saveClient('outlook', typed)).toEqual({ kind: 'bad-tenant' });
      expect(await made.accounts.clients()).toMatchObject([
        { clientId: CLIENT_ID, tenant: 'common' },
      ]);
    },
  );
});

describe('an organisation whose administrator has to approve', () => {
  test.each(['return', 'request'] as const)(
    'gives the text to send, with its link, when the person turns back by %s',
    async (approval) => {
      const made = await microsoftWorld({});
      const tenant = { ...DEMO_TENANTS.langley };
      made.person.habits.account = katherine;
      made.person.habits.approval = approval;
      const outcome = await made.accounts.link('outlook');
      expect(outcome).toEqual({
        kind: 'needs-admin',
        code: approval === 'return' ? 'AADSTS90094' : 'AADSTS90095',
        clientId: CLIENT_ID,
        tenant: null,
        scopes: outlook.rungs.send,
        link: `https://login.microsoftonline.com/organizations/adminconsent?client_id=${CLIENT_ID}`,
      });
      expect(await made.accounts.list()).toEqual([]);
      made.microsoft.approve(tenant.id, CLIENT_ID, ['User.Read', 'Mail.Send']);
      expect(await made.accounts.link('outlook')).toMatchObject({ kind: 'linked', canSend: true });
    },
  );

  test('names the organisation in the link where the client does', async () => {
    const made = await microsoftWorld({}, DEMO_TENANTS.langley.domain);
    made.person.habits.account = katherine;
    expect(await made.accounts.link('outlook')).toMatchObject({
      kind: 'needs-admin',
      tenant: 'langley.example',
      link: `https://login.microsoftonline.com/langley.example/adminconsent?client_id=${CLIENT_ID}`,
    });
  });

  test('names the person’s own where the account is known, and keeps what it had', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    expect(await made.accounts.grantRung(id, 'drafts')).toMatchObject({
      kind: 'needs-admin',
      code: 'AADSTS90094',
      tenant: DEMO_TENANTS.bletchley.id,
      scopes: outlook.rungs.drafts,
    });
    expect(await made.accounts.get(id)).toMatchObject({
      grantedRungs: ['send'],
      health: { kind: 'works' },
    });
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });

  test('is not taken for a refusal of the person, who only closed the window', async () => {
    const made = await microsoftWorld();
    made.person.habits.consent = 'deny';
    expect(await made.accounts.link('outlook')).toEqual({ kind: 'cancelled' });
  });

  test('whose policy blocks the account is told to mail and page alike', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    made.clock.jump(2 * HOUR_MS);
    made.microsoft.setStanding(joan.email, 'blocked');
    const outcome = await made.accounts.token(id, 'send');
    expect(outcome).toMatchObject({ kind: 'refused', code: 'AADSTS53003' });
    const blocked = { health: { kind: 'needs-admin', code: 'AADSTS53003', link: null } };
    expect(await made.accounts.get(id)).toMatchObject(blocked);
    // What the send then notes knows less, and takes nothing away.
    if (outcome.kind === 'refused') await made.accounts.noteHealth(id, outcome);
    expect(await made.accounts.get(id)).toMatchObject(blocked);
    made.microsoft.setStanding(joan.email, 'fine');
    expect(await made.accounts.reconnect(id)).toMatchObject({ kind: 'linked' });
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
  });
});

describe('the ladder', () => {
  test('gives one more right of the same person, with a token and refresh token of its own', async () => {
    const made = await microsoftWorld();
    made.person.habits.account = alan;
    const { id } = await made.linked();
    const outcome = await made.accounts.grantRung(id, 'drafts');
    expect(outcome).toMatchObject({
      kind: 'granted',
      rung: 'drafts',
      account: {
        grantedRungs: ['send', 'drafts'],
        grants: [
          { rung: 'send', lasting: true },
          { rung: 'drafts', lasting: true },
        ],
      },
    });
    const [send, drafts] = [
      await made.accounts.token(id, 'send'),
      await made.accounts.token(id, 'drafts'),
    ];
    expect(send.kind === 'token' && drafts.kind === 'token').toBe(true);
    expect(send).not.toEqual({ kind: 'token', token: drafts });
    expect([...made.session.stored.keys()].sort()).toEqual([
      `access-token/${id}.drafts`,
      `access-token/${id}.send`,
    ]);
  });

  test('takes nothing for granted that a work account’s token carries unasked', async () => {
    const made = await microsoftWorld();
    const scopes = ['User.Read', 'Mail.Send', 'Mail.ReadWrite', 'Mail.Read'];
    made.microsoft.approve(DEMO_TENANTS.bletchley.id, CLIENT_ID, scopes);
    const account = await made.linked();
    expect(account).toMatchObject({
      grantedRungs: ['send'],
      carriesMore: ['Mail.Read', 'Mail.ReadWrite'],
    });
    expect(await made.accounts.token(account.id, 'drafts')).toEqual({
      kind: 'missing-right',
      rung: 'drafts',
    });
  });

  test('as somebody else changes nothing', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    const before = new Map(made.local.stored);
    made.person.habits.account = alan;
    const { microsoft } = made;
    microsoft.changePassword(joan.email);
    expect(await made.accounts.grantRung(id, 'files')).toEqual({
      kind: 'other-address',
      address: alan.email,
    });
    expect(made.local.stored).toEqual(before);
  });

  test('goes down by revoking here and linking again, and says what still stands there', async () => {
    const made = await microsoftWorld();
    made.person.habits.account = alan;
    const { id } = await made.linked();
    await made.accounts.grantRung(id, 'drafts');
    await made.accounts.grantRung(id, 'files');
    const outcome = await made.accounts.stepDown(id, ['send', 'files']);
    expect(outcome).toMatchObject({
      kind: 'stepped-down',
      revoked: {
        kind: 'local-only',
        why: 'no-such-call',
        consentPage: 'https://myapps.microsoft.com',
      },
      lostRungs: [],
      account: { grantedRungs: ['send', 'files'], carriesMore: ['Mail.ReadWrite'] },
    });
    expect(await made.accounts.token(id, 'drafts')).toMatchObject({ kind: 'missing-right' });
  });

  test('reconnecting brings back every rung that the provider still gives', async () => {
    const made = await microsoftWorld();
    made.person.habits.account = alan;
    const { id } = await made.linked();
    await made.accounts.grantRung(id, 'drafts');
    made.clock.jump(DAY_MS + HOUR_MS);
    made.microsoft.setStanding(alan.email, 'second-factor-needed');
    expect(await made.accounts.token(id, 'drafts')).toMatchObject({ kind: 'needs-sign-in' });
    expect(await made.accounts.reconnect(id)).toMatchObject({
      kind: 'linked',
      lostRungs: [],
      account: { grantedRungs: ['send', 'drafts'], health: { kind: 'works' } },
    });
    expect((await made.accounts.token(id, 'drafts')).kind).toBe('token');
  });

  test('reconnecting names the rungs that are gone, and the account works all the same', async () => {
    const made = await microsoftWorld();
    made.person.habits.account = hedy;
    const { id } = await made.linked();
    await made.accounts.grantRung(id, 'drafts');
    made.microsoft.revokeAll(hedy.email);
    made.clock.jump(2 * HOUR_MS);
    expect(await made.accounts.reconnect(id)).toMatchObject({
      kind: 'linked',
      lostRungs: ['drafts'],
      account: { grantedRungs: ['send'], health: { kind: 'works' } },
    });
  });
});

describe('shared mailboxes', () => {
  const office = {
    kind: 'shared-mailbox',
    name: 'Office',
    address: 'office@bletchley.example',
  } as const;

  test('of a work account are noted before their right is given, and outlive reconnecting', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    const otherSenders = [office];
    expect(await made.accounts.setOtherSenders(id, otherSenders)).toEqual({
      kind: 'saved',
      otherSenders,
    });
    expect(await made.accounts.token(id, 'shared-mailbox')).toEqual({
      kind: 'missing-right',
      rung: 'shared-mailbox',
    });
    expect(await made.accounts.grantRung(id, 'shared-mailbox')).toMatchObject({
      kind: 'granted',
      account: { grantedRungs: ['send', 'shared-mailbox'], otherSenders },
    });
    expect((await made.accounts.token(id, 'shared-mailbox')).kind).toBe('token');
    const down = await made.accounts.stepDown(id, ['send']);
    expect(down).toMatchObject({
      kind: 'stepped-down',
      account: { grantedRungs: ['send'], otherSenders },
    });
  });

  test('a personal account has none: neither the address nor the right is taken', async () => {
    const made = await microsoftWorld();
    made.person.habits.account = hedy;
    const { id } = await made.linked();
    expect(await made.accounts.setOtherSenders(id, [office])).toEqual({
      kind: 'problems',
      problems: [{ index: 0, what: 'kind' }],
    });
    const before = made.launches.length;
    expect(await made.accounts.grantRung(id, 'shared-mailbox')).toEqual({ kind: 'no-such-right' });
    expect(made.launches).toHaveLength(before);
  });
});

describe('the health of an account that nobody asked', () => {
  test('says that the next send may ask, once what is kept has ended', async () => {
    const made = await microsoftWorld();
    const { id } = await made.linked();
    made.clock.jump(DAY_MS - HOUR_MS);
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
    made.clock.jump(2 * HOUR_MS);
    const calls = made.calls.length;
    expect(await made.accounts.get(id)).toMatchObject({
      health: { kind: 'will-ask', why: 'token-ended' },
    });
    expect(made.calls).toHaveLength(calls);
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
  });
});

describe('revoking at Microsoft', () => {
  test.each([
    [joan, 'https://myapps.microsoft.com'],
    [hedy, 'https://account.live.com/consent/Manage'],
  ] as const)('is honest, wipes here, and opens the right page', async (account, consentPage) => {
    const made = await microsoftWorld();
    made.person.habits.account = account;
    const { id } = await made.linked();
    const calls = made.calls.length;
    expect(await made.accounts.revoke(id)).toEqual({
      kind: 'local-only',
      consentPage,
      why: 'no-such-call',
    });
    expect(made.calls).toHaveLength(calls);
    expect([...made.session.stored.keys()]).toEqual([]);
    expect(await made.accounts.get(id)).toMatchObject({ grant: 'none', grantedRungs: [] });
    expect(await made.accounts.token(id, 'send')).toEqual({
      kind: 'needs-sign-in',
      why: 'no_grant',
    });
  });
});

describe('the trial of a Microsoft client', () => {
  const trial = async (
    client: Parameters<typeof microsoftWorld>[0],
    more: {
      readonly clientId?: string;
      readonly tenant?: string;
      readonly signedIn?: boolean;
    } = {},
  ) => {
    const made = await microsoftWorld(client, more.tenant ?? null);
    if (more.signedIn === true) await made.accounts.link('outlook');
    if (more.clientId !== undefined) {
      const { clientId, tenant = null } = more;
      await made.accounts.saveClient('outlook', { clientId, clientSecret: null, tenant });
    }
    return { outcome: await made.accounts.testClient('outlook'), made };
  };

  test('works before anybody signed in, but for the type of the redirect URI', async () => {
    expect((await trial({})).outcome).toEqual({ kind: 'works', typeSeen: false });
  });

  test('proves everything once somebody has signed in, and keeps nothing of it', async () => {
    const { outcome, made } = await trial({}, { signedIn: true });
    expect(outcome).toEqual({ kind: 'works', typeSeen: true });
    expect([...made.session.stored.keys()]).toHaveLength(1);
  });

  test('tells an unknown id, a foreign redirect URI, a wrong audience and a wrong tenant apart', async () => {
    const other = '00000000-1111-4222-8333-444455556666';
    expect((await trial({}, { clientId: other })).outcome).toMatchObject({
      kind: 'refused',
      code: 'AADSTS700016',
    });
    expect((await trial({ redirectUris: [] })).outcome).toEqual({
      kind: 'redirect-not-registered',
      redirectUri: REDIRECT_URI,
    });
    expect((await trial({ audience: 'work' }, { tenant: 'consumers' })).outcome).toMatchObject({
      kind: 'refused',
      code: 'AADSTS9002332',
    });
    expect((await trial({}, { tenant: 'nowhere.example' })).outcome).toMatchObject({
      kind: 'refused',
      code: 'AADSTS90002',
    });
  });

  test.each(['web', 'native'] as const)('finds a redirect URI of the type %s', async (type) => {
    const made = await microsoftWorld({ redirectUris: [{ uri: REDIRECT_URI, type }] });
    const hidden = { kind: 'refused', code: 'wrong_client_type', detail: '' };
    expect(await made.accounts.link('outlook')).toEqual(hidden);
    expect(await made.accounts.testClient('outlook')).toEqual(hidden);
    made.allowed = ['login.microsoftonline.com'];
    expect(await made.accounts.testClient('outlook')).toMatchObject({
      kind: 'refused',
      code: 'AADSTS9002326',
    });
    expect(await made.accounts.list()).toEqual([]);
  });
});
