import { randomBytes } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { type MicrosoftStage, mimeRequest, mimeText, stageMicrosoft } from './microsoft-stage.ts';

const MIB = 1024 * 1024;
const SCOPES = ['Mail.Send', 'Mail.ReadWrite'];

interface Session {
  readonly uploadUrl: string;
  readonly expirationDateTime: string;
  readonly nextExpectedRanges: readonly string[];
}

interface Upload {
  readonly stage: MicrosoftStage;
  readonly messageId: string;
  readonly url: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** PUTs the bytes from `from` to before `to`. */
  readonly put: (from: number, to: number, headers?: Record<string, string>) => Promise<Response>;
  readonly status: () => Promise<string | undefined>;
}

async function open(stage: MicrosoftStage, messageId: string, item: object): Promise<Response> {
  const json = { AttachmentItem: { attachmentType: 'file', name: 'plan.bin', ...item } };
  const path = `/me/messages/${messageId}/attachments/createUploadSession`;
  return await stage.graph(path, { method: 'POST', json, scopes: SCOPES });
}

async function draftOn(stage: MicrosoftStage): Promise<string> {
  const headers = { prefer: 'IdType="ImmutableId"' };
  const response = await stage.graph(
    '/me/messages',
    mimeRequest(mimeText(), { scopes: SCOPES, headers }),
  );
  return ((await response.json()) as { id: string }).id;
}

/** An upload of five million bytes that has just been opened. */
async function upload(): Promise<Upload> {
  const stage = stageMicrosoft();
  const messageId = await draftOn(stage);
  const bytes = new Uint8Array(randomBytes(5_000_000));
  const opened = await open(stage, messageId, { size: bytes.length });
  expect(opened.status).toBe(201);
  const session = (await opened.json()) as Session;
  expect(session.nextExpectedRanges).toEqual(['0-']);
  const url = session.uploadUrl;
  return {
    stage,
    messageId,
    url,
    bytes,
    put: async (from, to, headers = {}) =>
      await stage.fetch(url, {
        method: 'PUT',
        headers: {
          'content-type': 'application/octet-stream',
          'content-range': `bytes ${from}-${to - 1}/${bytes.length}`,
          ...headers,
        },
        body: bytes.slice(from, to),
      }),
    status: async () => {
      const response = await stage.fetch(url);
      return response.ok
        ? ((await response.json()) as Session).nextExpectedRanges[0]
        : String(response.status);
    },
  };
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

describe('opening (attachment-createuploadsession.md)', () => {
  test('gives a pre-authenticated address at outlook.office.com', async () => {
    const { url } = await upload();
    expect(new URL(url).host).toBe('outlook.office.com');
    expect(new URL(url).searchParams.get('authtoken')).toMatch(/^eyJ/);
  });

  test.each([
    ['below 3 MB', 3 * MIB - 1, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize'],
    ['above 150 MB', 150 * MIB + 1, 'ErrorAttachmentSizeLimitExceeded'],
  ])('a file %s: 400 %s', async (_what, size, code) => {
    const stage = stageMicrosoft();
    const response = await open(stage, await draftOn(stage), { size });
    expect([response.status, await codeOf(response)]).toEqual([400, code]);
  });

  test('for a message that is not there, or is sent: refused', async () => {
    const stage = stageMicrosoft();
    expect((await open(stage, 'nothing', { size: 4 * MIB })).status).toBe(404);
    const id = await draftOn(stage);
    await stage.graph(`/me/messages/${id}/send`, { method: 'POST', scopes: SCOPES });
    expect((await open(stage, id, { size: 4 * MIB })).status).toBe(400);
  });
});

describe('ranges (outlook-large-attachments.md)', () => {
  test('in order: 200 with the next one, at the end 201 with Location and no body; the file is there and is sent', async () => {
    const { stage, put, bytes, messageId } = await upload();
    const first = await put(0, 2_097_152);
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({
      nextExpectedRanges: ['2097152'],
      ExpirationDateTime: expect.stringContaining('2026-11-22T12:00:00') as string,
    });
    const last = await put(2_097_152, bytes.length);
    expect([last.status, await last.text()]).toEqual([201, '']);
    const attachmentId = /\/Attachments\('([^']+)'\)$/.exec(
      last.headers.get('location') ?? '',
    )?.[1];
    const listed = await stage.graph(`/me/messages/${messageId}/attachments?$select=id,name`, {
      scopes: SCOPES,
    });
    expect(await listed.json()).toMatchObject({ value: [{ id: attachmentId, name: 'plan.bin' }] });
    await stage.graph(`/me/messages/${messageId}/send`, { method: 'POST', scopes: SCOPES });
    const mail = await simpleParser(Buffer.from(stage.microsoft.deliveries[0]?.delivered ?? []));
    expect(mail.attachments[0]?.content.equals(Buffer.from(bytes))).toBe(true);
  });

  test('the session tells where to go on, also after a cut, which leaves nothing of its range', async () => {
    const { stage, put, status } = await upload();
    expect(await status()).toBe('0');
    await put(0, 1_000_000);
    expect(await status()).toBe('1000000');
    stage.router.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'cut-mid-body', afterBytes: 500_000 },
    });
    await expect(put(1_000_000, 2_000_000)).rejects.toThrow(TypeError);
    expect(await status()).toBe('1000000');
  });

  test('a range that was taken although its answer got lost counts', async () => {
    const { stage, put, status } = await upload();
    stage.router.faults.add({ match: { method: 'PUT' }, fault: { kind: 'cut-after-accept' } });
    await expect(put(0, 1_000_000)).rejects.toThrow(TypeError);
    expect(await status()).toBe('1000000');
  });

  test.each([
    ['too late', 2_000_000, 3_000_000],
    ['a second time', 0, 1_000_000],
  ])('a range that comes %s: 416, nothing stored', async (_what, from, to) => {
    const { put, status } = await upload();
    await put(0, 1_000_000);
    expect((await put(from, to)).status).toBe(416);
    expect(await status()).toBe('1000000');
  });

  test('4 MB at a time, not a byte more', async () => {
    const { put, status } = await upload();
    expect((await put(0, 4 * MIB + 1)).status).toBe(413);
    expect((await put(0, 4 * MIB)).status).toBe(200);
    expect(await status()).toBe(String(4 * MIB));
  });

  test.each([
    ['no Content-Range', {}],
    ['another size than was declared', { 'content-range': 'bytes 0-9/10' }],
    ['another length than the body', { 'content-range': 'bytes 0-9/5000000' }],
  ])('%s: 400', async (_what, headers) => {
    const { stage, url } = await upload();
    const body = new Uint8Array(100);
    expect((await stage.fetch(url, { method: 'PUT', body, headers })).status).toBe(400);
  });

  test('the other spelling of the answer, by the switch', async () => {
    const { stage, put } = await upload();
    stage.microsoft.switches.rangesSpelling = 'NextExpectedRanges';
    expect(await (await put(0, 10)).json()).toMatchObject({ NextExpectedRanges: ['10'] });
  });
});

