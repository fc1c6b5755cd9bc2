import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { SENT_COPY_DELAY_MS } from './mailbox.ts';
import {
  type GraphRequest,
  type MicrosoftStage,
  mimeRequest,
  mimeText,
  stageMicrosoft,
} from './microsoft-stage.ts';

const DRAFTS = ['User.Read', 'Mail.Send', 'Mail.ReadWrite'];
const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };

interface Message {
  readonly id: string;
  readonly isDraft: boolean;
  readonly subject: string;
  readonly internetMessageId: string;
  readonly conversationId: string;
  readonly hasAttachments: boolean;
  readonly body: { readonly contentType: string; readonly content: string };
}

interface Desk {
  readonly stage: MicrosoftStage;
  readonly call: (path: string, request?: GraphRequest) => Promise<Response>;
  /** Makes a draft; JSON unless MIME is given. */
  readonly draft: (message?: object, mime?: string) => Promise<Message>;
  readonly get: (id: string) => Promise<Response>;
  readonly send: (id: string) => Promise<Response>;
}

/** Somebody with the drafts right, who asks for immutable ids. */
function desk(): Desk {
  const stage = stageMicrosoft();
  const token = stage.token(DRAFTS);
  const call: Desk['call'] = async (path, request = {}) =>
    await stage.graph(path, { token, ...request, headers: { ...IMMUTABLE, ...request.headers } });
  return {
    stage,
    call,
    draft: async (message = HELLO, mime) => {
      const request = mime === undefined ? { method: 'POST', json: message } : mimeRequest(mime);
      const response = await call('/me/messages', request);
      expect(response.status).toBe(201);
      return (await response.json()) as Message;
    },
    get: async (id) => await call(`/me/messages/${id}`),
    send: async (id) => await call(`/me/messages/${id}/send`, { method: 'POST' }),
  };
}

const HELLO = {
  subject: 'Hello',
  body: { contentType: 'text', content: 'Hello' },
  toRecipients: [{ emailAddress: { address: 'bob@crm.example' } }],
};

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

