import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Inbox, startInbox } from '../inbox.ts';
import {
  mimeRequest,
  mimeText,
  STAGED_AT,
  type MicrosoftStage,
  stageMicrosoft,
} from '../microsoft/microsoft-stage.ts';

/** What the local Graph accepts arrives where Google's mail does: in the inbox that a person looks at. */

let inbox: Inbox;
let stage: MicrosoftStage;

beforeAll(async () => {
  inbox = await startInbox();
  stage = stageMicrosoft({ smtpPort: inbox.smtpPort });
});
afterAll(async () => {
  stage.microsoft.close();
  await inbox.close();
});

test('MIME, Bcc included', async () => {
  const mime = mimeText({ To: 'bob@crm.example', Bcc: 'carl@crm.example', Subject: 'By MIME' });
  expect((await stage.graph('/me/sendMail', mimeRequest(mime))).status).toBe(202);
  await stage.microsoft.settled();
  const mail = await inbox.waitFor('carl@crm.example');
  expect(mail).toMatchObject({ subject: 'By MIME', to: ['bob@crm.example'] });
});

test('JSON with a file', async () => {
  const message = {
    subject: 'By JSON',
    body: { contentType: 'html', content: '<p>Hello</p>' },
    toRecipients: [{ emailAddress: { address: 'dora@crm.example' } }],
    attachments: [
      {
        '@odata.type': '#microsoft.graph.fileAttachment',
        name: 'plan.txt',
        contentType: 'text/plain',
        contentBytes: Buffer.from('plan').toString('base64'),
      },
    ],
  };
  await stage.graph('/me/sendMail', { method: 'POST', json: { message } });
  const mail = await inbox.waitFor('dora@crm.example');
  expect(mail.attachments).toMatchObject([{ fileName: 'plan.txt' }]);
});

test('a draft that waited for its hour, without anybody asking', async () => {
  const scopes = ['Mail.Send', 'Mail.ReadWrite'];
  const value = new Date(STAGED_AT + 3_600_000).toISOString();
  const json = {
    subject: 'Later',
    toRecipients: [{ emailAddress: { address: 'erna@crm.example' } }],
    singleValueExtendedProperties: [{ id: 'SystemTime 0x3FEF', value }],
  };
  const made = await stage.graph('/me/messages', { method: 'POST', json, scopes });
  const { id } = (await made.json()) as { id: string };
  await stage.graph(`/me/messages/${id}/send`, { method: 'POST', scopes });
  stage.microsoft.clock.advance(3_600_000);
  expect((await inbox.waitFor('erna@crm.example')).subject).toBe('Later');
});
