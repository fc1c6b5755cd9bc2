import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPerson, type Habits, type Person, type VisitEnd } from '../google/person.ts';
import { createBrowserSessions } from './browser-sessions.ts';
import { createMicrosoftIds } from './microsoft-ids.ts';
import {
  codeForm,
  LOGIN,
  type MicrosoftStage,
  REDIRECT_URI,
  stageMicrosoft,
} from './microsoft-stage.ts';

const DAY_MS = 86_400_000;

function personAt(stage: MicrosoftStage, habits: Partial<Habits> = {}): Person {
  return createPerson(stage.router, { account: stage.accounts.joan, ...habits });
}

/** The fields that came back with the browser, from the query or the fragment. */
function fields(end: VisitEnd): Record<string, string> {
  if (end.kind === 'page') throw new Error(`still on a page:\n${end.html}`);
  const url = new URL(end.url);
  expect(url.origin + url.pathname).toBe(REDIRECT_URI);
  return Object.fromEntries(new URLSearchParams(url.hash === '' ? url.search : url.hash.slice(1)));
}

function pageOf(end: VisitEnd): { readonly status: number; readonly html: string } {
  if (end.kind !== 'page') throw new Error(`went back to ${end.url}`);
  return end;
}

/** The form that a person has in front of them. */
function formOf(end: VisitEnd): string | undefined {
  return /<form id="([\w-]+)"/.exec(pageOf(end).html)?.[1];
}

describe('requests that never come back: nothing is sent to an address that is not the app’s', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }, 'common', 700016],
    ['no client', { client_id: null }, 'common', 900144],
    ['no redirect', { redirect_uri: null }, 'common', 900144],
    ['a redirect with one character more', { redirect_uri: `${REDIRECT_URI}/` }, 'common', 50011],
    [
      'a redirect without its path',
      { redirect_uri: new URL('/', REDIRECT_URI).href },
      'common',
      50011,
    ],
    ['an unknown tenant', {}, 'nowhere.example', 90002],
    ['form_post, which is not played', { response_mode: 'form_post' }, 'common', 70007],
  ])('%s: a page of Microsoft', async (_what, parameters, authority, code) => {
    const stage = stageMicrosoft();
    const page = pageOf(
      await personAt(stage).visit(stage.authorizeUrl(parameters, authority), true),
    );
    expect(page.status).toBe(400);
    expect(page.html).toContain(`AADSTS${code}`);
  });

  test('what the request says is shown as text, not as markup', async () => {
    const stage = stageMicrosoft();
    const url = stage.authorizeUrl({ redirect_uri: 'https://x/<script>alert(1)</script>' });
    const page = pageOf(await personAt(stage).visit(url, true));
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('&lt;script&gt;alert');
  });
});

describe('requests that are refused in the redirect, with state', () => {
  test.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type', 700051],
    ['an identity token', { response_type: 'code id_token' }, 'unsupported_response_type', 700054],
    ['no scope', { scope: null }, 'invalid_request', 900144],
    ['a scope that does not exist', { scope: 'openid Mail.Sent' }, 'invalid_client', 650053],
    ['an unknown prompt', { prompt: 'create' }, 'invalid_request', 90023],
  ])('%s', async (_what, parameters, error, code) => {
    const stage = stageMicrosoft();
    const end = await personAt(stage).visit(stage.authorizeUrl(parameters), true);
    expect(fields(end)).toMatchObject({
      error,
      state: 'state-1',
      error_uri: `${LOGIN}/error?code=${code}`,
    });
  });

  test('a SPA without PKCE: after signing in, AADSTS9002325', async () => {
    const stage = stageMicrosoft();
    const url = stage.authorizeUrl({ code_challenge: null, code_challenge_method: null });
    const answer = fields(await personAt(stage).visit(url, true));
    expect(answer['error']).toBe('invalid_request');
    expect(answer['error_description']).toMatch(
      /^AADSTS9002325: .*\r\nTrace ID: [\w-]{36}\r\nCorrelation ID: [\w-]{36}\r\nTimestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
    );
  });
});

