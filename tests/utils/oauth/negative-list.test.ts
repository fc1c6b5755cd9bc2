/**
 * The negative list for a public client with two authorisation servers (RFC 9700 2 and 4, RFC 8252
 * 8, RFC 9207 2.4, OpenID Connect Core 3.1.3.7), whole: each case is a server that misbehaves once,
 * and after it nothing is stored, and an outcome says why. (hostile-answers.test.ts has the finer
 * cuts of the room `oauth` alone.)
 */
import { describe, expect, test } from 'vitest';
import { linkText } from '../../../components/texts/account-texts.ts';
import {
  idToken,
  json,
  ORIGIN,
  OTHER_TENANT,
  PERSONAL,
  TENANT,
  text,
  twoServers,
  type Bend,
  type Door,
  type Fields,
  type TwoServers,
} from './two-servers.ts';

type Bent<Part extends keyof Bend> = NonNullable<Bend[Part]>;

const DOORS: readonly Door[] = ['google by token', 'google by code', 'microsoft'];
const CODE_DOORS: readonly Door[] = ['google by code', 'microsoft'];
const TOKEN_DOOR: readonly Door[] = ['google by token'];
const GOOGLE_BY_CODE: readonly Door[] = ['google by code'];
const MICROSOFT: readonly Door[] = ['microsoft'];

const refused = (code: string): object => ({ kind: 'refused', code });
const strange = { kind: 'unavailable', reason: 'strange-answer' };
const unavailable = (reason: string): object => ({ kind: 'unavailable', reason });

/** Changes the fields that came back, wherever their flow puts them. */
function back(change: (fields: URLSearchParams, world: TwoServers) => void): Bent<'redirect'> {
  return (url, world) => {
    const where = url.hash === '' ? 'search' : 'hash';
    const fields = new URLSearchParams(url[where].slice(1));
    change(fields, world);
    url[where] = fields.toString();
    return url.href;
  };
}

const put = (name: string, value: string): Bent<'redirect'> =>
  back((fields) => fields.set(name, value));
const drop = (name: string): Bent<'redirect'> => back((fields) => fields.delete(name));
const field =
  (name: string, value: unknown): Bent<'fields'> =>
  (fields) => ({ ...fields, [name]: value });
const without =
  (name: string): Bent<'fields'> =>
  (fields) =>
    Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
const claim =
  (name: string, value: unknown): Bent<'claims'> =>
  (claims) => ({ ...claims, [name]: value });
const withoutClaim =
  (name: string): Bent<'claims'> =>
  (claims) =>
    Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name));
const stateOf = ({ webAuth }: TwoServers, at: number): string =>
  webAuth.launches.at(at)?.url.searchParams.get('state') ?? '';

interface Case {
  readonly what: string;
  readonly doors: readonly Door[];
  readonly bend: Bend;
  readonly outcome: object;
  /** Whom Microsoft's client lets in. */
  readonly tenant?: string;
}

