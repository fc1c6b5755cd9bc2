import { describe, expect, test } from 'vitest';
import { createMovableClock } from '../clock.ts';
import type { Fault } from '../faults.ts';
import { type GoogleStage, mailText, stageGoogle, UPLOAD_URL } from './google-stage.ts';

const GRANULE = 262_144;
const DAY_MS = 86_400_000;
const RESUMABLE = `${UPLOAD_URL}?uploadType=resumable`;

/** A mail of exactly this many bytes, none of them like another granule's. */
function mailOf(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const head = mailText({}, '');
  const mail = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 1) mail[at] = 97 + (Math.floor(at / 1000) % 26);
  mail.set(new TextEncoder().encode(head));
  return mail;
}

function open(
  stage: GoogleStage,
  headers: Readonly<Record<string, string>> = {},
  body = '{}',
): Promise<Response> {
  return stage.fetch(RESUMABLE, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${stage.token()}`,
      'content-type': 'application/json',
      'x-upload-content-type': 'message/rfc822',
      ...headers,
    },
  });
}

async function session(stage: GoogleStage, headers = {}): Promise<string> {
  const response = await open(stage, headers);
  expect(response.status).toBe(200);
  return response.headers.get('location') ?? '';
}

interface Put {
  readonly status: number;
  readonly range: string | null;
  readonly text: string;
}

async function put(
  stage: GoogleStage,
  uri: string,
  {
    range,
    body = new Uint8Array(0),
    headers = {},
  }: {
    readonly range?: string;
    readonly body?: Uint8Array<ArrayBuffer>;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<Put> {
  const response = await stage.fetch(uri, {
    method: 'PUT',
    body,
    headers: { ...headers, ...(range !== undefined && { 'content-range': range }) },
  });
  const { status } = response;
  return { status, range: response.headers.get('range'), text: await response.text() };
}

function slice(
  stage: GoogleStage,
  uri: string,
  {
    mail,
    from,
    to,
  }: { readonly mail: Uint8Array<ArrayBuffer>; readonly from: number; readonly to: number },
): Promise<Put> {
  const range = `bytes ${from}-${to - 1}/${mail.length}`;
  return put(stage, uri, { range, body: mail.slice(from, to) });
}

function accepted(stage: GoogleStage): readonly Buffer[] {
  return stage.google.deliveries.map(({ accepted: bytes }) => Buffer.from(bytes));
}

describe('opening a session (guides/uploads, "Resumable upload")', () => {
  test('answers 200 with the address to upload to, and sends nothing', async () => {
    const stage = stageGoogle();
    const response = await open(stage);
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toMatch(
      /^https:\/\/gmail\.googleapis\.com\/upload\/gmail\/v1\/users\/me\/messages\/send\?uploadType=resumable&upload_id=.+/,
    );
    expect(response.headers.get('x-guploader-uploadid')).not.toBeNull();
    expect(stage.google.deliveries).toEqual([]);
  });

  test('works at /resumable/upload/ too, and without a body', async () => {
    const stage = stageGoogle();
    const address = RESUMABLE.replace('/upload/', '/resumable/upload/');
    const headers = { authorization: `Bearer ${stage.token()}` };
    const response = await stage.fetch(address, { method: 'POST', headers });
    expect([response.status, response.headers.has('location')]).toEqual([200, true]);
  });

  test.each([
    ['a size above the limit', { 'x-upload-content-length': '36700161' }, 413],
    ['a size that is none', { 'x-upload-content-length': 'many' }, 400],
    ['another media type', { 'x-upload-content-type': 'image/png' }, 400],
  ])('%s is refused', async (_what, headers, status) => {
    expect((await open(stageGoogle(), headers)).status).toBe(status);
  });

  test('metadata that is not JSON is refused', async () => {
    expect((await open(stageGoogle(), {}, '{')).status).toBe(400);
  });

  test('threadId of the metadata is used when the mail is sent', async () => {
    const stage = stageGoogle();
    stage.google.addThread('ada.lovelace@gmail.example', '00000000000000aa', 'Greetings');
    const opened = await open(stage, {}, '{"threadId":"00000000000000aa"}');
    const mail = new TextEncoder().encode(mailText({ References: '<1@x>' }));
    await put(stage, opened.headers.get('location') ?? '', { body: mail });
    expect(stage.google.deliveries).toMatchObject([{ threadId: '00000000000000aa' }]);
  });
});

describe('uploading', () => {
  test('whole, without Content-Range, is 200 with the message', async () => {
    const stage = stageGoogle();
    const mail = mailOf(5_000);
    const { status, text } = await put(stage, await session(stage), { body: mail });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      id: stage.google.deliveries[0]?.id,
      labelIds: ['SENT'],
    });
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test('in slices: 308 with what is stored, then 200; the mail is byte for byte the same', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(3 * GRANULE + 1_000);
    expect(await slice(stage, uri, { mail, from: 0, to: GRANULE })).toMatchObject({
      status: 308,
      range: `bytes=0-${GRANULE - 1}`,
    });
    expect(await slice(stage, uri, { mail, from: GRANULE, to: 3 * GRANULE })).toMatchObject({
      status: 308,
      range: `bytes=0-${3 * GRANULE - 1}`,
    });
    expect((await slice(stage, uri, { mail, from: 3 * GRANULE, to: mail.length })).status).toBe(
      200,
    );
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test('with an unknown total until the last slice', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(GRANULE + 9);
    const first = await put(stage, uri, {
      range: `bytes 0-${GRANULE - 1}/*`,
      body: mail.slice(0, GRANULE),
    });
    expect(first.status).toBe(308);
    expect((await slice(stage, uri, { mail, from: GRANULE, to: mail.length })).status).toBe(200);
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test('a slice that ends between granules is stored up to the last whole one', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(GRANULE * 12);
    expect(await slice(stage, uri, { mail, from: 0, to: 2_500_000 })).toMatchObject({
      status: 308,
      range: 'bytes=0-2359295',
    });
    const gap = await slice(stage, uri, { mail, from: 2_500_000, to: mail.length });
    expect(gap.status).toBe(503);
    expect(gap.text).toBe(
      'Invalid request.  According to the Content-Range header, the upload offset is 2500000 byte(s), which exceeds already uploaded size of 2359296 byte(s).',
    );
    expect((await slice(stage, uri, { mail, from: 2_359_296, to: mail.length })).status).toBe(200);
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test('a slice that overlaps what is stored is taken from where it goes on', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(3 * GRANULE);
    await slice(stage, uri, { mail, from: 0, to: 2 * GRANULE });
    expect(await slice(stage, uri, { mail, from: 0, to: GRANULE })).toMatchObject({
      status: 308,
      range: `bytes=0-${2 * GRANULE - 1}`,
    });
    expect((await slice(stage, uri, { mail, from: GRANULE, to: mail.length })).status).toBe(200);
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test.each([
    [
      'a small slice that is not the last',
      'bytes 0-999/5000',
      1_000,
      'equal or greater than 262144',
    ],
    ['fewer bytes than announced', 'bytes 0-4999/5000', 4_000, 'There were 4000 byte(s)'],
    ['an end before the beginning', 'bytes 10-5/5000', 10, 'Failed to parse Content-Range'],
    ['an end behind the total', 'bytes 0-5000/5000', 5_001, 'Failed to parse Content-Range'],
    ['no range at all', 'all of it', 10, 'Failed to parse Content-Range'],
  ])('%s is 400 and stores nothing', async (_what, range, size, words) => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const refused = await put(stage, uri, { range, body: mailOf(5_001).slice(0, size) });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(words);
    expect(await put(stage, uri, { range: 'bytes */5000' })).toMatchObject({
      status: 308,
      range: null,
    });
  });

  test('another total than X-Upload-Content-Length is 400', async () => {
    const stage = stageGoogle();
    const uri = await session(stage, { 'x-upload-content-length': '5000' });
    const mail = mailOf(4_000);
    expect((await slice(stage, uri, { mail, from: 0, to: 4_000 })).status).toBe(400);
    expect(stage.google.deliveries).toEqual([]);
  });

  test('a total above 36,700,160 is 413', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const range = `bytes 0-${GRANULE - 1}/36700161`;
    expect((await put(stage, uri, { range, body: mailOf(GRANULE) })).status).toBe(413);
  });

  test('a mail that Gmail refuses is refused with the last slice, and stays so', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = new TextEncoder().encode(mailText({ To: null }));
    const refused = await put(stage, uri, { body: mail });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Recipient address required');
    expect(await put(stage, uri, { range: 'bytes */*' })).toEqual(refused);
  });

  test('the sending limit is 429 with the last slice, which can be sent again later', async () => {
    const stage = stageGoogle();
    stage.google.switches.messagesPerDay = 0;
    const uri = await session(stage);
    const mail = mailOf(2 * GRANULE);
    await slice(stage, uri, { mail, from: 0, to: GRANULE });
    const last = { mail, from: GRANULE, to: mail.length };
    expect((await slice(stage, uri, last)).status).toBe(429);
    stage.google.switches.messagesPerDay = 1;
    expect((await slice(stage, uri, last)).status).toBe(200);
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test('clients that cannot stand 308 get 200 with an override', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const response = await stage.fetch(uri, {
      method: 'PUT',
      headers: { 'content-range': 'bytes */*', 'x-guploader-no-308': 'yes' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-http-status-code-override')).toBe('308');
  });
});

describe('asking for the status', () => {
  test('nothing stored: 308 without Range', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    for (const range of ['bytes */5000', 'bytes */*']) {
      expect(await put(stage, uri, { range })).toMatchObject({ status: 308, range: null });
    }
  });

  test('some stored: 308 with Range', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(2 * GRANULE);
    await slice(stage, uri, { mail, from: 0, to: GRANULE });
    expect(await put(stage, uri, { range: `bytes */${mail.length}` })).toMatchObject({
      status: 308,
      range: `bytes=0-${GRANULE - 1}`,
    });
  });

  test('completed: 200 with the message again, as often as asked, and it is sent once', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(1_000);
    const done = await put(stage, uri, { body: mail });
    expect(await put(stage, uri, { range: 'bytes */1000' })).toEqual(done);
    expect(await slice(stage, uri, { mail, from: 0, to: 1_000 })).toEqual(done);
    expect(stage.google.deliveries).toHaveLength(1);
  });

  test('needs no token, but one that is sent along must be good', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const good = { authorization: `Bearer ${stage.token()}` };
    expect((await put(stage, uri, { range: 'bytes */*', headers: good })).status).toBe(308);
    stage.google.expireAccessTokens();
    expect((await put(stage, uri, { range: 'bytes */*', headers: good })).status).toBe(401);
    expect((await put(stage, uri, { range: 'bytes */*' })).status).toBe(308);
  });
});

