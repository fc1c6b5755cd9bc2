import { describe, expect, test } from 'vitest';
import type { GoogleAccount } from './google-options.ts';
import { mailText, SEND_URL, stageGoogle } from './google-stage.ts';

interface Sent {
  readonly status: number;
  readonly message: string | undefined;
  readonly delivered: string;
  readonly messageId: string;
  readonly to: readonly string[];
  readonly from: string | undefined;
}

async function send(
  mail: string | Buffer,
  options: { readonly by?: GoogleAccount; readonly messageId?: 'keep' } = {},
): Promise<Sent> {
  const stage = stageGoogle();
  const { google, client, accounts } = stage;
  const { email: account } = options.by ?? accounts.ada;
  if (options.messageId) google.switches.messageId = options.messageId;
  const scopes = ['https://www.googleapis.com/auth/gmail.send'];
  const { accessToken } = google.grant({ account, client: client.id, scopes });
  const response = await stage.fetch(SEND_URL, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ raw: Buffer.from(mail).toString('base64url') }),
  });
  const body = (await response.json()) as { error?: { message: string } };
  const delivery = google.deliveries[0];
  return {
    status: response.status,
    message: body.error?.message,
    delivered: Buffer.from(delivery?.delivered ?? []).toString('utf8'),
    messageId: delivery?.messageId ?? '',
    to: delivery?.envelope.to ?? [],
    from: delivery?.envelope.from,
  };
}

function field(mail: string, name: string): readonly string[] {
  const head = mail.slice(0, mail.indexOf('\r\n\r\n'));
  const found = head.matchAll(new RegExp(`^${name}:\\s*(.*(?:\\r\\n[ \\t].*)*)`, 'gim'));
  return [...found].map(([, value = '']) => value);
}

describe('recipients', () => {
  test('To, Cc and Bcc all get it, each once; nobody sees Bcc', async () => {
    const mail = mailText({
      To: '"Last, First" <a@x.example>, b@x.example',
      Cc: 'Team: c@x.example, A@x.example;, d@x.example',
      Bcc: 'Eve <eve@x.example>,\r\n mallory@x.example',
    });
    const { to, delivered } = await send(mail);
    expect(to).toEqual(['a', 'b', 'c', 'd', 'eve', 'mallory'].map((name) => `${name}@x.example`));
    expect(field(delivered, 'bcc')).toEqual([]);
    expect(delivered).not.toContain('mallory');
    expect(field(delivered, 'to')).toHaveLength(1);
  });

  test('Bcc alone is enough', async () => {
    const { status, to } = await send(mailText({ To: null, Bcc: 'eve@x.example' }));
    expect([status, to]).toEqual([200, ['eve@x.example']]);
  });

  test.each([
    ['no recipient at all', { To: null }, 'Recipient address required'],
    ['an empty To', { To: '' }, 'Recipient address required'],
    ['an empty group', { To: 'undisclosed-recipients:;' }, 'Recipient address required'],
    ['a name without an address', { To: 'Bob' }, 'Invalid To header'],
    ['a domain without a dot', { To: 'human@f' }, 'Invalid To header'],
    ['an address with a space', { To: '<a b@x.example>' }, 'Invalid To header'],
    ['two at signs', { Cc: '<a@b@x.example>' }, 'Invalid Cc header'],
    ['a bad one among good ones', { Bcc: 'a@x.example, nobody' }, 'Invalid Bcc header'],
  ])('%s is refused', async (_what, head, message) => {
    expect(await send(mailText(head))).toMatchObject({ status: 400, message });
  });

  test('500 may get it, 501 may not', async () => {
    const list = (count: number): string =>
      Array.from({ length: count }, (_, at) => `user${at}@x.example`).join(',\r\n ');
    expect((await send(mailText({ To: list(500) }))).status).toBe(200);
    expect((await send(mailText({ To: list(501) }))).status).toBe(400);
  });

  test('domains and names of any script are taken', async () => {
    const mail = mailText({ To: '"山田" <yamada@例え.example>, =?UTF-8?B?5bGx?= <b@x.example>' });
    expect((await send(mail)).to).toEqual(['yamada@例え.example', 'b@x.example']);
  });
});

