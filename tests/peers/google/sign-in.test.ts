import { describe, expect, test } from 'vitest';
import type { GoogleAccount } from './google-options.ts';
import { GMAIL_SEND, type GoogleStage, REDIRECT_URI, stageGoogle } from './google-stage.ts';
import { createPerson, type Person, type VisitEnd } from './person.ts';

const COMPOSE = 'https://www.googleapis.com/auth/gmail.compose';
const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';

function personAt(stage: GoogleStage, account: GoogleAccount = stage.accounts.ada): Person {
  return createPerson(stage.router, { account });
}

/** The fields that came back with the browser, from the query or the fragment. */
function fields(end: VisitEnd): Record<string, string> {
  if (end.kind === 'page') throw new Error(`still on a page:\n${end.html}`);
  const url = new URL(end.url);
  expect(url.origin + url.pathname).toBe(REDIRECT_URI);
  const text = url.hash === '' ? url.search : url.hash.slice(1);
  return Object.fromEntries(new URLSearchParams(text));
}

function pageOf(end: VisitEnd): { readonly status: number; readonly html: string } {
  if (end.kind !== 'page') throw new Error(`went back to ${end.url}`);
  return end;
}

describe('requests that never come back (PROVIDERS.md A1)', () => {
  test.each([
    ['unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['no client', { client_id: null }, 400, 'invalid_request'],
    ['no redirect', { redirect_uri: null }, 400, 'invalid_request'],
    [
      'redirect with one character more',
      { redirect_uri: `${REDIRECT_URI}/` },
      400,
      'redirect_uri_mismatch',
    ],
    [
      'redirect without its path',
      { redirect_uri: new URL('/', REDIRECT_URI).href },
      400,
      'redirect_uri_mismatch',
    ],
    ['no response type', { response_type: null }, 400, 'invalid_request'],
    [
      'a response type that is not played',
      { response_type: 'id_token' },
      400,
      'unsupported_response_type',
    ],
    ['no scope', { scope: null }, 400, 'invalid_request'],
    ['a scope that does not exist', { scope: 'openid gmail.send' }, 400, 'invalid_scope'],
    ['an unknown prompt', { prompt: 'login' }, 400, 'invalid_request'],
    ['prompt=none with another', { prompt: 'none consent' }, 400, 'invalid_request'],
    [
      'PKCE in the token flow',
      { code_challenge: 'x', code_challenge_method: 'S256' },
      400,
      'invalid_request',
    ],
    ['offline in the token flow', { access_type: 'offline' }, 400, 'invalid_request'],
  ])('%s: a page of Google, no redirect', async (_what, parameters, status, code) => {
    const stage = stageGoogle();
    const page = pageOf(await personAt(stage).visit(stage.authorizeUrl(parameters), true));
    expect(page.status).toBe(status);
    expect(page.html).toContain(`Error ${status}: ${code}`);
  });

  test('a client of type "Chrome Extension" ends in redirect_uri_mismatch', async () => {
    const stage = stageGoogle({ client: { type: 'chrome-extension' } });
    const page = pageOf(await personAt(stage).visit(stage.authorizeUrl(), true));
    expect(page.html).toContain('Error 400: redirect_uri_mismatch');
  });

  test('what the request says is shown as text, not as markup', async () => {
    const stage = stageGoogle();
    const url = stage.authorizeUrl({ redirect_uri: 'https://x/<script>alert(1)</script>' });
    const page = pageOf(await personAt(stage).visit(url, true));
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('&lt;script&gt;alert');
  });
});

describe('token flow', () => {
  test('signing in and ticking the box gives a token in the fragment, with state and iss', async () => {
    const stage = stageGoogle();
    const answer = fields(await personAt(stage).visit(stage.authorizeUrl(), true));
    expect(answer).toMatchObject({
      state: 'state-1',
      iss: 'https://accounts.google.com',
      token_type: 'Bearer',
      expires_in: '3599',
      authuser: '0',
      prompt: 'consent',
    });
    expect(answer['scope']?.split(' ').toSorted()).toEqual(
      ['email', GMAIL_SEND, EMAIL, 'openid'].toSorted(),
    );
    expect(answer['access_token']).toMatch(/^ya29\./);
  });

  test('unticking the box gives a token that says so, and is no error', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    person.habits.untick = [GMAIL_SEND];
    const answer = fields(await person.visit(stage.authorizeUrl(), true));
    expect(answer['scope']?.split(' ')).not.toContain(GMAIL_SEND);
    expect(answer['access_token']).toBeDefined();
  });

  test('unticking everything there is, is a refusal', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    person.habits.untick = [GMAIL_SEND, COMPOSE];
    const url = stage.authorizeUrl({ scope: `${GMAIL_SEND} ${COMPOSE}` });
    expect(fields(await person.visit(url, true))).toMatchObject({ error: 'access_denied' });
  });

  test('Cancel is access_denied, with the state', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    person.habits.consent = 'deny';
    const answer = fields(await person.visit(stage.authorizeUrl(), true));
    expect(answer).toMatchObject({ error: 'access_denied', state: 'state-1' });
    expect(answer).not.toHaveProperty('access_token');
  });

  test('a wrong password leads nowhere', async () => {
    const stage = stageGoogle();
    const account = { ...stage.accounts.ada, password: 'wrong' };
    const page = pageOf(await personAt(stage, account).visit(stage.authorizeUrl(), true));
    expect(page.html).toContain('id="wrong"');
  });

  test('iss can be left out, everywhere or in the token flow alone', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    stage.google.switches.issuer = 'code';
    expect(fields(await person.visit(stage.authorizeUrl(), true))).not.toHaveProperty('iss');
    const code = stage.authorizeUrl({ response_type: 'code' });
    expect(fields(await person.visit(code, true))).toHaveProperty('iss');
    stage.google.switches.issuer = 'never';
    expect(fields(await person.visit(code, true))).not.toHaveProperty('iss');
  });

  test('the Workspace domain is named', async () => {
    const stage = stageGoogle();
    const answer = fields(
      await personAt(stage, stage.accounts.grace).visit(stage.authorizeUrl(), true),
    );
    expect(answer['hd']).toBe('hopper.example');
  });
});

