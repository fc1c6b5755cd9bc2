import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../harness/browser.ts';
import { openVirtualDisplay, type VirtualDisplay } from '../harness/display.ts';
import { eventually } from '../harness/eventually.ts';
import { chooseFromNativeMenu } from '../harness/native-menu.ts';
import { missing } from '../harness/tools.ts';
import { createPeerCertificate } from '../peers/certificate.ts';

/*
 * What every other browser test stands on, tried on an extension of twenty lines: if one of these
 * fails, the browser behaves differently than the harness believes, and no other result counts.
 */

const extensionDir = join(import.meta.dirname, '../harness/throw-away-extension');
const held: ServerResponse[] = [];
let server: Server;
let resolverRules: string;
let trustedCaPem: string;

beforeAll(async () => {
  const hosts = ['peer.example', 'accounts.example', 'crm.example'];
  const { privateKeyPem, certificatePem, caPem } = await createPeerCertificate(hosts);
  trustedCaPem = caPem;
  const cert = `${certificatePem}\n${caPem}`;
  server = createServer({ key: privateKeyPem, cert }, (request, response) => {
    const redirect = new URL(request.url ?? '/', 'https://x').searchParams.get('redirect_uri');
    response.setHeader('content-type', 'text/html');
    if (request.headers.host === 'peer.example') held.push(response);
    else if (redirect) response.end(`<a id="allow" href="${redirect}#done">Allow</a>`);
    else
      response.end('<h1>Page</h1><a href="mailto:ann@example.com">Ann</a> <i>bob@example.com</i>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  resolverRules = hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(', ');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const whichLife = (page: Page): Promise<string> =>
  page.evaluate(() => chrome.runtime.sendMessage<string, string>('which life'));

describe('the browser under test', () => {
  let browser: TestBrowser;
  let page: Page;

  beforeEach(async () => {
    browser = await launchBrowser({ extensionDir, resolverRules, trustedCaPem });
    page = await browser.openPage('popup.html');
  });
  afterEach(() => browser.close());

  it('has a worker that dies in the middle of a fetch when told to, and another one next time', async () => {
    const first = await whichLife(page);
    const answer = page
      .evaluate(() => chrome.runtime.sendMessage('fetch'))
      .catch(() => 'no answer');
    const open = await eventually(() => held.shift(), { what: 'the request' });
    const cut = new Promise((resolve) => open.once('close', resolve));
    expect(await browser.worker.kill()).toBe(true);
    await cut;
    expect(await answer).toBe('no answer');
    expect(await browser.worker.isAlive()).toBe(false);
    expect(await whichLife(page)).not.toBe(first);
  });

  it('lets an idle worker die of itself within 40 s, so nothing here keeps it alive', async () => {
    await whichLife(page);
    const livedMs = await browser.worker.diesWithin(40_000);
    expect(livedMs).toBeGreaterThan(20_000);
  });

  it('loses worker and pages together when the process of the extension crashes', async () => {
    const first = await whichLife(page);
    const crashed = new Promise((resolve) => page.once('error', resolve));
    await browser.crashExtension();
    await crashed;
    expect(await whichLife(await browser.openPage('popup.html'))).not.toBe(first);
  });

  it('keeps its profile over a SIGKILL', async () => {
    await page.evaluate(() => chrome.storage.local.set({ kept: 'yes' }));
    await browser.kill();
    browser = await browser.relaunch();
    page = await browser.openPage('popup.html');
    expect(await page.evaluate(() => chrome.storage.local.get('kept'))).toEqual({ kept: 'yes' });
  });

  it('opens a real consent window that a test can click in', async () => {
    const answer = page.evaluate(() => chrome.runtime.sendMessage<string, string>('sign in'));
    const consent = await browser.newWindow('https://accounts.example/');
    await (await consent.waitForSelector('#allow'))?.click();
    expect(await answer).toBe(`https://${browser.extensionId}.chromiumapp.org/#done`);
  });

  it('tells the extension when the person closes the consent window', async () => {
    const answer = page.evaluate(() => chrome.runtime.sendMessage<string, string>('sign in'));
    await (await browser.newWindow('https://accounts.example/')).close();
    expect(await answer).toContain('did not approve');
  });

  it('opens the popup as a click on the toolbar icon does', async () => {
    const popup = await browser.clickToolbarIcon(await browser.visit('https://crm.example/'));
    expect(await popup.evaluate(() => innerWidth)).toBeLessThan(400);
  });

  it('hears what pages and the unattached worker print', async () => {
    await page.evaluate(() => console.log('two\nlines'));
    const said = (): string[] => browser.consoleLines.map(({ text }) => text);
    await eventually(
      () => said().includes('worker says hello') && said().some((text) => text.includes('lines')),
      { what: 'what was printed' },
    );
  });

  it('trusts the certificates of the authority it was given, and no others', async () => {
    const crm = await browser.visit('https://crm.example/');
    expect(await crm.evaluate(() => isSecureContext)).toBe(true);
    await browser.close();
    const { caPem } = await createPeerCertificate(['crm.example']);
    browser = await launchBrowser({ extensionDir, resolverRules, trustedCaPem: caPem });
    const failure = await browser.visit('https://crm.example/').catch((error: unknown) => error);
    expect(String(failure)).toContain('ERR_CERT_AUTHORITY_INVALID');
  });

  it('reaches no host that no peer plays', async () => {
    const failure = await browser.visit('https://example.org/').catch((error: unknown) => error);
    expect(String(failure)).toContain('ERR_NAME_NOT_RESOLVED');
  });
});

describe.skipIf(missing('xvfb', 'xdotool') !== null)('the native context menu', () => {
  let browser: TestBrowser;
  let display: VirtualDisplay;
  let menuPicture: Buffer = Buffer.alloc(0);

  beforeAll(async () => {
    display = await openVirtualDisplay();
    const shown = { display: display.name };
    browser = await launchBrowser({ extensionDir, resolverRules, trustedCaPem, ...shown });
  });
  afterAll(async () => {
    await browser.close();
    await display.close();
  });

  const windowAbout = async (page: Page, selector: string, kind: 'link' | 'selection' | 'page') => {
    const prefix = `chrome-extension://${browser.extensionId}/popup.html`;
    await chooseFromNativeMenu(page, {
      display: display.name,
      selector,
      kind,
      look: () => (menuPicture = display.picture()),
      until: () =>
        Promise.resolve(browser.puppeteer.targets().some((one) => one.url().startsWith(prefix))),
    });
    const opened = await browser.newWindow(prefix);
    const about = decodeURIComponent(new URL(opened.url()).hash.slice(1));
    await opened.close();
    return about;
  };

  it('offers our entry on a link, on selected text and on the page', async () => {
    const page = await browser.visit('https://crm.example/');
    expect(await windowAbout(page, 'a', 'link')).toBe('mailto:ann@example.com');
    expect(menuPicture.subarray(1, 4).toString()).toBe('PNG');
    expect(await windowAbout(page, 'h1', 'page')).toBe('page');
    await page.$eval('i', (element) => getSelection()?.selectAllChildren(element));
    expect(await windowAbout(page, 'i', 'selection')).toBe('bob@example.com');
  });
});
