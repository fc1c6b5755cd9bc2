import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import {
  linkAccount,
  openCompose,
  OPENING,
  pressSend,
  saved,
  SESSION,
  write,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* From the compose window to the inbox next door. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage);
});
afterAll(() => stage.close());

it('brings what was written into the inbox as it was written, in two requests', async () => {
  const mail = {
    to: 'Jörg Müller <joerg@example.com>',
    subject: 'Zäune – für Sie 🌿',
    text: 'Guten Tag,\nwie besprochen.\n\n.\nFrom Anfang an: ümläut',
  };
  stage.router.log.clear();
  const compose = await openCompose(stage);
  await write(compose, mail);
  await pressSend(compose);
  const received = await stage.inbox.waitFor('joerg@example.com');
  expect(received.subject).toBe(mail.subject);
  expect(received.text.trimEnd()).toBe(mail.text);
  expect(received.from).toContain(stage.accounts.ada.email);
  expect((await received.source()).toString('latin1')).not.toMatch(/<img|https?:/i);
  const sends = [...stage.router.log.requests(OPENING), ...stage.router.log.requests(SESSION)];
  expect(sends.map(({ method }) => method)).toEqual(['POST', 'PUT']);
});

it('says in the window that it was sent', async () => {
  const compose = await openCompose(stage);
  await write(compose, { to: 'carol@example.com', subject: 'Said', text: 'Hello' });
  await pressSend(compose);
  await compose.waitForFunction(() => /sent/i.test(document.body.innerText), { polling: 50 });
});

it('does not send what has no recipient, and says so in place', async () => {
  const before = stage.google.deliveries.length;
  const compose = await openCompose(stage);
  await compose.type('#subject', 'To nobody');
  await saved(compose);
  await pressSend(compose);
  await compose.waitForSelector('#to[aria-invalid="true"]');
  expect(stage.google.deliveries).toHaveLength(before);
});

it('sends one mail when two windows press Send on the same draft at once', async () => {
  const compose = await openCompose(stage);
  await write(compose, { to: 'twice@example.com', subject: 'Once', text: 'Only' });
  const other = await stage.browser.visit(compose.url());
  await other.waitForSelector('#text');
  const press = (button: Element): void => (button as HTMLButtonElement).click();
  await Promise.all([compose.$eval('.send', press), other.$eval('.send', press)]);
  await stage.inbox.waitFor('twice@example.com');
  const saysSent = async (page: Page): Promise<boolean> =>
    page.isClosed() || /sent/i.test(await page.evaluate(() => document.body.innerText));
  for (const page of [compose, other]) {
    await eventually(() => saysSent(page), { what: 'the window to say that it was sent' });
  }
  const sent = stage.google.deliveries.filter(({ envelope }) =>
    envelope.to.includes('twice@example.com'),
  );
  expect(sent).toHaveLength(1);
});

it('keeps everything that was typed when the browser is killed in the middle', async () => {
  const compose = await openCompose(stage);
  await write(compose, { to: 'dora@example.com', subject: 'Kept', text: 'Not lost' });
  const address = compose.url();
  await stage.restartBrowser();
  const again = await stage.browser.visit(address);
  await again.waitForSelector('#text');
  expect(
    await again.evaluate(() => ({
      subject: document.querySelector<HTMLInputElement>('#subject')?.value,
      text: document.querySelector<HTMLTextAreaElement>('#text')?.value,
      page: document.body.innerText.includes('dora@example.com'),
    })),
  ).toEqual({ subject: 'Kept', text: 'Not lost', page: true });
});
