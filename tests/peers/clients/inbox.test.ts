import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mailText, SEND_URL, stageGoogle } from '../google/google-stage.ts';
import { type Inbox, startInbox } from '../inbox.ts';

let inbox: Inbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterEach(async () => await inbox.clear());
afterAll(async () => await inbox.close());

async function send(
  stage: ReturnType<typeof stageGoogle>,
  head: Parameters<typeof mailText>[0] = {},
): Promise<void> {
  const raw = Buffer.from(mailText(head)).toString('base64url');
  const headers = { authorization: `Bearer ${stage.token()}` };
  const body = JSON.stringify({ raw });
  const response = await stage.fetch(SEND_URL, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
}

describe('what the local Gmail accepts', () => {
  test('lies in a real inbox, in order, with the bytes that recipients get', async () => {
    const stage = stageGoogle({ smtpPort: inbox.smtpPort });
    for (const number of [1, 2, 3]) await send(stage, { Subject: `Mail ${number}` });
    await stage.google.settled();
    const mails = await inbox.mails();
    expect(mails.map(({ subject }) => subject)).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
    const delivered = Buffer.from(stage.google.deliveries[0]?.delivered ?? []).toString();
    expect((await mails[0]?.source())?.toString()).toBe(delivered);
    stage.google.close();
  });

  test('is found by any recipient, Bcc included, which nobody sees', async () => {
    const stage = stageGoogle({ smtpPort: inbox.smtpPort });
    await send(stage, { Bcc: 'Eve@crm.example' });
    const mail = await inbox.waitFor('eve@crm.example');
    expect(mail).toMatchObject({
      from: 'ada.lovelace@gmail.example',
      to: ['bob@crm.example'],
      envelopeTo: ['bob@crm.example', 'eve@crm.example'],
      text: 'Hello\n',
    });
    expect((await mail.source()).toString()).not.toMatch(/^Bcc:/im);
    await stage.google.settled();
    stage.google.close();
  });

  test('says so when it cannot be handed over', async () => {
    const gone = await startInbox();
    await gone.close();
    const stage = stageGoogle({ smtpPort: gone.smtpPort });
    await send(stage);
    await expect(stage.google.settled()).rejects.toThrow('mail was not handed over');
    await expect(stage.google.settled()).resolves.toBeUndefined();
    stage.google.close();
  });
});

test('waiting ends with an error that names the address', async () => {
  const waiting = inbox.waitFor('nobody@crm.example', { timeoutMs: 20 });
  await expect(waiting).rejects.toThrow('no mail for nobody@crm.example within 20 ms');
});

test('the web page can be opened', async () => {
  const response = await fetch(inbox.webUrl, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/<title>.*MailDev/i);
});

test('nothing is left after closing', async () => {
  const short = await startInbox();
  await short.close();
  await expect(fetch(short.webUrl)).rejects.toThrow(TypeError);
});