describe('a draft', () => {
  test('by JSON: 201 with the draft, in Drafts, not sent', async () => {
    const { stage, draft } = desk();
    expect(await draft()).toMatchObject({ isDraft: true, subject: 'Hello', hasAttachments: false });
    expect(stage.microsoft.deliveries).toEqual([]);
    expect(stage.microsoft.messages(stage.accounts.joan.email)[0]).toMatchObject({
      folder: 'drafts',
      isDraft: true,
    });
  });

  test('by MIME: what Exchange reads from it is in the properties', async () => {
    const { draft } = desk();
    const made = await draft({}, mimeText({ Subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=' }));
    expect(made).toMatchObject({ isDraft: true, subject: 'Grüße', body: { contentType: 'text' } });
  });

  test('Prefer: IdType="ImmutableId" gives another id, says so, and both find the message', async () => {
    const { call, draft } = desk();
    const { id } = await draft();
    const plain = await call(`/me/messages/${id}`, { headers: { prefer: 'x' } });
    expect(plain.headers.get('preference-applied')).toBeNull();
    const ordinary = (await plain.json()) as Message;
    expect(ordinary.id).not.toBe(id);
    const again = await call(`/me/messages/${ordinary.id}`);
    expect(again.headers.get('preference-applied')).toBe('IdType="ImmutableId"');
    expect(((await again.json()) as Message).id).toBe(id);
  });

  test('PATCH changes what is given and leaves the rest; DELETE takes it out of sight', async () => {
    const { call, draft, get } = desk();
    const { id } = await draft();
    const patched = await call(`/me/messages/${id}`, {
      method: 'PATCH',
      json: { subject: 'Later' },
    });
    expect(await patched.json()).toMatchObject({ subject: 'Later', body: { content: 'Hello' } });
    expect((await call(`/me/messages/${id}`, { method: 'DELETE' })).status).toBe(204);
    const gone = await get(id);
    expect([gone.status, await codeOf(gone)]).toEqual([404, 'ErrorItemNotFound']);
    expect((await call(`/me/messages/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  test('$select leaves what is named, and the id', async () => {
    const { call, draft } = desk();
    const { id } = await draft();
    const selected = (await (
      await call(`/me/messages/${id}?$select=isDraft,subject`)
    ).json()) as object;
    expect(Object.keys(selected).filter((name) => !name.startsWith('@'))).toEqual([
      'id',
      'subject',
      'isDraft',
    ]);
  });

  test('of one person is not another’s', async () => {
    const { stage, draft } = desk();
    const { id } = await draft();
    const token = stage.token(DRAFTS, stage.accounts.hedy.email);
    expect((await stage.graph(`/me/messages/${id}`, { token })).status).toBe(404);
  });
});

describe('sending a draft', () => {
  test('202; the immutable id then finds the copy in Sent Items, the ordinary one nothing', async () => {
    const { stage, call, draft, send, get } = desk();
    const { id } = await draft();
    const ordinary = (
      (await (await call(`/me/messages/${id}`, { headers: { prefer: 'x' } })).json()) as Message
    ).id;
    const sent = await send(id);
    expect([sent.status, await sent.text()]).toEqual([202, '']);
    expect(await (await get(id)).json()).toMatchObject({ id, isDraft: false });
    expect((await get(ordinary)).status).toBe(404);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test('twice: 400, one mail; also when both come at once', async () => {
    const { stage, draft, send } = desk();
    const { id } = await draft();
    await send(id);
    const second = await send(id);
    expect([second.status, await codeOf(second)]).toEqual([
      400,
      'ErrorInvalidItemForOperationSendItem',
    ]);
    const other = await draft();
    const answers = await Promise.all([send(other.id), send(other.id), send(other.id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 400, 400]);
    expect(stage.microsoft.deliveries).toHaveLength(2);
  });

  test('a deleted one: 404', async () => {
    const { call, draft, send } = desk();
    const { id } = await draft();
    await call(`/me/messages/${id}`, { method: 'DELETE' });
    expect((await send(id)).status).toBe(404);
  });

  test('without recipients: 400, it stays a draft', async () => {
    const { draft, send, get } = desk();
    const { id } = await draft({ ...HELLO, toRecipients: [] });
    expect(await codeOf(await send(id))).toBe('ErrorInvalidRecipients');
    expect(await (await get(id)).json()).toMatchObject({ isDraft: true });
  });

  test('a message that is sent is not changed any more', async () => {
    const { call, draft, send } = desk();
    const { id } = await draft();
    await send(id);
    const patched = await call(`/me/messages/${id}`, { method: 'PATCH', json: { subject: 'x' } });
    expect(await codeOf(patched)).toBe('ErrorInvalidPropertyUpdateSentMessage');
    expect(
      (await call(`/me/messages/${id}`, { method: 'PATCH', json: { isRead: false } })).status,
    ).toBe(200);
  });

  test('its MIME goes out as it was, with From put right', async () => {
    const { stage, draft, send } = desk();
    const { id } = await draft(
      {},
      mimeText({ From: 'x@y.example', 'In-Reply-To': '<a@b.example>' }, 'Body \r\n'),
    );
    await send(id);
    const text = Buffer.from(stage.microsoft.deliveries[0]?.delivered ?? []).toString();
    expect(text).toContain('From: "Joan Clarke"');
    expect(text).toContain('In-Reply-To: <a@b.example>\r\n');
    expect(text.endsWith('\r\n\r\nBody \r\n')).toBe(true);
  });

  test('a Message-ID that the draft was given is the one that recipients see, also beside MIME', async () => {
    const { stage, call, draft, send } = desk();
    const internetMessageId = '<own@postern.example>';
    const made = await draft({ ...HELLO, internetMessageId });
    expect(made.internetMessageId).toBe(internetMessageId);
    await send(made.id);
    const { id } = await draft({}, mimeText({ 'X-Own': 'yes' }));
    await call(`/me/messages/${id}`, { method: 'PATCH', json: { internetMessageId } });
    await send(id);
    for (const { messageId, delivered } of stage.microsoft.deliveries) {
      expect(messageId).toBe(internetMessageId);
      expect((await simpleParser(Buffer.from(delivered))).messageId).toBe(internetMessageId);
    }
    expect(Buffer.from(stage.microsoft.deliveries[1]?.delivered ?? []).toString()).toContain(
      'X-Own: yes',
    );
  });

  test('the company’s message limit: 400 ErrorMessageSizeExceeded', async () => {
    const plain = stageMicrosoft();
    const tenant = { ...plain.tenants.bletchley, messageLimitBytes: 2_000 };
    const stage = stageMicrosoft({ tenants: [tenant] });
    const response = await stage.graph(
      '/me/sendMail',
      mimeRequest(mimeText({}, 'x'.repeat(2_000))),
    );
    expect([response.status, await codeOf(response)]).toEqual([400, 'ErrorMessageSizeExceeded']);
  });

  test('the copy may take its time, or have another id: then conversation and Message-ID still find it', async () => {
    const { stage, call, draft, send, get } = desk();
    stage.microsoft.switches.sentCopy = 'late';
    const late = await draft();
    await send(late.id);
    expect((await get(late.id)).status).toBe(404);
    stage.microsoft.clock.advance(SENT_COPY_DELAY_MS);
    expect((await get(late.id)).status).toBe(200);

    stage.microsoft.switches.sentCopy = 'other-id';
    const moved = await draft();
    await send(moved.id);
    expect((await get(moved.id)).status).toBe(404);
    for (const filter of [
      `internetMessageId eq '${moved.internetMessageId}'`,
      `conversationId eq '${moved.conversationId}' and isDraft eq false`,
    ]) {
      const found = await call(`/me/messages?$filter=${encodeURIComponent(filter)}`);
      expect(((await found.json()) as { value: Message[] }).value).toMatchObject([
        { subject: 'Hello', isDraft: false },
      ]);
    }
  });
});

describe('files of a draft', () => {
  const file = (text: string) => ({
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'plan ✓.txt',
    contentType: 'text/plain',
    contentBytes: Buffer.from(text).toString('base64'),
  });

  test('are added, listed, read and removed', async () => {
    const { call, draft, get } = desk();
    const { id } = await draft();
    const path = `/me/messages/${id}/attachments`;
    const added = await call(path, { method: 'POST', json: file('one') });
    expect(added.status).toBe(201);
    const { id: fileId } = (await added.json()) as { id: string };
    expect(await (await get(id)).json()).toMatchObject({ hasAttachments: true });
    const listed = (await (await call(`${path}?$select=id,name,size`)).json()) as {
      value: object[];
    };
    expect(listed.value).toEqual([
      {
        '@odata.type': '#microsoft.graph.fileAttachment',
        id: fileId,
        name: 'plan ✓.txt',
        size: 203,
      },
    ]);
    expect(await (await call(`${path}/${fileId}/$value`)).text()).toBe('one');
    expect((await call(`${path}/${fileId}`, { method: 'DELETE' })).status).toBe(204);
    expect(await (await get(id)).json()).toMatchObject({ hasAttachments: false });
  });

  test('go out behind a MIME draft, whose own files stay', async () => {
    const { stage, call, draft, send } = desk();
    const boundary = 'b1';
    const mime = mimeText(
      {
        'Content-Type': `multipart/mixed; boundary=${boundary}`,
        'List-Unsubscribe': '<mailto:a@b.example>',
      },
      `--${boundary}\r\nContent-Type: text/plain\r\n\r\nHello\r\n--${boundary}\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=own.txt\r\n\r\nown\r\n--${boundary}--\r\n`,
    );
    const { id } = await draft({}, mime);
    await call(`/me/messages/${id}/attachments`, { method: 'POST', json: file('added') });
    await send(id);
    const mail = await simpleParser(Buffer.from(stage.microsoft.deliveries[0]?.delivered ?? []));
    expect(mail.text?.trim()).toBe('Hello');
    expect(
      mail.attachments.map(({ filename, content }) => [filename, content.toString().trim()]),
    ).toEqual([
      ['own.txt', 'own'],
      ['plan ✓.txt', 'added'],
    ]);
    expect(mail.headers.has('list')).toBe(true);
  });

  test('a picture of the text and files of every length arrive byte for byte', async () => {
    const { stage, draft, send } = desk();
    const bytes = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, at) => at % 251));
    const lengths = [0, 1, 57, 58, 114, 100_000];
    const files = lengths.map((length) => ({
      ...file(''),
      name: `${length}.bin`,
      contentBytes: bytes(length).toString('base64'),
    }));
    const inline = { contentType: 'image/png', isInline: true, contentId: 'p1' };
    const picture = { ...file('a picture'), ...inline };
    const body = { contentType: 'html', content: '<img src="cid:p1">' };
    const { id } = await draft({ ...HELLO, body, attachments: [...files, picture] });
    await send(id);
    const delivered = Buffer.from(stage.microsoft.deliveries[0]?.delivered ?? []);
    const mail = await simpleParser(delivered, { keepCidLinks: true });
    const arrived = mail.attachments.map(({ cid, filename, content }) => [
      cid ?? filename,
      content,
    ]);
    expect(arrived).toEqual([
      ['p1', Buffer.from('a picture')],
      ...lengths.map((length) => [`${length}.bin`, bytes(length)]),
    ]);
  });

  test('a large file that came in MIME is shown byte for byte', async () => {
    const { call, draft } = desk();
    const bytes = Buffer.from(Uint8Array.from({ length: 20_000 }, (_, at) => at % 251));
    const lines = bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');
    const mime = mimeText(
      { 'Content-Type': 'multipart/mixed; boundary=b1' },
      `--b1\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b1\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=own.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n--b1--\r\n`,
    );
    const { id } = await draft({}, mime);
    const listed = await call(`/me/messages/${id}/attachments`);
    expect(await listed.json()).toMatchObject({
      value: [{ name: 'own.pdf', contentBytes: bytes.toString('base64') }],
    });
  });

  test('a MIME draft whose text is changed keeps its files and its thread', async () => {
    const { stage, call, draft, send } = desk();
    const mime = mimeText(
      { 'Content-Type': 'multipart/mixed; boundary=b1', 'In-Reply-To': '<a@b.example>' },
      `--b1\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b1\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=own.txt\r\n\r\nown\r\n--b1--\r\n`,
    );
    const { id } = await draft({}, mime);
    await call(`/me/messages/${id}`, {
      method: 'PATCH',
      json: { body: { contentType: 'text', content: 'New' } },
    });
    await send(id);
    const mail = await simpleParser(Buffer.from(stage.microsoft.deliveries[0]?.delivered ?? []));
    expect(mail.text?.trim()).toBe('New');
    expect(mail.inReplyTo).toBe('<a@b.example>');
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(['own.txt']);
  });

  test('PATCH takes no files: 400', async () => {
    const { call, draft } = desk();
    const { id } = await draft();
    const json = { attachments: [file('x')] };
    expect((await call(`/me/messages/${id}`, { method: 'PATCH', json })).status).toBe(400);
  });

  test('bytes that are no base64: 400', async () => {
    const { call, draft } = desk();
    const { id } = await draft();
    const wrong = { ...file('x'), contentBytes: '%' };
    expect(
      (await call(`/me/messages/${id}/attachments`, { method: 'POST', json: wrong })).status,
    ).toBe(400);
  });
});

describe('lists', () => {
  test('newest first, by folder, ten unless told otherwise', async () => {
    const { stage, call, draft, send } = desk();
    stage.microsoft.switches.quota = false;
    for (let at = 0; at < 12; at += 1) {
      await draft({ ...HELLO, subject: `draft ${at}` });
      stage.microsoft.clock.advance(1_000);
    }
    const { id } = await draft({ ...HELLO, subject: 'sent' });
    await send(id);
    const subjects = async (path: string): Promise<string[]> =>
      ((await (await call(path)).json()) as { value: Message[] }).value.map(
        ({ subject }) => subject,
      );
    expect(await subjects('/me/mailFolders/sentitems/messages')).toEqual(['sent']);
    expect(await subjects('/me/mailFolders/drafts/messages?$top=2')).toEqual([
      'draft 11',
      'draft 10',
    ]);
    expect(await subjects('/me/messages')).toHaveLength(10);
  });

  test('a filter or folder that is not played is refused, never ignored', async () => {
    const { call } = desk();
    expect(
      (await call(`/me/messages?$filter=${encodeURIComponent("subject eq 'x'")}`)).status,
    ).toBe(400);
    expect((await call('/me/mailFolders/inbox/messages')).status).toBe(404);
    expect((await call('/me/messages?$top=many')).status).toBe(400);
  });
});
