import type { CDPSession, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { linkAccount } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* A passkey with the PRF extension, on an extension's page, by Chromium's virtual authenticator. */

const PASSPHRASE = 'larch gate seven lanterns';

let stage: Stage;
let page: Page;
let cdp: CDPSession;
let authenticatorId: string;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage, { withSecret: true });
  page = await stage.browser.openPage('options.html#lock');
  cdp = await page.createCDPSession();
  await cdp.send('WebAuthn.enable');
  ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf: true,
    },
  }));
  await askWorker(page, 'lock.turn-on', { passphrase: PASSPHRASE });
});
afterAll(() => stage.close());

async function clickButton(words: string): Promise<void> {
  await page.waitForSelector(`::-p-xpath(//button[contains(., "${words}")])`);
  await page.click(`::-p-xpath(//button[contains(., "${words}")])`);
}

describe('a passkey', () => {
  it('is made on the settings page, for the extension and for nobody else', async () => {
    await page.waitForSelector('#passkey-passphrase');
    await page.type('#passkey-passphrase', PASSPHRASE);
    await clickButton('Add a passkey');
    await page.waitForSelector('::-p-xpath(//button[contains(., "Remove the passkey")])');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials.map(({ rpId }) => rpId)).toEqual([
      `chrome-extension://${stage.browser.extensionId}`,
    ]);
  });

  it('opens Postern again after the lock has fallen', async () => {
    await askWorker(page, 'lock.now', {});
    await clickButton('Use your passkey');
    await page.waitForSelector('#off-passphrase');
    expect((await askWorker(page, 'accounts.list', {})).accounts).toHaveLength(1);
  });

  it('leaves the passphrase as it was', async () => {
    await askWorker(page, 'lock.now', {});
    expect(await askWorker(page, 'lock.unlock', { passphrase: PASSPHRASE })).toEqual({
      kind: 'done',
    });
  });

  it('opens nothing once it is removed', async () => {
    await clickButton('Remove the passkey');
    await eventually(async () => (await askWorker(page, 'lock.status', {})).passkey === null, {
      what: 'the passkey to be gone',
    });
    await askWorker(page, 'lock.now', {});
    await page.waitForSelector('#unlock-passphrase');
    expect(await page.$('::-p-xpath(//button[contains(., "passkey")])')).toBeNull();
  });
});
