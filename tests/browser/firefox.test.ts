import { simpleParser } from 'mailparser';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { openFirefoxStage, type FirefoxStage } from '../harness/firefox.ts';
import { giveConsent } from '../harness/google-consent.ts';
import { makeDraft, OPENING, reaches, saved, SESSION } from '../harness/product-acts.ts';
import { DEMO_ACCOUNTS } from '../peers/google/google-defaults.ts';
import { missing } from '../harness/tools.ts';

/* The built add-on in Firefox, against the local Google under its real name. */

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
});