describe('signing in', () => {
  test('gives a code in the query, with state and session_state and without iss', async () => {
    const stage = stageMicrosoft();
    const answer = fields(await personAt(stage).visit(stage.authorizeUrl(), true));
    expect(Object.keys(answer)).toEqual(['code', 'session_state', 'state']);
    expect(answer['state']).toBe('state-1');
  });

  test('response_mode=fragment puts the same into the fragment', async () => {
    const stage = stageMicrosoft();
    const end = await personAt(stage).visit(
      stage.authorizeUrl({ response_mode: 'fragment' }),
      true,
    );
    expect(end.kind === 'redirected' && new URL(end.url).search).toBe('');
    expect(fields(end)['code']).toMatch(/^1\.AXoA/);
  });

  test('a wrong password is said, and nobody is signed in', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage, { account: { ...stage.accounts.joan, password: 'wrong' } });
    const page = pageOf(await person.visit(stage.authorizeUrl(), true));
    expect(page.html).toContain('id="wrong"');
    expect(fields(await person.visit(stage.authorizeUrl({ prompt: 'none' }), false))).toMatchObject(
      { error: 'login_required' },
    );
  });

  test('the consent page names what is asked, and says no single permission can be left out', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl({ scope: 'openid' }), true);
    const { html } = pageOf(
      await person.visit(stage.authorizeUrl({ scope: 'openid Mail.Send' }), false),
    );
    expect(html).toContain('data-scope="https://graph.microsoft.com/Mail.Send">Send mail as you');
    expect(html).not.toContain('type="checkbox"');
  });

  test('declined: access_denied AADSTS65004 at work; a personal account’s service has words of its own', async () => {
    const stage = stageMicrosoft();
    const work = fields(
      await personAt(stage, { consent: 'deny' }).visit(stage.authorizeUrl(), true),
    );
    expect(work).toMatchObject({
      error: 'access_denied',
      error_subcode: 'cancel',
      state: 'state-1',
    });
    expect(work['error_description']).toContain('AADSTS65004');
    const hedy = personAt(stage, { account: stage.accounts.hedy, consent: 'deny' });
    const personal = fields(await hedy.visit(stage.authorizeUrl(), true));
    expect(personal['error_description']).toContain('denied access to the scope');
    stage.microsoft.switches.declined = 'consent_required';
    expect(
      fields(await personAt(stage, { consent: 'deny' }).visit(stage.authorizeUrl(), true)),
    ).toMatchObject({ error: 'consent_required' });
  });

  test('consent is asked for once; a further scope asks again; prompt=consent always', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    expect((await person.visit(stage.authorizeUrl(), false)).kind).toBe('redirected');
    const more = stage.authorizeUrl({ scope: 'openid Files.ReadWrite' });
    expect(formOf(await person.visit(more, false))).toBe('consent');
    expect(formOf(await person.visit(stage.authorizeUrl({ prompt: 'consent' }), false))).toBe(
      'consent',
    );
  });

  test('several signed in: the person picks, or brings another', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    person.habits.account = stage.accounts.hedy;
    await person.visit(stage.authorizeUrl({ prompt: 'select_account' }), true);
    const { html } = pageOf(await person.visit(stage.authorizeUrl(), false));
    expect(html).toContain('id="account-1"');
    expect(html).toContain('id="account-2"');
    const code = fields(await person.visit(stage.authorizeUrl(), true))['code'] ?? '';
    const body = (await (await stage.redeem(codeForm(code))).json()) as { access_token: string };
    expect(body.access_token).toMatch(/^EwB/);
  });

  test('login_hint of a signed-in account goes straight through; of another it is filled in', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const own = stage.authorizeUrl({ login_hint: stage.accounts.joan.email.toUpperCase() });
    expect((await person.visit(own, false)).kind).toBe('redirected');
    const other = await person.visit(
      stage.authorizeUrl({ login_hint: stage.accounts.alan.email }),
      false,
    );
    expect(pageOf(other).html).toContain(`value="${stage.accounts.alan.email}"`);
  });

  test('prompt=login asks for the password again', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    expect(formOf(await person.visit(stage.authorizeUrl({ prompt: 'login' }), false))).toBe(
      'sign-in',
    );
  });

  test('a sign-in that is over cannot be gone on with', async () => {
    const stage = stageMicrosoft();
    expect(
      pageOf(await personAt(stage).visit(`${LOGIN}/common/reprocess?ctx=gone`, true)).status,
    ).toBe(400);
  });
});

describe('prompt=none', () => {
  const silent = { prompt: 'none' };

  test('without anybody signed in: login_required AADSTS50058', async () => {
    const stage = stageMicrosoft();
    const answer = fields(await personAt(stage).visit(stage.authorizeUrl(silent), false));
    expect(answer).toMatchObject({ error: 'login_required', state: 'state-1' });
    expect(answer['error_description']).toContain('AADSTS50058');
  });

  test('with consent given and the account hinted: a code and no page', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const again = stage.authorizeUrl({ ...silent, login_hint: stage.accounts.joan.email });
    expect(fields(await person.visit(again, false))['code']).toBeDefined();
  });

  test('without consent for all that is asked: interaction_required AADSTS65001, or consent_required', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const more = stage.authorizeUrl({ ...silent, scope: 'openid Files.Read' });
    const answer = fields(await person.visit(more, false));
    expect(answer['error']).toBe('interaction_required');
    expect(answer['error_description']).toContain('AADSTS65001');
    stage.microsoft.switches.silentConsent = 'consent_required';
    expect(fields(await person.visit(more, false))['error']).toBe('consent_required');
  });

  test('several signed in and none hinted: interaction_required AADSTS16000; the tenant asked for is taken into account', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    person.habits.account = stage.accounts.hedy;
    await person.visit(stage.authorizeUrl({ prompt: 'select_account' }), true);
    const answer = fields(await person.visit(stage.authorizeUrl(silent), false));
    expect(answer['error_description']).toContain('AADSTS16000');
    expect(
      fields(await person.visit(stage.authorizeUrl(silent, 'consumers'), false))['code'],
    ).toMatch(/^M\./);
    expect(
      fields(await person.visit(stage.authorizeUrl(silent, 'organizations'), false))['code'],
    ).toMatch(/^1\./);
  });

  test('a second factor that is due: interaction_required AADSTS50076 until the person has given it', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    stage.microsoft.setStanding(stage.accounts.joan.email, 'second-factor-needed');
    const answer = fields(await person.visit(stage.authorizeUrl(silent), false));
    expect(answer['error']).toBe('interaction_required');
    expect(answer['error_description']).toContain('AADSTS50076');
    await person.visit(stage.authorizeUrl(), true);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['code']).toBeDefined();
  });

  test('blocked by the company: access_denied AADSTS53003, and a page when the person is there', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    stage.microsoft.setStanding(stage.accounts.joan.email, 'blocked');
    const answer = fields(await person.visit(stage.authorizeUrl(silent), false));
    expect(answer['error']).toBe('access_denied');
    expect(pageOf(await person.visit(stage.authorizeUrl(), true)).html).toContain('AADSTS53003');
    const { html } = pageOf(await person.visit(stage.authorizeUrl(), false));
    expect(html).not.toContain('<form');
  });
});

