import { join } from 'node:path';
import { launchBrowser, type TestBrowser } from '../harness/browser.ts';
import { hasDisplay } from '../harness/find-tools.mjs';
import { scratchDir } from '../harness/tools.ts';
import { buildDemo } from './demo-build.ts';
import { CRM_HOST, openDemoStage, openTabs } from './demo-stage.ts';
import { runTour } from './tour.ts';
import { troubleText } from './trouble-text.ts';

/*
 * `npm start`: a browser with Postern in it, a CRM to click in, local providers and the inbox next
 * door. Without a screen the tour runs instead. `npm start -- --live` opens the browser alone, for
 * real accounts. Ctrl-C, or closing the browser, ends everything.
 */

const defaultInboxPort = 8025;

/** A demo that runs: what to end when the person has seen enough. */
interface Running {
  readonly browser: TestBrowser;
  close(): Promise<void>;
}

const live = process.argv.includes('--live');
if (!hasDisplay()) {
  console.log(
    live
      ? 'There is no screen here: --live needs one, to sign in to a real account.'
      : 'There is no screen here, so the tour runs instead of you.',
  );
  process.exit(live ? 1 : await runTour());
}

// Heard from the beginning: an interrupted start is finished, then everything is closed in order.
const interrupted = signalled();
try {
  const running = await (live ? startLive() : startDemo());
  const closed = new Promise<void>((resolve) => {
    running.browser.puppeteer.once('disconnected', () => resolve());
  });
  await Promise.race([interrupted, closed]);
  console.log('\nEnding …');
  await running.close();
  process.exit(0);
} catch (error) {
  console.error(troubleText(error));
  process.exit(1);
}

async function startDemo(): Promise<Running> {
  console.log('Building Postern and starting the local providers …');
  const inbox = Number(process.env['POSTERN_INBOX_PORT'] ?? defaultInboxPort);
  const stage = await openDemoStage({ display: 'native', forPeople: true }, { inbox });
  const { browser, accounts, microsoftAccounts } = stage;
  await openTabs(browser, [stage.inbox.webUrl, `https://${CRM_HOST}/`, optionsUrl(browser)]);
  console.log(`
Postern is open in the browser. Everything is local: no mail leaves this machine.
  1. In the tab “Accounts – Postern”, choose Gmail or Outlook and press “Link …”; later link the other one.
  2. Gmail: sign in as ${accounts.ada.email}, password ${accounts.ada.password}; tick the box; Continue.
     Outlook: as ${microsoftAccounts.joan.email}, password ${microsoftAccounts.joan.password}; Accept.
  3. In the CRM (https://${CRM_HOST}/), right-click an address and choose “Write to …”.
  4. Write, then press Ctrl+Enter.
  5. Look into the inbox: ${stage.inbox.webUrl}
Ctrl-C ends everything.`);
  return stage;
}

async function startLive(): Promise<Running> {
  console.log('Building Postern …');
  const browser = await launchBrowser({
    extensionDir: await buildDemo(null),
    display: 'native',
    forPeople: true,
    live: true,
    userDataDir: join(scratchDir, 'live-profile'),
  });
  await openTabs(browser, [optionsUrl(browser)]);
  console.log(`
Postern is open in the browser, with no local providers: accounts are real, and so is the mail.
  1. In the tab “Client setup”, enter a client id of your own; the steps are on that page.
  2. Press “Test this client”, then link your account under “Accounts”.
  3. On any page, right-click an address and choose “Write to …”.
The profile is kept in .postern/live-profile. Ctrl-C ends the browser.`);
  return { browser, close: () => browser.close() };
}

function optionsUrl(browser: TestBrowser): string {
  return `chrome-extension://${browser.extensionId}/options.html${live ? '#client' : '#accounts'}`;
}

/** Resolves at the first signal to end. More may come: from the terminal, and once more from npm. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
}
