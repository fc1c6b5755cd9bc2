import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import {
  type GraphRequest,
  type MicrosoftStage,
  mimeRequest,
  mimeText,
  stageMicrosoft,
} from './microsoft-stage.ts';

const MIB = 1024 * 1024;

async function sendMime(
  stage: MicrosoftStage,
  mime: string,
  more: GraphRequest = {},
): Promise<Response> {
  return await stage.graph('/me/sendMail', mimeRequest(mime, more));
}

async function sendJson(
  stage: MicrosoftStage,
  message: object,
  more: GraphRequest = {},
  rest: object = {},
): Promise<Response> {
  return await stage.graph('/me/sendMail', { method: 'POST', json: { message, ...rest }, ...more });
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

function to(...addresses: readonly string[]): object[] {
  return addresses.map((address) => ({ emailAddress: { address } }));
}

/** What recipients got, as text. */
function delivered(stage: MicrosoftStage): string {
  const [mail] = stage.microsoft.deliveries;
  if (!mail) throw new Error('nothing was delivered');
  return Buffer.from(mail.delivered).toString();
}

describe('by MIME', () => {
  test('202 with an empty body and no id; the bytes reach the mailbox', async () => {
    const stage = stageMicrosoft();
    const mime = mimeText();
    const response = await sendMime(stage, mime);
    expect([response.status, await response.text()]).toEqual([202, '']);
    expect(response.headers.get('location')).toBeNull();
    const [mail] = stage.microsoft.deliveries;
    expect(mail?.envelope).toEqual({ from: stage.accounts.joan.email, to: ['bob@crm.example'] });
    expect(Buffer.from(mail?.accepted ?? []).toString()).toBe(mime);
    expect(stage.microsoft.messages(stage.accounts.joan.email)[0]).toMatchObject({
      folder: 'sentitems',
      isDraft: false,
    });
  });

  test('line breaks in the base64 are taken', async () => {
    const stage = stageMicrosoft();
    const body = Buffer.from(mimeText()).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
    expect(
      (
        await stage.graph('/me/sendMail', {
          method: 'POST',
          body,
          headers: { 'content-type': 'text/plain' },
        })
      ).status,
    ).toBe(202);
  });

  test.each([
    ['no base64', 'To: bob@crm.example', 'ErrorMimeContentInvalidBase64String'],
    ['base64url', '-_-_', 'ErrorMimeContentInvalidBase64String'],
    ['nothing', '', 'ErrorMimeContentInvalidBase64String'],
    [
      'base64 of no message',
      Buffer.from('\r\nhello').toString('base64'),
      'ErrorMimeContentInvalid',
    ],
  ])('%s: 400 %s', async (_what, body, code) => {
    const stage = stageMicrosoft();
    const response = await stage.graph('/me/sendMail', {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    });
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe(code);
  });

  test('From is ignored: it is the mailbox’s own', async () => {
    const stage = stageMicrosoft();
    await sendMime(
      stage,
      mimeText({ From: 'Somebody <else@elsewhere.example>', Sender: 'else@elsewhere.example' }),
    );
    expect(delivered(stage)).toContain('From: "Joan Clarke" <joan.clarke@bletchley.example>\r\n');
    expect(delivered(stage)).not.toContain('elsewhere.example');
  });

  test('Bcc gets the mail and is not seen; Message-ID is Exchange’s, or the client’s by the switch', async () => {
    const stage = stageMicrosoft();
    await sendMime(stage, mimeText({ Bcc: 'hidden@crm.example' }));
    expect(stage.microsoft.deliveries[0]?.envelope.to).toEqual([
      'bob@crm.example',
      'hidden@crm.example',
    ]);
    expect(delivered(stage)).not.toContain('hidden');
    expect(stage.microsoft.deliveries[0]?.messageId).toContain('.prod.outlook.com>');
    stage.microsoft.switches.messageId = 'keep';
    await sendMime(stage, mimeText());
    expect(stage.microsoft.deliveries[1]?.messageId).toBe('<fixed-id@postern.example>');
  });

  test('threads and lists keep their fields; Auto-Submitted is stripped', async () => {
    const stage = stageMicrosoft();
    const kept = {
      'In-Reply-To': '<before@crm.example>',
      References: '<first@crm.example> <before@crm.example>',
      'List-Unsubscribe': '<mailto:off@bletchley.example>',
      'X-Own': 'yes',
    };
    await sendMime(stage, mimeText({ ...kept, 'Auto-Submitted': 'auto-generated' }));
    for (const [name, value] of Object.entries(kept))
      expect(delivered(stage)).toContain(`${name}: ${value}\r\n`);
    expect(delivered(stage)).not.toContain('Auto-Submitted');
  });

  test('the body is not touched', async () => {
    const stage = stageMicrosoft();
    const body = 'a\r\n.\r\n\r\nb \t\r\n';
    await sendMime(stage, mimeText({}, body));
    expect(delivered(stage).split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe(body);
  });

  test.each([
    ['no recipient', { To: null }],
    ['an address without a domain', { To: 'bob' }],
    ['an address list that is none', { To: 'Bob <bob@crm.example' }],
  ])('%s: 400 ErrorInvalidRecipients, nothing sent', async (_what, head) => {
    const stage = stageMicrosoft();
    const response = await sendMime(stage, mimeText(head));
    expect([response.status, await codeOf(response)]).toEqual([400, 'ErrorInvalidRecipients']);
    expect(stage.microsoft.deliveries).toEqual([]);
  });

  test('a request of 4 MB passes, a byte more is 413', async () => {
    const stage = stageMicrosoft();
    const base64 = Buffer.from(
      mimeText({}, 'x'.repeat(3 * MIB - mimeText({}, '').length)),
    ).toString('base64');
    const send = async (body: string): Promise<Response> =>
      await stage.graph('/me/sendMail', {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/plain' },
      });
    expect(base64).toHaveLength(4 * MIB);
    expect((await send(base64)).status).toBe(202);
    expect((await send(`${base64}\n`)).status).toBe(413);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test('by the switch a MIME beyond 2,240 KB is answered with 200 and not sent (docs-contrib#3079)', async () => {
    const stage = stageMicrosoft();
    stage.microsoft.switches.bigMime = 'dropped-with-200';
    expect((await sendMime(stage, mimeText())).status).toBe(202);
    const response = await sendMime(stage, mimeText({}, 'x'.repeat(2 * MIB)));
    expect(response.status).toBe(200);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });
});

describe('by JSON', () => {
  const hello = {
    subject: 'Grüße',
    body: { contentType: 'HTML', content: '<p>Hello</p>' },
    toRecipients: [{ emailAddress: { address: 'bob@crm.example', name: 'Bob Müller' } }],
  };

  test('202; becomes a mail with files', async () => {
    const stage = stageMicrosoft();
    const file = {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'plan.txt',
      contentType: 'text/plain',
      contentBytes: Buffer.from('the plan').toString('base64'),
    };
    const response = await sendJson(stage, {
      ...hello,
      ccRecipients: to('carl@crm.example'),
      attachments: [file],
    });
    expect([response.status, await response.text()]).toEqual([202, '']);
    const mail = await simpleParser(delivered(stage));
    expect(mail).toMatchObject({ subject: 'Grüße', html: '<p>Hello</p>' });
    expect(mail.from?.text).toBe('"Joan Clarke" <joan.clarke@bletchley.example>');
    expect(mail.attachments[0]).toMatchObject({
      filename: 'plan.txt',
      content: Buffer.from('the plan'),
    });
    expect(stage.microsoft.deliveries[0]?.envelope.to).toEqual([
      'bob@crm.example',
      'carl@crm.example',
    ]);
  });

  test('internetMessageHeaders: names begin with x-, and five at most', async () => {
    const stage = stageMicrosoft();
    const headers = (count: number) =>
      Array.from({ length: count }, (_none, at) => ({ name: `X-Own-${at}`, value: String(at) }));
    expect((await sendJson(stage, { ...hello, internetMessageHeaders: headers(5) })).status).toBe(
      202,
    );
    expect(delivered(stage)).toContain('X-Own-4: 4\r\n');
    expect(
      await codeOf(await sendJson(stage, { ...hello, internetMessageHeaders: headers(6) })),
    ).toBe('InvalidInternetMessageHeaderCollection');
    expect(await codeOf(await sendJson(stage, { ...hello, internetMessageHeaders: [] }))).toBe(
      'InvalidInternetMessageHeaderCollection',
    );
    const reply = [{ name: 'In-Reply-To', value: '<a@b>' }];
    const response = await sendJson(stage, { ...hello, internetMessageHeaders: reply });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        code: 'InvalidInternetMessageHeader',
        message: "The internet message header name 'In-Reply-To' should start with 'x-' or 'X-'.",
      },
    });
  });

  test('fields of threads and lists go as MAPI properties', async () => {
    const stage = stageMicrosoft();
    const singleValueExtendedProperties = [
      { id: 'String 0x1042', value: '<before@crm.example>' },
      { id: 'String 0x1039', value: '<first@crm.example>' },
      { id: 'String 0x1045', value: '<mailto:off@bletchley.example>' },
    ];
    expect((await sendJson(stage, { ...hello, singleValueExtendedProperties })).status).toBe(202);
    expect(delivered(stage)).toContain('In-Reply-To: <before@crm.example>\r\n');
    expect(delivered(stage)).toContain('References: <first@crm.example>\r\n');
    expect(delivered(stage)).toContain('List-Unsubscribe: <mailto:off@bletchley.example>\r\n');
  });

  test('from: an own alias is taken, a shared mailbox needs the scope, anybody else is ErrorSendAsDenied', async () => {
    const stage = stageMicrosoft();
    const from = (address: string) => ({ ...hello, from: { emailAddress: { address } } });
    const { joan, alan } = stage.accounts;
    const [alias] = joan.aliases;
    const [shared] = joan.sharedMailboxes;
    expect((await sendJson(stage, from(alias))).status).toBe(202);
    expect(stage.microsoft.deliveries[0]?.envelope.from).toBe(alias);
    expect(await codeOf(await sendJson(stage, from(shared)))).toBe('ErrorAccessDenied');
    expect(
      (await sendJson(stage, from(shared), { scopes: ['Mail.Send', 'Mail.Send.Shared'] })).status,
    ).toBe(202);
    const mail = await simpleParser(Buffer.from(stage.microsoft.deliveries[1]?.delivered ?? []));
    expect(mail.from?.value[0]?.address).toBe(shared);
    expect(mail.headers.get('sender')).toMatchObject({ value: [{ address: joan.email }] });
    const denied = await sendJson(stage, from(alan.email), {
      scopes: ['Mail.Send', 'Mail.Send.Shared'],
    });
    expect([denied.status, await codeOf(denied)]).toEqual([403, 'ErrorSendAsDenied']);
  });

  test('or the shared mailbox stands in the path', async () => {
    const stage = stageMicrosoft();
    const [shared] = stage.accounts.joan.sharedMailboxes;
    const send = async (scopes: readonly string[]): Promise<Response> =>
      await stage.graph(`/users/${shared}/sendMail`, {
        method: 'POST',
        json: { message: hello },
        scopes,
      });
    expect((await send(['Mail.Send'])).status).toBe(403);
    expect((await send(['Mail.Send.Shared'])).status).toBe(202);
    expect(stage.microsoft.deliveries[0]?.envelope.from).toBe(shared);
  });

  test('saveToSentItems false, also as the string of the documentation, leaves no copy', async () => {
    const stage = stageMicrosoft();
    await sendJson(stage, hello, {}, { saveToSentItems: 'false' });
    await sendJson(stage, hello, {}, { saveToSentItems: false });
    expect(stage.microsoft.messages(stage.accounts.joan.email)).toEqual([]);
    expect(stage.microsoft.deliveries).toHaveLength(2);
  });

  test.each([
    ['a property that is not in the type', { ...hello, subjekt: 'x' }],
    ['a body that is no object', { ...hello, body: 'x' }],
  ])('%s: 400, nothing sent', async (_what, message) => {
    const stage = stageMicrosoft();
    expect((await sendJson(stage, message)).status).toBe(400);
    expect(stage.microsoft.deliveries).toEqual([]);
  });

  test('a body that is no JSON: 400', async () => {
    const stage = stageMicrosoft();
    const headers = { 'content-type': 'application/json' };
    expect((await stage.graph('/me/sendMail', { method: 'POST', body: '{', headers })).status).toBe(
      400,
    );
  });

  test('no recipient: 400 ErrorInvalidRecipients', async () => {
    const stage = stageMicrosoft();
    expect(await codeOf(await sendJson(stage, { ...hello, toRecipients: [] }))).toBe(
      'ErrorInvalidRecipients',
    );
  });
});
