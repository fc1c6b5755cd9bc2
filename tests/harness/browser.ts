import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page, type Target, TargetType } from 'puppeteer';
import { watchConsole, type ConsoleLine } from './browser-console.ts';
import { startBrowserProcess, type BrowserProcess } from './browser-process.ts';
import { eventually } from './eventually.ts';
import { browserPath, builtExtension } from './tools.ts';
import { workerLife, type WorkerLife } from './worker-life.ts';

/** How to start a browser. */
export interface BrowserOptions {
  /** An unpacked extension; the production build by default. */
  readonly extensionDir?: string;
  /** `TlsDoor.resolverRules`: which host names lead to local peers. All others lead nowhere. */
  readonly resolverRules?: string;
  /**
   * The authority (PEM) whose certificates count as good. Without it every certificate does, but
   * the address bar warns of each.
   */
  readonly trustedCaPem?: string;
  /** Shows its windows on this X display (`:7`) or, with `native`, on the person's own screen. */
  readonly display?: string;
  /** Keeps this profile; otherwise a new one is made and wiped at the end. */
  readonly userDataDir?: string;
  /** Lets everything else reach the network: `npm start -- --live` and nothing else. */
  readonly live?: boolean;
  /** Hides that a program drives the browser, as far as bars and banners go. */
  readonly forPeople?: boolean;
}

/** A browser with the extension in it. */
export interface TestBrowser {
  readonly puppeteer: Browser;
  readonly extensionId: string;
  readonly userDataDir: string;
  /** The worker's life and death, seen without a debugger attached to it. */
  readonly worker: WorkerLife;
  /** Everything that pages and workers printed, uncaught errors too. */
  readonly consoleLines: readonly ConsoleLine[];
  /** Opens a page of the extension (`popup.html`, `options.html#privacy`) in a tab. */
  openPage(
    path: string,
    viewport?: { readonly width: number; readonly height: number },
  ): Promise<Page>;
  /** Opens any address in a tab. */
  visit(url: string): Promise<Page>;
  /** The real popup, as a click on the toolbar icon opens it over `tab`. */
  clickToolbarIcon(tab: Page): Promise<Page>;
  /** Waits for a window or tab whose address begins like this and that was not answered before. */
  newWindow(urlPrefix: string, withinMs?: number): Promise<Page>;
  /** Kills the process of the extension: its worker and all its pages, in the middle of whatever. */
  crashExtension(): Promise<void>;
  /** SIGKILL to the whole browser, as by the system; `relaunch` finds its profile. */
  kill(): Promise<void>;
  /** The same browser again with the same profile, after `kill` or `close`. */
  relaunch(): Promise<TestBrowser>;
  /** Ends it; a profile made here is wiped unless it is kept for a relaunch. */
  close(options?: { readonly keepProfile?: boolean }): Promise<void>;
}

/** Starts a browser and loads the extension into it. */
export async function launchBrowser(options: BrowserOptions = {}): Promise<TestBrowser> {
  if (options.userDataDir !== undefined) {
    return start(options, { dir: options.userDataDir, wipe: () => undefined });
  }
  const dir = mkdtempSync(join(tmpdir(), 'postern-profile-'));
  const wipe = (): void =>
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    return await start(options, { dir, wipe });
  } catch (error) {
    wipe();
    throw error;
  }
}

interface Profile {
  readonly dir: string;
  /** Removes it, if it is ours to remove. */
  readonly wipe: () => void;
}

async function start(options: BrowserOptions, profile: Profile): Promise<TestBrowser> {
  const extensionDir = options.extensionDir ?? builtExtension();
  const running = startBrowserProcess(
    browserPath(),
    await browserArguments(options, profile.dir),
    environment(options),
  );
  let failing = 'did not start';
  try {
    const consoleLines = watchConsole(running.stderr);
    const browser = await puppeteer.connect({
      transport: running.transport,
      defaultViewport: null,
      acceptInsecureCerts: options.live !== true && options.trustedCaPem === undefined,
    });
    const first = await (await browser.waitForTarget(isTab)).page();
    if (options.display !== 'native') await sizeWindow(first);
    failing = `could not load ${extensionDir}`;
    const extensionId = await browser.installExtension(extensionDir);
    await workerInstalled(browser, extensionId);
    return withExtension({ browser, running, extensionId, profile, consoleLines, options });
  } catch (error) {
    running.child.kill('SIGKILL');
    await running.ended;
    throw new Error(`the browser ${failing}:\n${running.lastWords()}`, { cause: error });
  }
}

/** Gives the first window a size that people have, and the place that pictures expect. */
async function sizeWindow(page: Page | null): Promise<void> {
  const session = await page?.createCDPSession();
  if (!session) return;
  const { windowId } = await session.send('Browser.getWindowForTarget');
  const bounds = { left: 0, top: 0, width: 1280, height: 860 };
  await session.send('Browser.setWindowBounds', { windowId, bounds });
  await session.detach();
}

/**
 * Waits until the worker is installed. A message sent before that can make it immortal (3 of 28
 * under load, with no debugger near) or find nobody to receive it.
 */