const REDIRECTS: readonly Case[] = [
  {
    what: 'no state',
    doors: DOORS,
    bend: { redirect: drop('state') },
    outcome: refused('wrong_state'),
  },
  {
    what: 'an empty state',
    doors: DOORS,
    bend: { redirect: put('state', '') },
    outcome: refused('wrong_state'),
  },
  {
    what: 'a state of nobody',
    doors: DOORS,
    bend: { redirect: put('state', 'A'.repeat(43)) },
    outcome: refused('wrong_state'),
  },
  {
    what: 'the state of an attempt before',
    doors: DOORS,
    bend: { redirect: back((fields, world) => fields.set('state', stateOf(world, 0))) },
    outcome: refused('wrong_state'),
  },
  {
    what: 'a state twice',
    doors: DOORS,
    bend: { redirect: back((fields) => fields.append('state', 'x')) },
    outcome: refused('duplicate_parameter'),
  },
  ...[
    `${ORIGIN}/`,
    `${ORIGIN}/evil`,
    `${ORIGIN}/GOOGLE`,
    'https://ponmlkjihgfedcbaponmlkjihgfedcba.chromiumapp.org/google',
    'https://evil.example/google',
    'http://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/google',
  ].map((base): Case => ({
    what: `the address ${base}`,
    doors: DOORS,
    bend: { redirect: (url) => `${base}${url.search}${url.hash}` },
    outcome: refused('wrong_redirect'),
  })),
  {
    what: 'Google’s answer at Microsoft’s address',
    doors: ['google by token', 'google by code'],
    bend: { redirect: (url) => url.href.replace('/google', '/outlook') },
    outcome: refused('wrong_redirect'),
  },
  {
    what: 'Microsoft’s answer at Google’s address',
    doors: MICROSOFT,
    bend: { redirect: (url) => url.href.replace('/outlook', '/google') },
    outcome: refused('wrong_redirect'),
  },
  {
    what: 'its fields in the other part of the address',
    doors: DOORS,
    bend: {
      redirect: (url) =>
        url.hash === '' ? url.href.replace('?', '#') : url.href.replace('#', '?'),
    },
    outcome: refused('wrong_response_mode'),
  },
  {
    what: 'a foreign iss',
    doors: DOORS,
    bend: { redirect: put('iss', 'https://evil.example') },
    outcome: refused('wrong_issuer'),
  },
  {
    what: 'the iss of the other server',
    doors: ['google by token', 'google by code'],
    bend: { redirect: put('iss', `https://login.microsoftonline.com/${TENANT}/v2.0`) },
    outcome: refused('wrong_issuer'),
  },
  {
    what: 'the iss of the other server',
    doors: MICROSOFT,
    bend: { redirect: put('iss', 'https://accounts.google.com') },
    outcome: refused('wrong_issuer'),
  },
  {
    what: 'an iss of no tenant',
    doors: MICROSOFT,
    bend: { redirect: put('iss', 'https://login.microsoftonline.com/common/v2.0') },
    outcome: refused('wrong_issuer'),
  },
  {
    what: 'the template as iss',
    doors: MICROSOFT,
    bend: { redirect: put('iss', 'https://login.microsoftonline.com/{tenantid}/v2.0') },
    outcome: refused('wrong_issuer'),
  },
  {
    what: 'no iss',
    doors: GOOGLE_BY_CODE,
    bend: { redirect: drop('iss') },
    outcome: refused('wrong_issuer'),
  },
  { what: 'no code', doors: CODE_DOORS, bend: { redirect: drop('code') }, outcome: strange },
  {
    what: 'a code of somebody else’s attempt',
    doors: CODE_DOORS,
    bend: { redirect: put('code', 'code-of-eve') },
    outcome: refused('invalid_grant'),
  },
  {
    what: 'the code of an attempt before',
    doors: CODE_DOORS,
    bend: { redirect: put('code', 'code-1') },
    outcome: refused('invalid_grant'),
  },
  {
    what: 'a token beside the code',
    doors: CODE_DOORS,
    bend: { redirect: put('access_token', 'at-eve') },
    outcome: strange,
  },
  {
    what: 'an id_token beside the code',
    doors: CODE_DOORS,
    bend: { redirect: put('id_token', 'x.y.z') },
    outcome: strange,
  },
  {
    what: 'a wrapped response beside the code',
    doors: CODE_DOORS,
    bend: { redirect: put('response', 'x.y.z') },
    outcome: strange,
  },
  {
    what: 'a code beside the token',
    doors: TOKEN_DOOR,
    bend: { redirect: put('code', 'code-eve') },
    outcome: strange,
  },
  {
    what: 'a refresh token in the address',
    doors: TOKEN_DOOR,
    bend: { redirect: put('refresh_token', 'rt-eve') },
    outcome: strange,
  },
  {
    what: 'no token',
    doors: TOKEN_DOOR,
    bend: { redirect: drop('access_token') },
    outcome: strange,
  },
  {
    what: 'a token with a line break',
    doors: TOKEN_DOOR,
    bend: { redirect: put('access_token', 'at\r\nX: 1') },
    outcome: strange,
  },
  {
    what: 'a token of another type',
    doors: TOKEN_DOOR,
    bend: { redirect: put('token_type', 'mac') },
    outcome: refused('wrong_token_type'),
  },
  { what: 'no type', doors: TOKEN_DOOR, bend: { redirect: drop('token_type') }, outcome: strange },
  ...['0', '-1', 'soon', '1e9', ''].map((life): Case => ({
    what: `the life ${JSON.stringify(life)}`,
    doors: TOKEN_DOOR,
    bend: { redirect: put('expires_in', life) },
    outcome: strange,
  })),
  {
    what: 'an error in another’s name',
    doors: DOORS,
    bend: {
      redirect: back((fields) => {
        fields.set('error', 'access_denied');
        fields.set('iss', 'https://evil.example');
      }),
    },
    outcome: refused('wrong_issuer'),
  },
  {
    what: 'an error with markup in its words',
    doors: MICROSOFT,
    bend: {
      redirect: back((fields) => {
        fields.set('error', '<img src=x>');
        fields.set('error_description', 'AADSTS90094<script>');
      }),
    },
    outcome: { kind: 'needs-admin', code: 'AADSTS90094' },
  },
  {
    what: 'a code that only looks like one it knows',
    doors: MICROSOFT,
    bend: {
      redirect: back((fields) => {
        fields.set('error', 'server_error');
        fields.set('error_description', 'see AADSTS90094: not at the beginning');
      }),
    },
    outcome: unavailable('provider-error'),
  },
];