describe('what recipients see', () => {
  test("Message-ID is Google's, not the client's", async () => {
    const { delivered, messageId } = await send(mailText({ 'Message-ID': '<own@postern>' }));
    expect(messageId).toMatch(/^<CA[\w-]+@mail\.gmail\.com>$/);
    expect(field(delivered, 'message-id')).toEqual([messageId]);
  });

  test('Message-ID can be switched to stay, and is made when there is none', async () => {
    const kept = await send(mailText({ 'Message-ID': '<own@postern>' }), { messageId: 'keep' });
    expect([kept.messageId, ...field(kept.delivered, 'message-id')]).toEqual([
      '<own@postern>',
      '<own@postern>',
    ]);
    expect((await send(mailText(), { messageId: 'keep' })).messageId).toMatch(
      /@mail\.gmail\.com>$/,
    );
  });

  test('its own address and its alias may stand in From', async () => {
    const { grace } = stageGoogle().accounts;
    for (const address of ['Grace@Hopper.example', 'sales@hopper.example']) {
      const sent = await send(mailText({ From: `Sales <${address}>` }), { by: grace });
      expect(field(sent.delivered, 'from')).toEqual([`Sales <${address}>`]);
      expect(sent.from).toBe(address.toLowerCase());
    }
  });

  test("somebody else's From is put right and kept aside", async () => {
    const { delivered, from } = await send(mailText({ From: 'Boss <boss@x.example>' }));
    expect(field(delivered, 'from')).toEqual(['"Ada Lovelace" <ada.lovelace@gmail.example>']);
    expect(field(delivered, 'x-google-original-from')).toEqual(['Boss <boss@x.example>']);
    expect(from).toBe('ada.lovelace@gmail.example');
  });

  test('a missing From, Date and MIME-Version are added, present ones stay', async () => {
    const bare = (await send(mailText({ From: null }))).delivered;
    for (const name of ['from', 'date', 'mime-version']) expect(field(bare, name)).toHaveLength(1);
    const date = 'Thu, 01 Jan 2026 00:00:00 +0100';
    const given = (await send(mailText({ Date: date, 'MIME-Version': '1.0' }))).delivered;
    expect(field(given, 'date')).toEqual([date]);
    expect(field(given, 'mime-version')).toEqual(['1.0']);
  });

  test('a name in another script is encoded when it is put in', async () => {
    const { tomoko } = stageGoogle().accounts;
    const { delivered } = await send(mailText(), { by: tomoko });
    expect(field(delivered, 'from')).toEqual([
      '=?UTF-8?B?5bGx55SwIOaci+WtkA==?= <tomoko@gmail.example>',
    ]);
  });

  test('folded fields, long lines and the body stay byte for byte', async () => {
    const body = `${'x'.repeat(3000)}\r\n\r\n. dot\r\nBcc: not a header\r\n\u00e9\r\n`;
    const subject = 'one\r\n two\r\n\tthree';
    const { delivered } = await send(mailText({ Subject: subject }, body));
    expect(field(delivered, 'subject')).toEqual([subject]);
    expect(delivered.slice(delivered.indexOf('\r\n\r\n') + 4)).toBe(body);
  });

  test('bare line feeds become line ends', async () => {
    const { status, delivered } = await send(
      mailText({}, 'one\r\ntwo\r\n').replaceAll('\r\n', '\n'),
    );
    expect(status).toBe(200);
    expect(delivered).not.toMatch(/[^\r]\n/);
    expect(delivered).toMatch(/\r\n\r\none\r\ntwo\r\n$/);
  });
});

test.each([
  ['text without a header', 'Hello\r\n\r\nBob'],
  ['a line that is no field', mailText().replace('Subject', 'No field here\r\nSubject')],
  ['an empty line first', `\r\n\r\n${mailText()}`],
])('%s is refused', async (_what, mail) => {
  expect((await send(mail)).status).toBe(400);
});

test('a head without a body is a mail', async () => {
  const { status, delivered } = await send('To: bob@x.example\r\nSubject: only');
  expect(status).toBe(200);
  expect(delivered).toMatch(/Subject: only\r\n/);
  expect(delivered).toMatch(/\r\n\r\n$/);
});
