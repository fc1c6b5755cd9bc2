import { describe, expect, test } from 'vitest';
import {
  EXTENSION_ORIGIN,
  GRAPH,
  mimeRequest,
  mimeText,
  stageMicrosoft,
} from './microsoft-stage.ts';

interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly innerError: Readonly<Record<string, string>>;
  };
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as ErrorBody).error.code;
}

describe('without a good token: 401 InvalidAuthenticationToken', () => {
  test('none at all', async () => {
    const response = await stageMicrosoft().fetch(`${GRAPH}/me`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('authorization_uri=');
    expect(await response.json()).toMatchObject({
      error: { code: 'InvalidAuthenticationToken', message: 'Access token is empty.' },
    });
  });

  test('made up, run out, or ended by the test', async () => {
    const stage = stageMicrosoft({ accessTokenSeconds: 3_600 });
    expect((await stage.graph('/me', { token: 'made-up' })).status).toBe(401);
    const token = stage.token();
    stage.microsoft.clock.advance(3_599_999);
    expect((await stage.graph('/me', { token })).status).toBe(200);
    stage.microsoft.clock.advance(1);
    expect((await stage.graph('/me', { token })).status).toBe(401);
    const other = stage.token();
    stage.microsoft.expireAccessTokens(stage.accounts.joan.email);
    expect((await stage.graph('/me', { token: other })).status).toBe(401);
  });
});

/** The "Permissions" table of each method's page. */
const TABLE: readonly [string, string, readonly string[]][] = [
  ['GET', '/me', ['User.Read']],
  ['POST', '/me/sendMail', ['Mail.Send', 'Mail.Send.Shared']],
  ['GET', '/me/messages', ['Mail.Read', 'Mail.ReadBasic', 'Mail.ReadWrite']],
  ['GET', '/me/mailFolders/sentitems/messages', ['Mail.Read', 'Mail.ReadBasic', 'Mail.ReadWrite']],
  ['GET', '/me/messages/x', ['Mail.Read', 'Mail.ReadBasic', 'Mail.ReadWrite']],
  ['POST', '/me/messages', ['Mail.ReadWrite']],
  ['PATCH', '/me/messages/x', ['Mail.ReadWrite']],
  ['DELETE', '/me/messages/x', ['Mail.ReadWrite']],
  ['POST', '/me/messages/x/send', ['Mail.Send']],
  ['GET', '/me/messages/x/attachments', ['Mail.Read', 'Mail.ReadWrite']],
  ['POST', '/me/messages/x/attachments', ['Mail.ReadWrite']],
  ['POST', '/me/messages/x/attachments/createUploadSession', ['Mail.ReadWrite']],
  ['GET', '/me/messages/x/attachments/y', ['Mail.Read', 'Mail.ReadWrite']],
  ['DELETE', '/me/messages/x/attachments/y', ['Mail.ReadWrite']],
];

const ALL = [
  'Files.Read',
  'Mail.Read',
  'Mail.ReadBasic',
  'Mail.ReadWrite',
  'Mail.Send',
  'Mail.Send.Shared',
  'User.Read',
];

describe('each method takes its scopes and no other', () => {
  test.each(TABLE)('%s %s takes %s', async (method, path, allowed) => {
    const stage = stageMicrosoft();
    const passes = async (scope: string): Promise<boolean> => {
      const response = await stage.graph(path, { method, scopes: [scope] });
      await response.arrayBuffer();
      return response.status !== 403;
    };
    for (const scope of ALL) {
      expect([scope, await passes(scope)]).toEqual([scope, allowed.includes(scope)]);
    }
  });

  test('the refusal is 403 ErrorAccessDenied for mail, Authorization_RequestDenied for the directory', async () => {
    const stage = stageMicrosoft();
    const mail = await stage.graph('/me/sendMail', { method: 'POST', scopes: ['User.Read'] });
    expect(await mail.json()).toMatchObject({
      error: {
        code: 'ErrorAccessDenied',
        message: 'Access is denied. Check credentials and try again.',
      },
    });
    const me = await stage.graph('/me', { scopes: ['Mail.Send'] });
    expect(me.status).toBe(403);
    expect(await codeOf(me)).toBe('Authorization_RequestDenied');
  });
});

describe('/me', () => {
  test('tells who it is; a personal account by its short id', async () => {
    const stage = stageMicrosoft();
    const { joan, hedy } = stage.accounts;
    expect(await (await stage.graph('/me')).json()).toMatchObject({
      id: joan.id,
      displayName: joan.name,
      givenName: 'Joan',
      surname: 'Clarke',
      mail: joan.email,
      userPrincipalName: joan.email,
    });
    const token = stage.token(['User.Read'], hedy.email);
    expect(await (await stage.graph('/me', { token })).json()).toMatchObject({ id: hedy.id });
  });

  test('may say no mail address, or one that is not the sign-in name', async () => {
    const plain = stageMicrosoft().accounts.joan;
    for (const mail of [null, 'j.clarke@bletchley.example']) {
      const stage = stageMicrosoft({ accounts: [{ ...plain, mail }] });
      expect(await (await stage.graph('/me')).json()).toMatchObject({
        mail,
        userPrincipalName: plain.email,
      });
    }
  });
});

describe('every answer has its ids', () => {
  test.each([
    ['of an error', '/nowhere'],
    ['of a success', '/me'],
  ])('%s: request-id, and the client’s own id given back', async (_what, path) => {
    const stage = stageMicrosoft();
    const id = '11111111-2222-4333-8444-555555555555';
    const response = await stage.graph(path, { headers: { 'client-request-id': id } });
    expect(response.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(response.headers.get('client-request-id')).toBe(id);
  });

  test('an error has them in its body, with a date', async () => {
    const response = await stageMicrosoft().graph('/nowhere');
    const { error } = (await response.json()) as ErrorBody;
    expect(error.innerError['request-id']).toBe(response.headers.get('request-id'));
    expect(error.innerError['date']).toBe('2026-11-22T10:00:00');
  });
});

describe('CORS (PROVIDERS.md F: the extension has no host permission at first)', () => {
  test('everybody may read, Retry-After and the ids too', async () => {
    const stage = stageMicrosoft();
    const headers = { authorization: `Bearer ${stage.token()}` };
    const response = await stage.extensionFetch(`${GRAPH}/me`, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('request-id')).not.toBeNull();
    expect(stage.router.log.requests({ method: 'OPTIONS' })).toHaveLength(1);
    expect(stage.router.log.requests()[0]?.origin).toBe(EXTENSION_ORIGIN);
  });

  test('or only the answer itself, or nothing: the router’s modes', async () => {
    const stage = stageMicrosoft();
    const headers = { authorization: `Bearer ${stage.token()}` };
    stage.router.cors.set('hidden');
    const hidden = await stage.extensionFetch(`${GRAPH}/me`, { headers });
    expect(hidden.status).toBe(200);
    expect(hidden.headers.get('request-id')).toBeNull();
    stage.router.cors.set('refused');
    await expect(stage.extensionFetch(`${GRAPH}/me`, { headers })).rejects.toThrow(TypeError);
  });
});

describe('other people’s mailboxes', () => {
  test('the own name works like /me; a stranger’s does not', async () => {
    const stage = stageMicrosoft();
    const { joan, alan } = stage.accounts;
    const send = async (user: string): Promise<Response> =>
      await stage.graph(`/users/${user}/sendMail`, mimeRequest(mimeText()));
    expect((await send(joan.email)).status).toBe(202);
    expect((await send(joan.id)).status).toBe(202);
    expect((await send(alan.email)).status).toBe(403);
    expect((await send('nobody@bletchley.example')).status).toBe(404);
  });
});

test('a person without a mailbox is told so', async () => {
  const { joan } = stageMicrosoft().accounts;
  const stage = stageMicrosoft({ accounts: [{ ...joan, hasMailbox: false }] });
  const response = await stage.graph('/me/sendMail', mimeRequest(mimeText()));
  expect(response.status).toBe(404);
  expect(await codeOf(response)).toBe('MailboxNotEnabledForRESTAPI');
  expect((await stage.graph('/me')).status).toBe(200);
});
