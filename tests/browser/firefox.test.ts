import { simpleParser } from 'mailparser';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { openFirefoxStage, type FirefoxStage } from '../harness/firefox.ts';
import { giveConsent } from '../harness/google-consent.ts';
import { makeDraft, OPENING, reaches, saved, SESSION } from '../harness/product-acts.ts';
import { giveMicrosoftConsent } from '../harness/microsoft-consent.ts';
import { DEMO_ACCOUNTS } from '../peers/google/google-defaults.ts';
import { DEMO_ACCOUNTS as MICROSOFT_ACCOUNTS } from '../peers/microsoft/microsoft-defaults.ts';
import { missing } from '../harness/tools.ts';

/* The built add-on in Firefox, against the local Google and Microsoft under their real names. */

const JOAN = MICROSOFT_ACCOUNTS.joan;
const PASSPHRASE = 'larch gate seven lanterns';

describe.skipIf(missing('firefox') !== null)('in Firefox, Postern', () => {
  let stage: FirefoxStage;
  let page: Page;
  const scratch = mkdtempSync(join(tmpdir(), 'postern-firefox-'));

  beforeAll(async () => {
    stage = await openFirefoxStage();
    page = await stage.openPage('options.html');
    // Ten seconds in which a mail can be undone are a long time for a test.
    const choices = await askWorker(page, 'sending.choices', {});
    await askWorker(page, 'sending.choose', { ...choices, undoSeconds: 0 });
  });
  afterAll(async () => {
    await stage.close();
    rmSync(scratch, { recursive: true });
  });

  it('has heard of its installation: “Write to …” stands in the menu', async () => {
    await eventually(
      () =>
        // Refused while there is no such entry.
        page.evaluate(() =>
          chrome.contextMenus.update('write-to', {}).then(
            () => true,
            () => false,
          ),
        ),
      { what: 'the entry of the menu' },
    );
  });

  it('links an account in the consent window', async () => {
    await askWorker(page, 'clients.save', {
      providerId: 'gmail',
      clientId: stage.client.id,
      clientSecret: null,
      tenant: null,
    });
    const linking = askWorker(page, 'accounts.link', { providerId: 'gmail' });
    const window = await stage.newWindow('https://accounts.google.com/');
    await giveConsent(window, { account: DEMO_ACCOUNTS.ada });
    expect(await linking).toMatchObject({
      kind: 'linked',
      canSend: true,
      account: { address: DEMO_ACCOUNTS.ada.email, grantedRungs: ['send'] },
    });
  });

  it('sends a mail once, in two requests', async () => {
    stage.router.log.clear();
    const id = await makeDraft(page, { to: 'ann@example.com', subject: 'Zaun', text: 'Grüße' });
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'sent' });
    expect(stage.google.deliveries.map(({ envelope }) => envelope.to)).toEqual([
      ['ann@example.com'],
    ]);
    const sends = [...stage.router.log.requests(OPENING), ...stage.router.log.requests(SESSION)];
    expect(sends.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it('renews a token silently when the old one has expired', async () => {
    stage.google.expireAccessTokens();
    stage.router.log.clear();
    const id = await makeDraft(page, { to: 'bob@example.com', subject: 'Tor', text: 'Grüße' });
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'sent' });
    const asked = stage.router.log.requests({ path: '/o/oauth2/v2/auth' });
    const prompts = asked.map(({ query }) => new URLSearchParams(query).get('prompt'));
    expect(new Set(prompts)).toEqual(new Set(['none']));
  });

  it('takes a file from a window in pieces, and sends it byte for byte', async () => {
    const before = stage.google.deliveries.length;
    const bytes = randomBytes(700_000);
    const path = join(scratch, 'plan.bin');
    writeFileSync(path, bytes);
    const id = await makeDraft(page, { to: 'cy@example.com', subject: 'Plan', text: 'Grüße' });
    const compose = await stage.openPage(`compose.html?draft=${id}`);
    const input = await compose.waitForSelector('input[type=file]');
    await input?.uploadFile(path);
    await compose.waitForFunction(
      () =>
        document.querySelector('.file bdi')?.textContent === 'plan.bin' &&
        document.querySelectorAll('.files progress').length === 0,
      { polling: 50 },
    );
    await saved(compose);
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    const [mail, ...more] = stage.google.deliveries.slice(before);
    expect(more).toEqual([]);
    const { attachments } = await simpleParser(Buffer.from(mail?.delivered ?? ''));
    expect(attachments.map(({ filename }) => filename)).toEqual(['plan.bin']);
    expect(attachments[0]?.content.equals(bytes)).toBe(true);
    await compose.close();
  });

  it('shows the account on its pages', async () => {
    const popup = await stage.openPage('popup.html');
    for (const shown of [page, popup]) {
      await shown.waitForFunction(
        (address) => document.body.innerText.includes(address),
        { polling: 50 },
        DEMO_ACCOUNTS.ada.email,
      );
    }
  });

  it('links an Outlook account, and sends by it once', async () => {
    await askWorker(page, 'clients.save', {
      providerId: 'outlook',
      clientId: stage.microsoftClient.id,
      clientSecret: null,
      tenant: null,
    });
    const linking = askWorker(page, 'accounts.link', { providerId: 'outlook' });
    const window = await stage.newWindow('https://login.microsoftonline.com/');
    await giveMicrosoftConsent(window, { account: JOAN });
    const linked = await linking;
    expect(linked).toMatchObject({
      kind: 'linked',
      canSend: true,
      account: { address: JOAN.email, accountType: 'work', grant: 'lasting' },
    });
    if (linked.kind !== 'linked') return;
    const mail = { to: 'dan@example.com', subject: 'Pfosten', text: 'Grüße' };
    const id = await makeDraft(page, mail, linked.account.id);
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'sent' });
    const [sent, ...more] = stage.microsoft.deliveries;
    expect(more).toEqual([]);
    expect(sent?.envelope.to).toEqual(['dan@example.com']);
  });

  it('lets the lock fall: windows hide what is written, and have it again once it is opened', async () => {
    const id = await makeDraft(page, { to: 'eve@example.com', subject: 'Tor', text: 'Geheimes' });
    const compose = await stage.openPage(`compose.html?draft=${id}`);
    await compose.waitForSelector('#text');
    await askWorker(page, 'lock.turn-on', { passphrase: PASSPHRASE });
    expect(await askWorker(page, 'lock.status', {})).toMatchObject({ state: 'open' });
    await askWorker(page, 'lock.now', {});
    await compose.waitForSelector('#unlock-passphrase');
    expect(await compose.evaluate(() => document.documentElement.outerHTML)).not.toContain(
      'Geheimes',
    );
    await expect(askWorker(page, 'accounts.list', {})).rejects.toThrow(/locked/);
    await compose.type('#unlock-passphrase', PASSPHRASE);
    await compose.keyboard.press('Enter');
    await compose.waitForSelector('#text');
    expect(await compose.$eval('#text', (field) => (field as HTMLTextAreaElement).value)).toBe(
      'Geheimes',
    );
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'sent' });
    await compose.close();
  });
});
