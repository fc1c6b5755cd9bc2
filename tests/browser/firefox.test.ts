import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { openFirefoxStage, type FirefoxStage } from '../harness/firefox.ts';
import { giveConsent } from '../harness/google-consent.ts';
import { makeDraft, OPENING, reaches, SESSION } from '../harness/product-acts.ts';
import { DEMO_ACCOUNTS } from '../peers/google/google-defaults.ts';
import { missing } from '../harness/tools.ts';

/* The built add-on in Firefox, against the local Google under its real name. */

describe.skipIf(missing('firefox') !== null)('in Firefox, Postern', () => {
  let stage: FirefoxStage;
  let page: Page;

  beforeAll(async () => {
    stage = await openFirefoxStage();
    page = await stage.openPage('options.html');
  });
  afterAll(() => stage.close());

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