describe('the end of a session', () => {
  test('after a week, or with a made-up id: 404', async () => {
    const stage = stageGoogle({ clock: createMovableClock(() => 0) });
    const uri = await session(stage);
    stage.google.clock.advance(7 * DAY_MS - 1);
    expect((await put(stage, uri, { range: 'bytes */*' })).status).toBe(308);
    stage.google.clock.advance(1);
    expect((await put(stage, uri, { range: 'bytes */*' })).status).toBe(404);
    expect((await put(stage, `${RESUMABLE}&upload_id=made-up`, { body: mailOf(500) })).status).toBe(
      404,
    );
    expect(stage.google.deliveries).toEqual([]);
  });

  test('cancelled: 499, then 404', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    expect((await stage.fetch(uri, { method: 'DELETE' })).status).toBe(499);
    expect((await put(stage, uri, { range: 'bytes */*' })).status).toBe(404);
  });

  test.each([404, 410] as const)(
    'forgotten before the last slice: %i, nothing sent',
    async (status) => {
      const stage = stageGoogle();
      const uri = await session(stage);
      const mail = mailOf(2 * GRANULE);
      await slice(stage, uri, { mail, from: 0, to: GRANULE });
      stage.router.faults.add({
        match: { method: 'PUT' },
        fault: { kind: 'forget-session', status },
      });
      expect((await slice(stage, uri, { mail, from: GRANULE, to: mail.length })).status).toBe(
        status,
      );
      expect((await put(stage, uri, { range: 'bytes */*' })).status).toBe(status);
      expect(stage.google.deliveries).toEqual([]);
    },
  );

  test('forgotten after the last slice: 404, sent once', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    stage.router.faults.add({ match: { method: 'PUT' }, fault: { kind: 'cut-after-accept' } });
    await expect(put(stage, uri, { body: mailOf(1_000) })).rejects.toThrow(TypeError);
    const status = { contentRange: /^bytes \*/ };
    stage.router.faults.add({ match: status, fault: { kind: 'forget-session', status: 404 } });
    expect((await put(stage, uri, { range: 'bytes */1000' })).status).toBe(404);
    expect(stage.google.deliveries).toHaveLength(1);
  });
});

