import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer';
import { createGooglePeer, type GooglePeer } from '../peers/google/google-peer.ts';
import { DEMO_ACCOUNTS, demoClient } from '../peers/google/google-defaults.ts';
import type { GoogleClient } from '../peers/google/google-options.ts';
import { createHostRouter, type HostRouter } from '../peers/host-router.ts';
import {
  DEMO_ACCOUNTS as MICROSOFT_ACCOUNTS,
  DEMO_TENANTS,
  demoMicrosoftClient,
} from '../peers/microsoft/microsoft-defaults.ts';
import type { MicrosoftClient } from '../peers/microsoft/microsoft-options.ts';
import { createMicrosoftPeer, type MicrosoftPeer } from '../peers/microsoft/microsoft-peer.ts';
import { openTlsDoor } from '../peers/tls-door.ts';
import { eventually } from './eventually.ts';
import { projectRoot, toolPath } from './tools.ts';

/** Firefox with the built add-on, before the local Google and Microsoft under their real names. */
export interface FirefoxStage {
  readonly google: GooglePeer;
  readonly microsoft: MicrosoftPeer;
  readonly client: GoogleClient;
  readonly microsoftClient: MicrosoftClient;
  readonly router: HostRouter;
  /** Opens a page of the add-on, such as `options.html`. */
  openPage(path: string): Promise<Page>;
  /** Waits for a window of a web site whose address begins like this. */
  newWindow(urlPrefix: string): Promise<Page>;
  close(): Promise<void>;
}

/** Firefox makes the addresses of an add-on's pages from an id of its own; here it is given. */
const PAGES_ID = '0f4a1e2c-8c1f-4b57-9d07-5d3c1f2ab001';
const builtAddOn = join(projectRoot, '.output/firefox-mv3');

/** Starts it all. `npm test` builds the add-on first. */
export async function openFirefoxStage(): Promise<FirefoxStage> {
  const addOnId = idOfAddOn();
  const client = demoClient([`https://${redirectHostOf(addOnId)}/google`]);
  const google = createGooglePeer({ accounts: Object.values(DEMO_ACCOUNTS), clients: [client] });
  const microsoftClient = demoMicrosoftClient([`https://${redirectHostOf(addOnId)}/outlook`]);
  const { clock } = google;
  const microsoft = createMicrosoftPeer({
    tenants: Object.values(DEMO_TENANTS),
    accounts: Object.values(MICROSOFT_ACCOUNTS),
    clients: [microsoftClient],
    clock,
  });
  const router = createHostRouter({ clock });
  router.mount(google);
  router.mount(microsoft);
  const door = await openTlsDoor(router);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: toolPath('firefox'),
    acceptInsecureCerts: true,
    // Without it Firefox 153 refuses to be driven to an add-on's page.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'network.dns.localDomains': router.hosts.join(','),
      'network.socket.forcePort': `443=${door.port}`,
      'extensions.webextensions.uuids': JSON.stringify({ [addOnId]: PAGES_ID }),
    },
  });
  await browser.installExtension(builtAddOn);
  return {
    google,
    microsoft,
    client,
    microsoftClient,
    router,
    openPage: (path) => openOwnPage(() => browser.newPage(), path),
    newWindow: (urlPrefix) =>
      eventually(
        async () => (await browser.pages()).find((page) => page.url().startsWith(urlPrefix)),
        { what: `a window at ${urlPrefix}` },
      ),
    close: async () => {
      await browser.close();
      await door.close();
      google.close();
      await microsoft.settled();
      microsoft.close();
    },
  };
}

/** The driver never hears that such a page has loaded: the page itself is asked. */
async function openOwnPage(newPage: () => Promise<Page>, path: string): Promise<Page> {
  const page = await newPage();
  const url = `moz-extension://${PAGES_ID}/${path}`;
  void page.goto(url, { timeout: 0 }).catch(() => undefined);
  await eventually(
    () =>
      page.evaluate(
        (wanted) => location.href === wanted && document.readyState === 'complete',
        url,
      ),
    { what: `the page ${path}` },
  );
  return page;
}

function idOfAddOn(): string {
  const manifest = JSON.parse(readFileSync(join(builtAddOn, 'manifest.json'), 'utf8')) as {
    browser_specific_settings: { gecko: { id: string } };
  };
  return manifest.browser_specific_settings.gecko.id;
}

/** Where `identity.getRedirectURL` points (PROVIDERS A1, "Firefox redirect"). */
function redirectHostOf(addOnId: string): string {
  return `${createHash('sha1').update(addOnId).digest('hex')}.extensions.allizom.org`;
}