const ID_TOKENS: readonly Case[] = [
  ...[
    ['the other server', 'https://accounts.google.com'],
    ['nobody', 'https://evil.example'],
    ['another tenant than its tid', `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`],
    ['no tenant', 'https://login.microsoftonline.com/common/v2.0'],
    ['version 1', `https://sts.windows.net/${TENANT}/`],
    ['the template', 'https://login.microsoftonline.com/{tenantid}/v2.0'],
    ['the tenant without its scheme', `login.microsoftonline.com/${TENANT}/v2.0`],
  ].map(([who, iss]): Case => ({
    what: `an id_token of ${who ?? ''}`,
    doors: MICROSOFT,
    bend: { claims: claim('iss', iss) },
    outcome: refused('wrong_id_token'),
  })),
  {
    what: 'an id_token of nobody',
    doors: GOOGLE_BY_CODE,
    bend: { claims: claim('iss', 'https://evil.example') },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an id_token for another client',
    doors: CODE_DOORS,
    bend: { claims: claim('aud', 'client-2') },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an id_token with a nonce of another attempt',
    doors: CODE_DOORS,
    bend: { claims: claim('nonce', 'of-another') },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an id_token without the nonce',
    doors: MICROSOFT,
    bend: { claims: withoutClaim('nonce') },
    outcome: strange,
  },
  {
    what: 'an id_token without a tid',
    doors: MICROSOFT,
    bend: { claims: withoutClaim('tid') },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an id_token whose tid is no id',
    doors: MICROSOFT,
    bend: { claims: claim('tid', '../common') },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an id_token whose tid is another’s',
    doors: MICROSOFT,
    bend: { claims: claim('tid', OTHER_TENANT) },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an id_token whose tid is a list',
    doors: MICROSOFT,
    bend: { claims: claim('tid', [TENANT]) },
    outcome: refused('wrong_id_token'),
  },
  {
    what: 'an unsigned id_token',
    doors: CODE_DOORS,
    bend: { head: { alg: 'none' } },
    outcome: strange,
  },
  {
    what: 'no id_token',
    doors: MICROSOFT,
    bend: { fields: without('id_token') },
    outcome: strange,
  },
  {
    what: 'an id_token that is none',
    doors: CODE_DOORS,
    bend: { fields: field('id_token', 'x.y') },
    outcome: strange,
  },
  {
    what: 'an id_token of JSON null',
    doors: CODE_DOORS,
    bend: { fields: field('id_token', 'bnVsbA.bnVsbA.c2ln') },
    outcome: strange,
  },
  {
    what: 'an id_token that ended an hour ago',
    doors: CODE_DOORS,
    bend: { claims: (claims) => ({ ...claims, exp: Number(claims['iat']) - 3_600 }) },
    outcome: refused('wrong_clock'),
  },
  {
    what: 'a person of another organisation than the client names',
    doors: MICROSOFT,
    tenant: TENANT,
    bend: {
      claims: (claims) => ({
        ...claims,
        tid: OTHER_TENANT,
        iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`,
      }),
    },
    outcome: refused('wrong_tenant'),
  },
  {
    what: 'a personal account where only work accounts come in',
    doors: MICROSOFT,
    tenant: 'organizations',
    bend: {
      claims: (claims) => ({
        ...claims,
        tid: PERSONAL,
        iss: `https://login.microsoftonline.com/${PERSONAL}/v2.0`,
      }),
    },
    outcome: refused('wrong_tenant'),
  },
  {
    what: 'a work account where only personal ones come in',
    doors: MICROSOFT,
    tenant: 'consumers',
    bend: {},
    outcome: refused('wrong_tenant'),
  },
];