async function workerInstalled(browser: Browser, extensionId: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${extensionId}/manifest.json`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.close();
}

interface Started {
  readonly browser: Browser;
  readonly running: BrowserProcess;
  readonly extensionId: string;
  readonly profile: Profile;
  readonly consoleLines: readonly ConsoleLine[];
  readonly options: BrowserOptions;
}

function withExtension(started: Started): TestBrowser {
  const { browser, running, extensionId, profile, options } = started;
  const origin = `chrome-extension://${extensionId}`;
  const ownPages = new WeakSet<Page>();
  const answered = new WeakSet<Target>();

  const visit = async (url: string): Promise<Page> => {
    const page = await browser.newPage();
    ownPages.add(page);
    await page.goto(url);
    return page;
  };

  /** Null for a tab that `visit` made. */
  const windowOf = async (target: Target): Promise<Page | null> => {
    answered.add(target);
    // The toolbar's popup is a page to the browser, but only asPage() makes one of it.
    const page = (await target.page()) ?? (await target.asPage());
    if (ownPages.has(page)) return null;
    // The target is told of its address before the page is.
    await eventually(() => page.url() !== '', { what: 'the address of a new window' });
    return page;
  };

  const newWindow = (urlPrefix: string, withinMs = 10_000): Promise<Page> =>
    eventually(
      async () => {
        for (const target of browser.targets()) {
          if (answered.has(target) || !isTab(target) || !target.url().startsWith(urlPrefix))
            continue;
          const page = await windowOf(target);
          if (page) return page;
        }
        return null;
      },
      { withinMs, what: `a window at ${urlPrefix}` },
    );

  return {
    puppeteer: browser,
    extensionId,
    userDataDir: profile.dir,
    consoleLines: started.consoleLines,
    worker: workerLife(browser, origin),
    visit,
    newWindow,
    openPage: async (path, viewport) => {
      const page = await visit(`${origin}/${path}`);
      if (viewport) await page.setViewport(viewport);
      return page;
    },
    clickToolbarIcon: async (tab) => {
      const extension = (await browser.extensions()).get(extensionId);
      if (!extension) throw new Error('the extension is not loaded');
      await tab.bringToFront();
      await tab.triggerExtensionAction(extension);
      return newWindow(`${origin}/popup.html`);
    },
    crashExtension: async () => {
      const page = await visit(`${origin}/manifest.json`);
      const crashed = new Promise((resolve) => page.once('error', resolve));
      const session = await page.createCDPSession();
      // The command's own answer dies with the process.
      session.send('Page.crash').catch(() => undefined);
      await crashed;
      await page.close();
    },
    kill: async () => {
      running.child.kill('SIGKILL');
      await running.ended;
    },
    relaunch: () => start(options, profile),
    close: async (closing) => {
      await endGently(browser, running);
      if (closing?.keepProfile !== true) profile.wipe();
    },
  };
}

/** Asks the browser to end, and ends it when it doesn't. */
async function endGently(browser: Browser, running: BrowserProcess): Promise<void> {
  const deadline = setTimeout(() => running.child.kill('SIGKILL'), 10_000);
  if (browser.connected) await browser.close();
  await running.ended;
  clearTimeout(deadline);
}

function isTab(target: Target): boolean {
  return target.type() === TargetType.PAGE;
}

async function browserArguments(
  options: BrowserOptions,
  userDataDir: string,
): Promise<readonly string[]> {
  const rules = [
    ...(options.resolverRules ? [options.resolverRules] : []),
    'MAP * ~NOTFOUND',
    'EXCLUDE 127.0.0.1',
    'EXCLUDE localhost',
  ];
  const args = [
    // Chromium refuses to run its sandbox as root, which is what containers are.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    '--no-first-run',
    '--disable-component-update',
    '--disable-quic',
    '--enable-logging=stderr',
    '--enable-unsafe-extension-debugging',
    // Moves the browser's own sign-in check away from accounts.google.com, which a peer plays.
    '--gaia-url=https://gaia.invalid',
    // The size of the headless screen. --window-size would also be put on every window that we open.
    '--screen-info={1280x900}',
    ...(options.live === true
      ? []
      : [`--host-resolver-rules=${rules.join(', ')}`, certificateArgument(options.trustedCaPem)]),
  ];
  const headless = options.display === undefined;
  const all = await puppeteer.defaultArgs({ headless, userDataDir, args, enableExtensions: true });
  return options.forPeople === true ? all.filter((one) => one !== '--enable-automation') : all;
}

/** Certificates are told apart by the SHA-256 of a public key in their chain (RFC 7469, section 2.4). */
function certificateArgument(caPem: string | undefined): string {
  if (caPem === undefined) return '--ignore-certificate-errors';
  const key = new X509Certificate(caPem).publicKey.export({ type: 'spki', format: 'der' });
  const hash = createHash('sha256').update(key).digest('base64');
  return `--ignore-certificate-errors-spki-list=${hash}`;
}

function environment({ display }: BrowserOptions): NodeJS.ProcessEnv {
  const { env } = process;
  return display === undefined || display === 'native' ? env : { ...env, DISPLAY: display };
}