describe('when the connection breaks', () => {
  const breaking = async (
    fault: Fault,
  ): Promise<{ stage: GoogleStage; uri: string; mail: Uint8Array<ArrayBuffer>; status: Put }> => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(4 * GRANULE);
    await slice(stage, uri, { mail, from: 0, to: GRANULE });
    stage.router.faults.add({ match: { method: 'PUT' }, fault });
    await slice(stage, uri, { mail, from: GRANULE, to: mail.length }).catch(() => null);
    const status = await put(stage, uri, { range: `bytes */${mail.length}` });
    return { stage, uri, mail, status };
  };

  test('before the body: what was stored stays stored', async () => {
    const { status, stage } = await breaking({ kind: 'cut-before-body' });
    expect(status).toMatchObject({ status: 308, range: `bytes=0-${GRANULE - 1}` });
    expect(stage.google.deliveries).toEqual([]);
  });

  test('mid-body: whole granules of what came are kept, and it goes on from there', async () => {
    const { stage, uri, mail, status } = await breaking({
      kind: 'cut-mid-body',
      afterBytes: GRANULE + 1_000,
    });
    expect(status).toMatchObject({ status: 308, range: `bytes=0-${2 * GRANULE - 1}` });
    expect((await slice(stage, uri, { mail, from: 2 * GRANULE, to: mail.length })).status).toBe(
      200,
    );
    expect(accepted(stage)).toEqual([Buffer.from(mail)]);
  });

  test('behind the last byte: the mail is sent, and the session says so', async () => {
    const { stage, status } = await breaking({ kind: 'cut-mid-body', afterBytes: 3 * GRANULE });
    expect(status.status).toBe(200);
    expect(stage.google.deliveries).toHaveLength(1);
  });

  test.each<[string, Fault]>([
    ['after accepting', { kind: 'cut-after-accept' }],
    ['with a 503 although accepted', { kind: 'fail-after-accept', status: 503 }],
    ['in the middle of the answer', { kind: 'cut-mid-answer', afterBytes: 5 }],
    ['with an answer that is no JSON', { kind: 'answer-garbage' }],
  ])('%s: the session tells afterwards that it was sent', async (_what, fault) => {
    const { stage, status } = await breaking(fault);
    expect(status.status).toBe(200);
    expect(JSON.parse(status.text)).toMatchObject({ id: stage.google.deliveries[0]?.id });
    expect(stage.google.deliveries).toHaveLength(1);
  });

  test.each<[string, Fault]>([
    ['with a 503 that took nothing', { kind: 'refuse', status: 503 }],
    ['with a 401 mid-upload', { kind: 'unauthorized' }],
    ['with a 429', { kind: 'too-many-requests' }],
  ])('%s: the session is where it was', async (_what, fault) => {
    const { stage, status } = await breaking(fault);
    expect(status).toMatchObject({ status: 308, range: `bytes=0-${GRANULE - 1}` });
    expect(stage.google.deliveries).toEqual([]);
  });

  test('a client that gives up mid-body loses what it has sent beyond the last granule, no more', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(4 * GRANULE);
    const hold = stage.router.faults.hold({
      match: { method: 'PUT' },
      at: { afterBytes: 2 * GRANULE },
    });
    const control = new AbortController();
    const pending = stage.fetch(uri, { method: 'PUT', body: mail, signal: control.signal });
    const { requestBytes } = await hold.arrived;
    control.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    hold.release();
    const { status, range } = await put(stage, uri, { range: `bytes */${mail.length}` });
    expect(status).toBe(308);
    const stored = Number(/^bytes=0-(\d+)$/.exec(range ?? '')?.[1]) + 1;
    expect(stored % GRANULE).toBe(0);
    expect(stored).toBeLessThanOrEqual(requestBytes + GRANULE);
    expect(stage.router.failures).toEqual([]);
    expect(stage.google.deliveries).toEqual([]);
  });

  test('two uploads of the same last slice at once send one mail', async () => {
    const stage = stageGoogle();
    const uri = await session(stage);
    const mail = mailOf(1_000);
    const hold = stage.router.faults.hold({ match: { method: 'PUT' }, at: { afterBytes: 1_000 } });
    const first = put(stage, uri, { body: mail });
    await hold.arrived;
    const second = await put(stage, uri, { body: mail });
    hold.release();
    expect(await first).toEqual(second);
    expect(stage.google.deliveries).toHaveLength(1);
  });
});