const giant = (): Response => json({ access_token: 'a'.repeat(2_000_000), token_type: 'Bearer' });
const redirected = (): Response =>
  new Response(null, { status: 302, headers: { location: 'https://evil.example/token' } });

const TOKEN_ANSWERS: readonly Case[] = [
  {
    what: 'a token of another type',
    doors: CODE_DOORS,
    bend: { fields: field('token_type', 'mac') },
    outcome: refused('wrong_token_type'),
  },
  { what: 'no type', doors: CODE_DOORS, bend: { fields: without('token_type') }, outcome: strange },
  {
    what: 'no token',
    doors: CODE_DOORS,
    bend: { fields: without('access_token') },
    outcome: strange,
  },
  {
    what: 'a token that is a number',
    doors: CODE_DOORS,
    bend: { fields: field('access_token', 7) },
    outcome: strange,
  },
  {
    what: 'a token with a line break',
    doors: CODE_DOORS,
    bend: { fields: field('access_token', 'at\nX: 1') },
    outcome: strange,
  },
  {
    what: 'an empty refresh token',
    doors: CODE_DOORS,
    bend: { fields: field('refresh_token', '') },
    outcome: strange,
  },
  {
    what: 'a refresh token that is an object',
    doors: CODE_DOORS,
    bend: { fields: field('refresh_token', {}) },
    outcome: strange,
  },
  {
    what: 'a scope that is a list',
    doors: CODE_DOORS,
    bend: { fields: field('scope', ['Mail.Send']) },
    outcome: strange,
  },
  ...[0, -1, 'soon', null].map((life): Case => ({
    what: `the life ${JSON.stringify(life)}`,
    doors: CODE_DOORS,
    bend: { fields: field('expires_in', life) },
    outcome: strange,
  })),
  {
    what: 'a list',
    doors: CODE_DOORS,
    bend: { fields: (fields: Fields) => [fields] },
    outcome: strange,
  },
  {
    what: 'a list for an error',
    doors: CODE_DOORS,
    bend: { answer: () => json(['invalid_grant'], 400) },
    outcome: strange,
  },
  { what: 'null', doors: CODE_DOORS, bend: { answer: () => json(null) }, outcome: strange },
  {
    what: 'nothing',
    doors: CODE_DOORS,
    bend: { answer: () => text('', 200, 'application/json') },
    outcome: strange,
  },
  {
    what: 'half of its JSON',
    doors: CODE_DOORS,
    bend: { answer: () => text('{"access_token":"a', 200, 'application/json') },
    outcome: strange,
  },
  {
    what: 'a page',
    doors: CODE_DOORS,
    bend: { answer: () => text('<h1>Sign in</h1>') },
    outcome: strange,
  },
  {
    what: 'an error as a page',
    doors: CODE_DOORS,
    bend: { answer: () => text('<h1>No</h1>', 400) },
    outcome: strange,
  },
  {
    what: 'an error that calls itself well',
    doors: CODE_DOORS,
    bend: { answer: () => json({ error: 'invalid_grant' }) },
    outcome: strange,
  },
  { what: 'a giant', doors: CODE_DOORS, bend: { answer: giant }, outcome: strange },
  { what: 'a redirect', doors: CODE_DOORS, bend: { answer: redirected }, outcome: strange },
  {
    what: '204',
    doors: CODE_DOORS,
    bend: { answer: () => new Response(null, { status: 204 }) },
    outcome: strange,
  },
  {
    what: '500 with a good body',
    doors: CODE_DOORS,
    bend: { answer: () => json({ access_token: 'a', token_type: 'Bearer' }, 500) },
    outcome: unavailable('provider-error'),
  },
  {
    what: '429',
    doors: CODE_DOORS,
    bend: { answer: () => json({}, 429) },
    outcome: unavailable('rate-limit'),
  },
  {
    what: 'an error without a word',
    doors: CODE_DOORS,
    bend: { answer: () => json({ error: '' }, 400) },
    outcome: strange,
  },
  {
    what: 'an error that nobody knows',
    doors: CODE_DOORS,
    bend: { answer: () => json({ error: 'odd', error_description: 'x' }, 400) },
    outcome: refused('odd'),
  },
];

