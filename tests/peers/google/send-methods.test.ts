import { describe, expect, test } from 'vitest';
import { type GoogleStage, mailText, SEND_URL, stageGoogle, UPLOAD_URL } from './google-stage.ts';

interface ApiAnswer {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly threadId?: string;
    readonly labelIds?: readonly string[];
    readonly error?: {
      readonly code: number;
      readonly message: string;
      readonly status: string;
      readonly errors: readonly { readonly reason: string; readonly message: string }[];
      readonly details?: readonly unknown[];
    };
  };
  readonly headers: Headers;
}

async function answered(pending: Promise<Response>): Promise<ApiAnswer> {
  const response = await pending;
  const body = (await response.json()) as ApiAnswer['body'];
  return { status: response.status, body, headers: response.headers };
}

function sendJson(stage: GoogleStage, message: unknown, token = stage.token()): Promise<ApiAnswer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return answered(stage.fetch(SEND_URL, { method: 'POST', headers, body }));
}

function upload(
  stage: GoogleStage,
  kind: string,
  { type, body }: { readonly type: string; readonly body: BodyInit },
): Promise<ApiAnswer> {
  const headers = { authorization: `Bearer ${stage.token()}`, 'content-type': type };
  return answered(
    stage.fetch(`${UPLOAD_URL}?uploadType=${kind}`, { method: 'POST', headers, body }),
  );
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('messages.send by JSON (PROVIDERS.md A3)', () => {
  test('sends, and answers with ids and the label', async () => {
    const stage = stageGoogle();
    const { status, body } = await sendJson(stage, { raw: base64url(mailText()) });
    expect(status).toBe(200);
    expect(body.id).toMatch(/^[0-9a-f]{16}$/);
    expect(body.labelIds).toEqual(['SENT']);
    expect(stage.google.deliveries).toMatchObject([
      {
        id: body.id,
        threadId: body.threadId,
        account: 'ada.lovelace@gmail.example',
        envelope: { from: 'ada.lovelace@gmail.example', to: ['bob@crm.example'] },
      },
    ]);
    expect(Buffer.from(stage.google.deliveries[0]?.accepted ?? []).toString()).toBe(mailText());
  });

  test('takes plain base64 with padding as well', async () => {
    const stage = stageGoogle();
    const raw = Buffer.from(mailText({}, '??>>~~ÿ\r\n')).toString('base64');
    expect((await sendJson(stage, { raw })).status).toBe(200);
  });

  test.each([
    ['no raw', {}, "'raw' RFC822 payload message string"],
    ['an empty raw', { raw: '' }, "'raw' RFC822 payload message string"],
    ['raw that is not base64', { raw: 'a b*c' }, 'Base64 decoding failed'],
    ['JSON that is not JSON', '{"raw":', 'Invalid JSON payload received'],
    ['a list', [], 'Invalid JSON payload received'],
    ['a field that does not exist', { raw: 'aGk', to: 'x' }, 'Unknown name "to"'],
    [
      'more than the address takes',
      { raw: 'A'.repeat(5_300_000) },
      'Request payload size exceeds the limit',
    ],
  ])('%s is 400 in words of Google', async (_what, message, words) => {
    const stage = stageGoogle();
    const { status, body } = await sendJson(stage, message);
    expect([status, body.error?.code, body.error?.status]).toEqual([400, 400, 'INVALID_ARGUMENT']);
    expect(body.error?.message).toContain(words);
    expect(stage.google.deliveries).toEqual([]);
  });
});

describe('media upload', () => {
  test('takes the bytes as they are', async () => {
    const stage = stageGoogle();
    const mail = Buffer.from(mailText({}, 'bytes \u00e9\r\n'));
    expect((await upload(stage, 'media', { type: 'message/rfc822', body: mail })).status).toBe(200);
    expect(Buffer.from(stage.google.deliveries[0]?.accepted ?? []).equals(mail)).toBe(true);
  });

  test('takes message/* only', async () => {
    const stage = stageGoogle();
    const { status, body } = await upload(stage, 'media', { type: 'text/plain', body: mailText() });
    expect([status, body.error?.errors[0]?.reason]).toEqual([400, 'badContent']);
  });

  test('takes 36,700,160 bytes and not one more', async () => {
    const stage = stageGoogle();
    const head = mailText({}, '');
    const mailOf = (sizeBytes: number): Blob =>
      new Blob([head + 'x'.repeat(sizeBytes - head.length)]);
    const type = 'message/rfc822';
    expect((await upload(stage, 'media', { type, body: mailOf(36_700_160) })).status).toBe(200);
    const { status, body } = await upload(stage, 'media', { type, body: mailOf(36_700_161) });
    expect([status, body.error?.errors[0]?.reason]).toEqual([413, 'uploadTooLarge']);
    expect(stage.google.deliveries).toHaveLength(1);
  });

  test('an upload type that does not exist is 400', async () => {
    const stage = stageGoogle();
    const answer = await upload(stage, 'parallel', { type: 'message/rfc822', body: mailText() });
    expect(answer.status).toBe(400);
  });
});

describe('multipart upload', () => {
  const related = (
    metadata: string,
    message: string,
    head = 'Content-Type: message/rfc822',
  ): string =>
    [
      '--edge\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n',
      metadata,
      `\r\n--edge\r\n${head}\r\n\r\n`,
      message,
      '\r\n--edge--\r\n',
    ].join('');
  const type = 'multipart/related; boundary="edge"';

  test('takes metadata and message', async () => {
    const stage = stageGoogle();
    stage.google.addThread('ada.lovelace@gmail.example', '00000000000000aa', 'Greetings');
    const mail = mailText({ 'In-Reply-To': '<1@crm.example>', Subject: 'Re: Greetings' });
    const body = related('{"threadId":"00000000000000aa"}', mail);
    const answer = await upload(stage, 'multipart', { type, body });
    expect(answer).toMatchObject({ status: 200, body: { threadId: '00000000000000aa' } });
    expect(Buffer.from(stage.google.deliveries[0]?.accepted ?? []).toString()).toBe(mail);
  });

  test('undoes base64 of the message part', async () => {
    const stage = stageGoogle();
    const head = 'Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64';
    const body = related('{}', Buffer.from(mailText()).toString('base64'), head);
    await upload(stage, 'multipart', { type, body });
    expect(Buffer.from(stage.google.deliveries[0]?.accepted ?? []).toString()).toBe(mailText());
  });

  test.each([
    ['no boundary', 'multipart/related', related('{}', mailText())],
    ['no end', type, '--edge\r\n\r\n{}\r\n'],
    ['one part', type, '--edge\r\n\r\n{}\r\n--edge--'],
    ['another kind of message', type, related('{}', mailText(), 'Content-Type: text/plain')],
    ['metadata that is not JSON', type, related('nope', mailText())],
  ])('%s is 400', async (_what, contentType, body) => {
    const stage = stageGoogle();
    expect((await upload(stage, 'multipart', { type: contentType, body })).status).toBe(400);
    expect(stage.google.deliveries).toEqual([]);
  });
});

describe('threads', () => {
  const reply = mailText({ Subject: 'Re: Greetings', References: '<1@crm.example>' });

  test('a reply with the same subject joins the thread', async () => {
    const stage = stageGoogle();
    const first = await sendJson(stage, { raw: base64url(mailText()) });
    const { threadId } = first.body;
    const second = await sendJson(stage, { raw: base64url(reply), threadId });
    expect(second.body.threadId).toBe(threadId);
  });

  test.each([
    ['another subject', mailText({ Subject: 'Other', References: '<1@crm.example>' })],
    ['no reference', mailText()],
  ])('%s begins a new one', async (_what, mail) => {
    const stage = stageGoogle();
    const { threadId } = (await sendJson(stage, { raw: base64url(mailText()) })).body;
    const second = await sendJson(stage, { raw: base64url(mail), threadId });
    expect(second.status).toBe(200);
    expect(second.body.threadId).not.toBe(threadId);
  });

  test("an unknown thread, or somebody else's, is 404", async () => {
    const stage = stageGoogle();
    stage.google.addThread('grace@hopper.example', '00000000000000bb', 'Greetings');
    for (const threadId of ['00000000000000cc', '00000000000000bb']) {
      const { status, body } = await sendJson(stage, { raw: base64url(reply), threadId });
      expect([status, body.error?.status]).toEqual([404, 'NOT_FOUND']);
    }
    expect(stage.google.deliveries).toEqual([]);
  });
});