describe('the consent page', () => {
  const consentHtml = async (scope: string, stage = stageGoogle()): Promise<string> => {
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl({ scope: 'openid' }), true);
    person.habits.consent = 'close-window';
    return pageOf(await person.visit(stage.authorizeUrl({ scope }), true)).html;
  };

  test('has an empty box per scope beyond sign-in', async () => {
    const html = await consentHtml(`openid email ${GMAIL_SEND} ${COMPOSE}`);
    expect(html.match(/name="scope"/g)).toHaveLength(2);
    expect(html).toMatch(/id="scope-gmail-send"[^>]*data-scope="[^"]*gmail\.send"/);
    expect(html).not.toContain(' checked');
  });

  test('has ticked boxes when switched so', async () => {
    const stage = stageGoogle();
    stage.google.switches.consentBoxes = 'ticked';
    expect(await consentHtml(`email ${GMAIL_SEND}`, stage)).toMatch(
      /scope-gmail-send"[^>]* checked/,
    );
  });

  test('has no box for one scope that is asked for alone', async () => {
    expect(await consentHtml(GMAIL_SEND)).not.toContain('type="checkbox"');
  });

  test('is not shown again for what was allowed, but for what was not', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    expect(fields(await person.visit(stage.authorizeUrl(), false))).toHaveProperty('access_token');
    const more = stage.authorizeUrl({ scope: `email ${GMAIL_SEND} ${COMPOSE}` });
    expect(pageOf(await person.visit(more, false)).html).toContain('id="scope-gmail-compose"');
  });

  test('is shown again with prompt=consent', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const again = stage.authorizeUrl({ prompt: 'consent' });
    expect(pageOf(await person.visit(again, false)).html).toContain('id="consent"');
  });

  test('is shown again after everything was taken back', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    stage.google.revokeAll(stage.accounts.ada.email);
    expect(pageOf(await person.visit(stage.authorizeUrl(), false)).html).toContain('id="consent"');
  });
});

describe('prompt=none', () => {
  const silent = { prompt: 'none' };

  test('without anybody signed in: interaction_required', async () => {
    const stage = stageGoogle();
    const answer = fields(await personAt(stage).visit(stage.authorizeUrl(silent), false));
    expect(answer).toMatchObject({ error: 'interaction_required', state: 'state-1' });
  });

  test('signed in and allowed: a new token each time', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    const first = fields(await person.visit(stage.authorizeUrl(), true));
    const second = fields(await person.visit(stage.authorizeUrl(silent), false));
    expect(second['prompt']).toBe('none');
    expect(second['access_token']).not.toBe(first['access_token']);
  });

  test('signed in, not allowed: interaction_required', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    person.habits.untick = [GMAIL_SEND];
    await person.visit(stage.authorizeUrl(), true);
    const answer = fields(await person.visit(stage.authorizeUrl(silent), false));
    expect(answer).toMatchObject({ error: 'interaction_required' });
  });

  test('several signed in: interaction_required without login_hint, a token with it', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    person.habits.account = stage.accounts.grace;
    await person.visit(stage.authorizeUrl({ prompt: 'select_account' }), true);
    expect(fields(await person.visit(stage.authorizeUrl(silent), false))).toMatchObject({
      error: 'interaction_required',
    });
    for (const hint of [stage.accounts.ada.email, stage.accounts.ada.subject]) {
      const hinted = stage.authorizeUrl({ ...silent, login_hint: hint });
      const token = fields(await person.visit(hinted, false))['access_token'] ?? '';
      const headers = { authorization: `Bearer ${token}` };
      const who = await stage.fetch('https://openidconnect.googleapis.com/v1/userinfo', {
        headers,
      });
      expect(await who.json()).toMatchObject({ email: stage.accounts.ada.email });
    }
  });

  test('a hint at somebody who is not signed in here: interaction_required', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const url = stage.authorizeUrl({ ...silent, login_hint: stage.accounts.grace.email });
    expect(fields(await person.visit(url, false))).toMatchObject({ error: 'interaction_required' });
  });

  test('after the password was changed: interaction_required', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    stage.google.changePassword(stage.accounts.ada.email);
    const answer = fields(await person.visit(stage.authorizeUrl(silent), false));
    expect(answer).toMatchObject({ error: 'interaction_required' });
  });
});

