import type { RequestListener } from 'node:http';
import { createMovableClock, type MovableClock } from '../peers/clock.ts';
import { createGooglePeer, type GooglePeer } from '../peers/google/google-peer.ts';
import { DEMO_ACCOUNTS, demoClient } from '../peers/google/google-defaults.ts';
import type { GoogleClient, GooglePeerOptions } from '../peers/google/google-options.ts';
import { createHostRouter, type HostRouter } from '../peers/host-router.ts';
import { startInbox, type Inbox } from '../peers/inbox.ts';
import {
  DEMO_ACCOUNTS as MICROSOFT_ACCOUNTS,
  DEMO_TENANTS,
  demoMicrosoftClient,
} from '../peers/microsoft/microsoft-defaults.ts';
import type {
  MicrosoftClient,
  MicrosoftPeerOptions,
} from '../peers/microsoft/microsoft-options.ts';
import { createMicrosoftPeer, type MicrosoftPeer } from '../peers/microsoft/microsoft-peer.ts';
import { openTlsDoor, type TlsDoor } from '../peers/tls-door.ts';
import { launchBrowser, type BrowserOptions, type TestBrowser } from './browser.ts';
import { builtExtensionId } from './extension-id.ts';

/** What a stage is set with; everything has a default. */
export interface StageOptions {
  readonly google?: Partial<GooglePeerOptions>;
  readonly client?: Partial<GoogleClient>;
  readonly microsoft?: Partial<MicrosoftPeerOptions>;
  readonly microsoftClient?: Partial<MicrosoftClient>;
  /** Web sites by host name: a CRM, a hostile page. */
  readonly sites?: Readonly<Record<string, RequestListener>>;
  readonly browser?: Omit<BrowserOptions, 'resolverRules' | 'trustedCaPem'>;
  /** Every request has a connection of its own: then the browser repeats none by itself. */
  readonly freshConnections?: boolean;
  /** Fixed ports, for people; free ones otherwise. */
  readonly ports?: { readonly tls?: number; readonly inbox?: number; readonly smtp?: number };
}

/** Everything but the browser: local providers under their real names, the sites, the inbox. */
export interface Backdrop {
  readonly router: HostRouter;
  /** The time of both providers. */
  readonly clock: MovableClock;
  readonly google: GooglePeer;
  readonly microsoft: MicrosoftPeer;
  /** Google's one OAuth client, registered for the built extension's redirect address. */
  readonly client: GoogleClient;
  /** Microsoft's, registered likewise. */
  readonly microsoftClient: MicrosoftClient;
  readonly accounts: typeof DEMO_ACCOUNTS;
  readonly microsoftAccounts: typeof MICROSOFT_ACCOUNTS;
  readonly inbox: Inbox;
  readonly door: TlsDoor;
  close(): Promise<void>;
}

/** A backdrop with a browser before it. */
export interface Stage extends Backdrop {
  /** The running browser; another one after `restartBrowser`. */
  readonly browser: TestBrowser;
  /** Kills the browser and starts it again with the same profile. */
  restartBrowser(): Promise<TestBrowser>;
}

/** Sets up all that a browser can meet. What was opened is closed again when a later piece fails. */
export async function openBackdrop(options: StageOptions = {}): Promise<Backdrop> {
  const closers: (() => Promise<void>)[] = [];
  const close = (): Promise<void> => closeAll(closers);
  try {
    const { ports } = options;
    const inbox = await startInbox({
      ...(ports?.inbox !== undefined && { web: ports.inbox }),
      ...(ports?.smtp !== undefined && { smtp: ports.smtp }),
    });
    closers.push(() => inbox.close());
    const clock = createMovableClock();
    const common = { clock, smtpPort: inbox.smtpPort };
    const redirectPrefix = `https://${builtExtensionId(options.browser?.extensionDir)}.chromiumapp.org`;
    const client = demoClient([`${redirectPrefix}/google`], options.client);
    const google = createGooglePeer({
      ...common,
      accounts: Object.values(DEMO_ACCOUNTS),
      clients: [client],
      ...options.google,
    });
    const microsoftClient = demoMicrosoftClient(
      [`${redirectPrefix}/outlook`],
      options.microsoftClient,
    );
    const microsoft = createMicrosoftPeer({
      ...common,
      tenants: Object.values(DEMO_TENANTS),
      accounts: Object.values(MICROSOFT_ACCOUNTS),
      clients: [microsoftClient],
      ...options.microsoft,
    });
    for (const peer of [google, microsoft]) {
      closers.push(async () => {
        await peer.settled();
        // The inbox waits for connections that are kept open.
        peer.close();
      });
    }
    const router = createHostRouter({ clock });
    router.mount(google);
    router.mount(microsoft);
    for (const [host, site] of Object.entries(options.sites ?? {})) router.mountPages(host, site);
    const door = await openTlsDoor(router, {
      ...(ports?.tls !== undefined && { port: ports.tls }),
      ...(options.freshConnections && { freshConnections: true }),
    });
    closers.push(() => door.close());
    return {
      ...{ router, clock, google, microsoft, client, microsoftClient, inbox, door, close },
      accounts: DEMO_ACCOUNTS,
      microsoftAccounts: MICROSOFT_ACCOUNTS,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The whole stage. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const backdrop = await openBackdrop(options);
  try {
    const { resolverRules, caPem: trustedCaPem } = backdrop.door;
    let browser = await launchBrowser({ ...options.browser, resolverRules, trustedCaPem });
    return {
      ...backdrop,
      get browser() {
        return browser;
      },
      restartBrowser: async () => {
        await browser.kill();
        browser = await browser.relaunch();
        return browser;
      },
      close: () => closeAll([() => backdrop.close(), () => browser.close()]),
    };
  } catch (error) {
    await backdrop.close();
    throw error;
  }
}

/** Closes everything, last opened first, also when a piece refuses; what went wrong is told at the end. */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'the stage did not close cleanly');
}