describe('the address is the right to it', () => {
  test('an Authorization header is refused', async () => {
    const { stage, put, status } = await upload();
    expect((await put(0, 10, { authorization: `Bearer ${stage.token(SCOPES)}` })).status).toBe(401);
    expect(await status()).toBe('0');
  });

  test('without its token, or after its time: 401', async () => {
    const { stage, url, put } = await upload();
    expect((await stage.fetch(url.replace(/authtoken=.*/, 'authtoken=x'))).status).toBe(401);
    stage.microsoft.clock.advance(2 * 3_600_000);
    expect((await put(0, 10)).status).toBe(401);
  });

  test('DELETE ends it, and so does the end of the draft', async () => {
    const first = await upload();
    expect((await first.stage.fetch(first.url, { method: 'DELETE' })).status).toBe(204);
    expect(await first.status()).toBe('404');
    const second = await upload();
    const path = `/me/messages/${second.messageId}`;
    await second.stage.graph(path, { method: 'DELETE', scopes: SCOPES });
    expect((await second.put(0, 10)).status).toBe(404);
  });

  test('a forgotten session answers as the fault says', async () => {
    const { stage, put, status } = await upload();
    const fault = { kind: 'forget-session', status: 410 } as const;
    stage.router.faults.add({ match: { method: 'PUT' }, fault });
    expect((await put(0, 10)).status).toBe(410);
    expect(await status()).toBe('410');
  });

  test('the extension may feed it without a host permission, or not: the router’s modes', async () => {
    const { stage, url, bytes } = await upload();
    const request = {
      method: 'PUT',
      headers: { 'content-range': `bytes 0-9/${bytes.length}` },
      body: bytes.slice(0, 10),
    };
    expect((await stage.extensionFetch(url, request)).status).toBe(200);
    stage.router.cors.only({ host: 'outlook.office.com' }, 'refused');
    await expect(stage.extensionFetch(url, request)).rejects.toThrow(TypeError);
  });
});