const PERSONS: readonly Case[] = [
  {
    what: 'a page for a person',
    doors: DOORS,
    bend: { who: () => text('<h1>Ann</h1>') },
    outcome: strange,
  },
  { what: 'nobody', doors: DOORS, bend: { who: () => json({}) }, outcome: strange },
  {
    what: 'a list of persons',
    doors: DOORS,
    bend: { who: () => json([{ sub: '1' }]) },
    outcome: strange,
  },
  {
    what: 'a dead token',
    doors: DOORS,
    bend: { who: () => json({}, 401) },
    outcome: refused('401'),
  },
  { what: 'a redirect for a person', doors: DOORS, bend: { who: redirected }, outcome: strange },
];

const ALL: readonly (readonly [string, readonly Case[]])[] = [
  ['comes back with', REDIRECTS],
  ['redeems with', ID_TOKENS],
  ['answers with', TOKEN_ANSWERS],
  ['says who it is with', PERSONS],
];

describe.each(ALL)('a server that %s', (_, cases) => {
  const rows = cases.flatMap((each) => each.doors.map((door) => [each.what, door, each] as const));

  test.each(rows)('%s (%s) leaves nothing stored, and says why', async (_what, door, each) => {
    const world = await twoServers(door, each.tenant ?? null);
    const clients = new Map(world.local.stored);
    // An attempt before, which the person broke off: its state and code are there to be replayed.
    world.bend = { redirect: put('state', 'x') };
    await world.link();
    world.bend = each.bend;
    const outcome = await world.link();
    expect(outcome).toMatchObject(each.outcome);
    expect(world.local.stored).toEqual(clients);
    expect([...world.session.stored.keys()]).toEqual([]);
    // No code and no secret goes anywhere but to the server that was asked.
    const endpoint =
      door === 'microsoft'
        ? /^https:\/\/login\.microsoftonline\.com\//
        : /^https:\/\/oauth2\.googleapis\.com\//;
    for (const url of world.asked) expect(url).toMatch(endpoint);
    expect(linkText(outcome).happened).toMatch(/\S/);
    expect(linkText(outcome).happened).not.toMatch(/[<>]|undefined/);
    // It was one misbehaviour, and the next attempt is whole.
    if (each.tenant !== undefined) return;
    world.bend = {};
    expect(await world.link()).toMatchObject({ kind: 'linked', canSend: true });
  });
});