describe('choosing an account', () => {
  test('select_account shows the chooser even when one is signed in, and no consent when allowed', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl(), true);
    const url = stage.authorizeUrl({ prompt: 'select_account' });
    expect(pageOf(await person.visit(url, false)).html).toContain('id="chooser"');
    expect(fields(await person.visit(url, true))).toMatchObject({ prompt: 'none' });
  });

  test('a hint fills in the sign-in page', async () => {
    const stage = stageGoogle();
    const url = stage.authorizeUrl({ login_hint: stage.accounts.tomoko.email });
    const { html } = pageOf(await personAt(stage).visit(url, false));
    expect(html).toContain(`value="${stage.accounts.tomoko.email}"`);
  });

  test('the pages behind the first address carry no address of the person', async () => {
    const stage = stageGoogle();
    const url = stage.authorizeUrl({ login_hint: stage.accounts.tomoko.email });
    await personAt(stage, stage.accounts.tomoko).visit(url, true);
    const later = stage.router.log.requests({ path: '/signin/oauth/flow' });
    expect(later.length).toBeGreaterThan(2);
    for (const { query } of later) expect(query).toMatch(/^id=[\w-]+$/);
  });
});

describe('publishing state (PROVIDERS.md A2)', () => {
  test('unverified: a warning before sensitive scopes, none before sign-in', async () => {
    const stage = stageGoogle({ client: { status: 'unverified' } });
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl({ scope: 'openid email' }), true);
    const page = pageOf(await person.visit(stage.authorizeUrl(), false));
    expect(page.html).toContain('id="warning"');
    expect(fields(await person.visit(stage.authorizeUrl(), true))).toHaveProperty('access_token');
  });

  test('testing: test users only', async () => {
    const stage = stageGoogle({
      client: { status: 'testing', testUsers: ['ada.lovelace@gmail.example'] },
    });
    expect(fields(await personAt(stage).visit(stage.authorizeUrl(), true))).toHaveProperty(
      'access_token',
    );
    const other = personAt(stage, stage.accounts.grace);
    const page = pageOf(await other.visit(stage.authorizeUrl(), true));
    expect([page.status, page.html.includes('Error 403: access_denied')]).toEqual([403, true]);
  });
});

describe('include_granted_scopes', () => {
  test('true: the token carries what was allowed before as well; false: it does not', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    await person.visit(stage.authorizeUrl({ scope: `email ${COMPOSE}` }), true);
    const scopeOf = async (include: string): Promise<readonly string[]> => {
      const parameters = { scope: `openid ${GMAIL_SEND}`, include_granted_scopes: include };
      const answer = fields(await person.visit(stage.authorizeUrl(parameters), true));
      return answer['scope']?.split(' ') ?? [];
    };
    expect(await scopeOf('true')).toContain(COMPOSE);
    expect(await scopeOf('false')).not.toContain(COMPOSE);
  });

  test.each([
    ['share', 'one', 'access_token'],
    ['do not share', 'two', 'error'],
  ])(
    'clients of project one and %s what was granted with project %s',
    async (_what, project, field) => {
      const first = stageGoogle().client;
      const sibling = { ...first, id: 'sibling', project };
      const stage = stageGoogle({ clients: [{ ...first, project: 'one' }, sibling] });
      const person = personAt(stage);
      await person.visit(stage.authorizeUrl(), true);
      const silent = stage.authorizeUrl({ prompt: 'none', client_id: sibling.id });
      expect(fields(await person.visit(silent, false))).toHaveProperty(field);
    },
  );
});

describe('the identity window with this person', () => {
  test('redirected, interaction-required, cancelled and failed', async () => {
    const stage = stageGoogle();
    const person = personAt(stage);
    const open = async (interactive: boolean, parameters = {}): Promise<unknown> =>
      await person.webAuth.launch({
        url: stage.authorizeUrl(parameters),
        interactive,
        timeoutMs: 1000,
      });
    expect(person.webAuth.redirectUri('google')).toBe(REDIRECT_URI);
    expect(await open(false)).toEqual({ kind: 'interaction-required' });
    person.habits.consent = 'close-window';
    expect(await open(true)).toEqual({ kind: 'cancelled' });
    person.habits.consent = 'allow';
    expect(await open(true)).toMatchObject({ kind: 'redirected' });
    expect(await open(true, { client_id: 'nobody' })).toMatchObject({ kind: 'failed' });
  });
});