describe('how long a browser stays signed in (configurable-token-lifetimes.md)', () => {
  const silent = { prompt: 'none' };

  test('“stay signed in”: 90 days from the last use', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    stage.microsoft.clock.advance(89 * DAY_MS);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['code']).toBeDefined();
    stage.microsoft.clock.advance(89 * DAY_MS);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['code']).toBeDefined();
    stage.microsoft.clock.advance(90 * DAY_MS);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['error']).toBe(
      'login_required',
    );
  });

  test('otherwise 24 hours from the last use, and a cookie that dies with the browser', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage, { stay: false });
    await person.visit(stage.authorizeUrl(), true);
    stage.microsoft.clock.advance(DAY_MS - 1);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['code']).toBeDefined();
    stage.microsoft.clock.advance(DAY_MS);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['error']).toBe(
      'login_required',
    );
  });

  test('the cookie outlives the browser only after “yes”, and names nobody', () => {
    const ids = createMicrosoftIds(randomBytes);
    const sessions = createBrowserSessions({ ids, clock: { now: () => 0 } });
    const email = 'joan@x.example';
    expect(sessions.signIn(sessions.of(undefined), email, true).setCookie).toContain('Max-Age=');
    const { setCookie } = sessions.signIn(sessions.of(undefined), email, false);
    expect(setCookie).not.toContain('Max-Age');
    expect(setCookie).not.toContain('joan');
    expect(sessions.of(setCookie.split(';')[0]).emails).toEqual([email]);
  });

  test('signing out ends it, and so does a change of password', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const out = pageOf(await person.visit(`${LOGIN}/common/oauth2/v2.0/logout`, false));
    expect(out.html).toContain('id="signed-out"');
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['error']).toBe(
      'login_required',
    );
    await person.visit(stage.authorizeUrl(), true);
    stage.microsoft.changePassword(stage.accounts.joan.email);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))['error']).toBe(
      'login_required',
    );
  });
});

describe('authorities and account types', () => {
  test('a personal account is refused at organizations, and a work account is unknown at consumers', async () => {
    const stage = stageMicrosoft();
    const hedy = personAt(stage, { account: stage.accounts.hedy });
    expect(pageOf(await hedy.visit(stage.authorizeUrl({}, 'organizations'), true)).html).toContain(
      'AADSTS500200',
    );
    expect(
      pageOf(await personAt(stage).visit(stage.authorizeUrl({}, 'consumers'), true)).html,
    ).toContain('id="wrong"');
  });

  test('a tenant takes its own people, by id and by domain', async () => {
    const stage = stageMicrosoft();
    const { bletchley, langley } = stage.tenants;
    for (const name of [bletchley.id, bletchley.domain]) {
      expect(
        fields(await personAt(stage).visit(stage.authorizeUrl({}, name), true))['code'],
      ).toBeDefined();
    }
    expect(
      pageOf(await personAt(stage).visit(stage.authorizeUrl({}, langley.id), true)).html,
    ).toContain('AADSTS50020');
  });

  test.each([
    ['work', 'consumers', 9002332],
    ['personal', 'common', 9002346],
    ['one-tenant', 'common', 50194],
  ] as const)('an app for %s accounts is refused at %s', async (audience, authority, code) => {
    const stage = stageMicrosoft({ client: { audience } });
    const page = pageOf(await personAt(stage).visit(stage.authorizeUrl({}, authority), true));
    expect(page.html).toContain(`AADSTS${code}`);
  });
});

describe('the identity window of the extension', () => {
  test('a person who closes the window has cancelled; an error page cannot be loaded', async () => {
    const stage = stageMicrosoft();
    const person = personAt(stage, { consent: 'close-window' });
    const launch = async (url: string) =>
      await person.webAuth.launch({ url, interactive: true, timeoutMs: 1_000 });
    expect(await launch(stage.authorizeUrl())).toEqual({ kind: 'cancelled' });
    expect(await launch(stage.authorizeUrl({ client_id: 'nobody' }))).toMatchObject({
      kind: 'failed',
    });
  });
});