describe('an account that is linked', () => {
  const rows = [...ID_TOKENS.filter(({ tenant }) => tenant === undefined), ...TOKEN_ANSWERS].filter(
    // Without a nonce and without an id_token is how a renewal may answer (OpenID Connect Core 12.2).
    ({ what }) => !/nonce|^no id_token/.test(what),
  );

  test.each(rows.map((each) => [each.what, each] as const))(
    'keeps its refresh token when a renewal answers with %s',
    async (_, { bend }) => {
      const world = await twoServers('microsoft');
      const linked = await world.link();
      const id = linked.kind === 'linked' ? linked.account.id : '';
      world.clock.jump(3_600_000);
      world.webAuth.endWith(() => ({ kind: 'interaction-required' }));
      world.bend = bend;
      expect((await world.accounts.token(id, 'send')).kind).not.toBe('token');
      expect([...world.session.stored.keys()].filter((key) => !key.endsWith('.send'))).toEqual([]);
      world.bend = {};
      expect((await world.accounts.token(id, 'send')).kind).toBe('token');
      const tokens = world.forms.map((form) => form.get('refresh_token')).filter(Boolean);
      expect(new Set(tokens).size).toBe(1);
    },
  );

  test('takes a rotated refresh token, and keeps the old one where none came', async () => {
    const world = await twoServers('microsoft');
    const linked = await world.link();
    const id = linked.kind === 'linked' ? linked.account.id : '';
    const renewals: (string | null)[] = [];
    for (const bend of [{}, { fields: without('refresh_token') }, {}]) {
      world.clock.jump(3_600_000);
      world.bend = bend;
      expect((await world.accounts.token(id, 'send')).kind).toBe('token');
      renewals.push(world.forms.at(-1)?.get('refresh_token') ?? null);
    }
    const [first, second, third] = renewals;
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });
});

describe('what is bent but can be borne', () => {
  test.each(DOORS)('a narrower scope gives the account and not the right (%s)', async (door) => {
    const world = await twoServers(door);
    world.bend =
      door === 'google by token'
        ? { redirect: put('scope', 'openid email') }
        : { fields: field('scope', 'openid email') };
    expect(await world.link()).toMatchObject({ kind: 'linked', canSend: false });
    expect([...world.session.stored.keys()]).toEqual([]);
  });

  test('a wider scope gives no more than was asked for, and is named', async () => {
    const world = await twoServers('microsoft');
    world.bend = { fields: field('scope', 'User.Read Mail.Send Mail.Read') };
    expect(await world.link()).toMatchObject({
      kind: 'linked',
      account: { grantedRungs: ['send'], carriesMore: ['Mail.Read'] },
    });
  });

  test.each([
    ['huge', 10 ** 12, 24 * 3_600_000],
    ['not told', undefined, 5 * 60_000],
    ['of part of a second', 1.5, 60_000],
  ] as const)('a life that is %s is a short one', async (_, life, atMostMs) => {
    const world = await twoServers('microsoft');
    world.bend = { fields: field('expires_in', life) };
    const linked = await world.link();
    const id = linked.kind === 'linked' ? linked.account.id : '';
    world.bend = {};
    world.clock.jump(atMostMs);
    const before = world.forms.length;
    expect((await world.accounts.token(id, 'send')).kind).toBe('token');
    expect(world.forms.length).toBeGreaterThan(before);
  });

  test('JSON that calls itself a page is read as what it is', async () => {
    const world = await twoServers('google by code');
    const body = '{"access_token":"a","token_type":"Bearer"}';
    world.bend = { answer: () => text(body) };
    expect(await world.link()).toMatchObject({ kind: 'linked' });
  });

  test('an id_token that nobody has to sign: it came from the token endpoint itself', async () => {
    const world = await twoServers('microsoft');
    world.bend = {
      fields: (fields) => ({
        ...fields,
        id_token: String(fields['id_token']).replace(/c2ln$/, 'eHh4'),
      }),
    };
    expect(await world.link()).toMatchObject({ kind: 'linked' });
    expect(idToken({})).toMatch(/^[\w-]+\.[\w-]+\.c2ln$/);
  });
});
