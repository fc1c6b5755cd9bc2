import { randomBytes } from 'node:crypto';
import {
  Client,
  FileUpload,
  GraphError,
  LargeFileUploadTask,
  RetryHandlerOptions,
  UploadResult,
} from '@microsoft/microsoft-graph-client';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  EXTENSION_ORIGIN,
  type MicrosoftStage,
  mimeText,
  stageMicrosoft,
} from '../microsoft/microsoft-stage.ts';
import { peerFetch } from '../peer-fetch.ts';

/**
 * Microsoft's own client for Graph, as in a browser: with an Origin, preflights and hidden headers. What it sends
 * and what it expects to get is what Graph does, so the peer cannot drift into something that only our code likes.
 */

const MIB = 1024 * 1024;
const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };

let stage: MicrosoftStage;

beforeEach(() => {
  stage = stageMicrosoft();
  // It takes no fetch as an argument: it uses the one that a page has.
  vi.stubGlobal('fetch', peerFetch(stage.router, { origin: EXTENSION_ORIGIN }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  expect(stage.router.failures).toEqual([]);
});

function clientWith(scopes: readonly string[]): Client {
  const token = stage.token(scopes);
  return Client.init({ authProvider: (done) => done(null, token) });
}

const HELLO = {
  subject: 'Hello',
  body: { contentType: 'Text', content: 'Hello' },
  toRecipients: [{ emailAddress: { address: 'bob@crm.example' } }],
};

describe('reading and sending', () => {
  test('/me', async () => {
    const me: unknown = await clientWith(['User.Read']).api('/me').select('id').get();
    expect(me).toMatchObject({ id: stage.accounts.joan.id });
  });

  test('sendMail by JSON and by MIME', async () => {
    const client = clientWith(['Mail.Send']);
    await client.api('/me/sendMail').post({ message: HELLO });
    const mime = Buffer.from(mimeText()).toString('base64');
    await client.api('/me/sendMail').header('content-type', 'text/plain').post(mime);
    expect(stage.microsoft.deliveries.map(({ envelope }) => envelope.to)).toEqual([
      ['bob@crm.example'],
      ['bob@crm.example'],
    ]);
  });

  test('an error has its code, and the id that Microsoft’s support asks for', async () => {
    const sending = clientWith(['User.Read']).api('/me/sendMail').post({ message: HELLO });
    const error: unknown = await sending.catch((caught: unknown) => caught);
    if (!(error instanceof GraphError)) throw new Error('no GraphError');
    expect([error.statusCode, error.code]).toEqual([403, 'ErrorAccessDenied']);
    expect(error.requestId).toMatch(/^[\da-f-]{36}$/);
  });

  test('it waits as long as a fractional Retry-After says, and sends once', async () => {
    const match = { path: '/v1.0/me/sendMail', method: 'POST' };
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 0.05 } as const;
    const plan = stage.router.faults.add({ match, fault });
    await clientWith(['Mail.Send']).api('/me/sendMail').post({ message: HELLO });
    expect(plan.struck()).toBe(1);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test('it repeats a POST after a 504, and so sends twice what had been taken: what Postern must not do', async () => {
    const match = { path: '/v1.0/me/sendMail', method: 'POST' };
    stage.router.faults.add({ match, fault: { kind: 'fail-after-accept', status: 504 } });
    await clientWith(['Mail.Send'])
      .api('/me/sendMail')
      .middlewareOptions([new RetryHandlerOptions(0, 1)])
      .post({ message: HELLO });
    expect(stage.microsoft.deliveries).toHaveLength(2);
  });
});

describe('a large file goes to a draft by LargeFileUploadTask', () => {
  const size = 9 * MIB + 17;
  let bytes: Uint8Array<ArrayBuffer>;
  let client: Client;
  let draftId: string;

  beforeEach(async () => {
    bytes = new Uint8Array(randomBytes(size));
    client = clientWith(['Mail.Send', 'Mail.ReadWrite']);
    const draft = (await client.api('/me/messages').headers(IMMUTABLE).post(HELLO)) as {
      id: string;
    };
    draftId = draft.id;
  });

  async function task(seen: number[] = []): Promise<LargeFileUploadTask<unknown>> {
    const session = await LargeFileUploadTask.createUploadSession(
      client,
      `/me/messages/${draftId}/attachments/createUploadSession`,
      { AttachmentItem: { attachmentType: 'file', name: 'plan.bin', size } },
    );
    const file = new FileUpload(bytes.buffer, 'plan.bin', size);
    const progress = (range?: { readonly maxValue: number }): void =>
      void seen.push(range?.maxValue ?? -1);
    return new LargeFileUploadTask(client, file, session, {
      rangeSize: 4 * MIB,
      uploadEventHandlers: { progress },
    });
  }

  async function sendAndRead(): Promise<Buffer | undefined> {
    await client.api(`/me/messages/${draftId}/send`).post(null);
    const sent = (await client.api(`/me/messages/${draftId}`).headers(IMMUTABLE).get()) as {
      isDraft: boolean;
    };
    expect(sent.isDraft).toBe(false);
    const mail = await simpleParser(Buffer.from(stage.microsoft.deliveries[0]?.delivered ?? []));
    return mail.attachments[0]?.content;
  }

  test('in ranges, to the end; the sent mail has the very bytes', async () => {
    const seen: number[] = [];
    const result: unknown = await (await task(seen)).upload();
    if (!(result instanceof UploadResult)) throw new Error('no UploadResult');
    expect(result.location).toContain("/Attachments('");
    expect(seen).toEqual([4 * MIB - 1, 8 * MIB - 1, size - 1]);
    expect((await sendAndRead())?.equals(Buffer.from(bytes))).toBe(true);
  });

  test('broken off in the second range, it asks the session and goes on', async () => {
    const uploading = await task();
    const match = { host: 'outlook.office.com', method: 'PUT' };
    const fault = { kind: 'cut-mid-body', afterBytes: MIB } as const;
    stage.router.faults.add({ match, fault, nth: 2 });
    await expect(uploading.upload()).rejects.toThrow();
    await uploading.resume();
    expect((await sendAndRead())?.equals(Buffer.from(bytes))).toBe(true);
  });

  test('the second spelling of the ranges is one that it knows', async () => {
    stage.microsoft.switches.rangesSpelling = 'NextExpectedRanges';
    await (await task()).upload();
    expect((await sendAndRead())?.length).toBe(size);
  });

  test('it sends no Authorization to the upload address; cancelled, the session is gone', async () => {
    const uploading = await task();
    await uploading.cancel();
    await expect(uploading.getStatus()).rejects.toMatchObject({ statusCode: 404 });
    const puts = stage.router.log.requests({ host: 'outlook.office.com' });
    expect(puts.length).toBeGreaterThan(0);
    expect(puts.every(({ authorized }) => !authorized)).toBe(true);
  });
});
