import { describe, expect, test } from 'vitest';
import { GMAIL_SEND, mailText, SEND_URL, stageGoogle, UPLOAD_URL } from './google-stage.ts';

const GMAIL = 'https://gmail.googleapis.com/gmail/v1/users/me';
const API = 'https://www.googleapis.com/auth/';

interface ErrorBody {
  readonly error: {
    readonly code: number;
    readonly status: string;
    readonly errors: readonly [{ readonly reason: string; readonly message: string }];
    readonly details?: readonly unknown[];
  };
}

describe('without a good token: 401 (guides/handle-errors)', () => {
  test('a made-up or dead one is authError', async () => {
    const stage = stageGoogle();
    const headers = { authorization: 'Bearer ya29.made-up' };
    const response = await stage.fetch(SEND_URL, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await response.json()).toMatchObject({
      error: {
        code: 401,
        status: 'UNAUTHENTICATED',
        errors: [
          { reason: 'authError', message: 'Invalid Credentials', location: 'Authorization' },
        ],
      },
    });
  });

  test('none at all is required', async () => {
    const response = await stageGoogle().fetch(SEND_URL, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { errors: [{ reason: 'required' }] } });
  });
});

/** PROVIDERS.md A2: method, and the scopes that it takes besides https://mail.google.com/. */
const TABLE: readonly [string, string, readonly string[]][] = [
  ['POST', `${GMAIL}/messages/send`, ['compose', 'modify', 'send']],
  ['POST', `${UPLOAD_URL}?uploadType=media`, ['compose', 'modify', 'send']],
  ['POST', `${UPLOAD_URL}?uploadType=resumable`, ['compose', 'modify', 'send']],
  ['POST', `${GMAIL}/drafts`, ['compose', 'modify']],
  ['PUT', `${GMAIL}/drafts/r1`, ['compose', 'modify']],
  ['POST', `${GMAIL}/drafts/send`, ['compose', 'modify']],
  ['GET', `${GMAIL}/drafts`, ['compose', 'modify', 'readonly']],
  ['GET', `${GMAIL}/drafts/r1`, ['compose', 'modify', 'readonly']],
  ['GET', `${GMAIL}/messages`, ['metadata', 'modify', 'readonly']],
  ['GET', `${GMAIL}/messages/m1`, ['metadata', 'modify', 'readonly']],
  ['GET', `${GMAIL}/threads`, ['metadata', 'modify', 'readonly']],
  ['GET', `${GMAIL}/threads/t1`, ['metadata', 'modify', 'readonly']],
  ['GET', `${GMAIL}/messages/m1/attachments/a1`, ['modify', 'readonly']],
  ['GET', `${GMAIL}/profile`, ['compose', 'metadata', 'modify', 'readonly']],
  ['GET', `${GMAIL}/settings/sendAs`, ['modify', 'readonly', 'settings.basic']],
  ['GET', `${GMAIL}/labels`, ['labels', 'metadata', 'modify', 'readonly']],
];

const ALL = ['compose', 'labels', 'metadata', 'modify', 'readonly', 'send', 'settings.basic'];

describe('each method takes its scopes and no other (PROVIDERS.md A2)', () => {
  test.each(TABLE)('%s %s takes %s', async (method, address, allowed) => {
    const stage = stageGoogle();
    const passes = async (scope: string): Promise<boolean> => {
      const headers = { authorization: `Bearer ${stage.token([scope])}` };
      const response = await stage.fetch(address, { method, headers });
      await response.arrayBuffer();
      return response.status !== 403;
    };
    for (const name of ALL) {
      expect([name, await passes(`${API}gmail.${name}`)]).toEqual([name, allowed.includes(name)]);
    }
    expect(await passes('https://mail.google.com/')).toBe(true);
    expect(await passes('openid')).toBe(false);
  });

  test('the refusal is 403 insufficientPermissions with the reason in its details', async () => {
    const stage = stageGoogle();
    const headers = { authorization: `Bearer ${stage.token([GMAIL_SEND])}` };
    const response = await stage.fetch(`${GMAIL}/drafts`, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    const { error } = (await response.json()) as ErrorBody;
    expect(error).toMatchObject({
      status: 'PERMISSION_DENIED',
      errors: [{ reason: 'insufficientPermissions', message: 'Insufficient Permission' }],
      details: [
        {
          reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
          domain: 'googleapis.com',
          metadata: { service: 'gmail.googleapis.com' },
        },
      ],
    });
  });
});

test('the mailbox can be named by its own address, not by another', async () => {
  const stage = stageGoogle();
  const status = async (user: string): Promise<number> => {
    const headers = { authorization: `Bearer ${stage.token()}` };
    const body = JSON.stringify({ raw: Buffer.from(mailText()).toString('base64url') });
    const address = SEND_URL.replace('/me/', `/${encodeURIComponent(user)}/`);
    return (await stage.fetch(address, { method: 'POST', headers, body })).status;
  };
  expect(await status('Ada.Lovelace@gmail.example')).toBe(200);
  expect(await status('grace@hopper.example')).toBe(403);
  expect(stage.google.deliveries).toHaveLength(1);
});

describe('reading back, with a right to read', () => {
  const sent = async (): Promise<{
    get: (path: string) => Promise<unknown>;
    id: string;
    messageId: string;
  }> => {
    const stage = stageGoogle();
    const headers = { authorization: `Bearer ${stage.token([`${API}gmail.modify`])}` };
    const body = JSON.stringify({ raw: Buffer.from(mailText()).toString('base64url') });
    await stage.fetch(SEND_URL, { method: 'POST', headers, body });
    const { id = '', messageId = '' } = stage.google.deliveries[0] ?? {};
    const get = async (path: string): Promise<unknown> =>
      (await stage.fetch(`${GMAIL}/${path}`, { headers })).json();
    return { get, id, messageId };
  };

  test('profile, list and message agree', async () => {
    const { get, id, messageId } = await sent();
    expect(await get('profile')).toMatchObject({
      emailAddress: 'ada.lovelace@gmail.example',
      messagesTotal: 1,
    });
    expect(await get('messages')).toMatchObject({ messages: [{ id }], resultSizeEstimate: 1 });
    expect(await get(`messages?q=rfc822msgid:${messageId}`)).toMatchObject({ messages: [{ id }] });
    expect(await get('messages?q=rfc822msgid:other@x')).toEqual({ resultSizeEstimate: 0 });
    const { raw } = (await get(`messages/${id}?format=raw`)) as { raw: string };
    expect(Buffer.from(raw, 'base64url').toString()).toContain(`Message-ID: ${messageId}`);
    expect(await get(`messages/${id}?format=metadata`)).toMatchObject({
      payload: {
        headers: expect.arrayContaining([{ name: 'Subject', value: 'Greetings' }]) as unknown,
      },
    });
    expect(await get('messages/none')).toMatchObject({ error: { code: 404 } });
  });

  test('aliases are listed', async () => {
    const stage = stageGoogle();
    const { google, client, accounts } = stage;
    const scopes = [`${API}gmail.settings.basic`];
    const { accessToken } = google.grant({
      account: accounts.grace.email,
      client: client.id,
      scopes,
    });
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await stage.fetch(`${GMAIL}/settings/sendAs`, { headers });
    expect(await response.json()).toMatchObject({
      sendAs: [
        { sendAsEmail: 'grace@hopper.example', isPrimary: true },
        { sendAsEmail: 'sales@hopper.example' },
      ],
    });
  });

  test('what is not played says so with 501, so that nobody takes it for an answer of Gmail', async () => {
    const { get } = await sent();
    expect(await get('threads')).toMatchObject({ error: { code: 501, status: 'UNIMPLEMENTED' } });
  });
});
