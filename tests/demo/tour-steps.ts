import type { Page } from 'puppeteer';
import { stillPicture, type VirtualDisplay } from '../harness/display.ts';
import { eventually } from '../harness/eventually.ts';
import { giveConsent } from '../harness/google-consent.ts';
import { giveMicrosoftConsent } from '../harness/microsoft-consent.ts';
import { chooseFromNativeMenu } from '../harness/native-menu.ts';
import { pressSend, saved } from '../harness/product-acts.ts';
import type { Stage } from '../harness/stage.ts';
import { pictureOf, type Album } from './album.ts';
import { CRM_HOST, openTabs } from './demo-stage.ts';

/** What a tour goes through: the stage, the screen that shows it (null: none), and the album. */
export interface Tour {
  readonly stage: Stage;
  readonly display: VirtualDisplay | null;
  readonly album: Album;
}

const subject = 'Your fence in oak';
const text =
  'Good morning,\n\nthe oak for your fence came in today. Shall we begin on Monday at eight?\n\nAda';

/** The steps that `npm start` tells a person to take, taken one after the other. */
export async function takeTour(tour: Tour): Promise<void> {
  const [crm] = await openTabs(tour.stage.browser, [`https://${CRM_HOST}/`]);
  if (!crm) throw new Error('the CRM did not open');
  tour.album.keep('A small CRM, as a sales desk has it open all day.', 'crm', await pictureOf(crm));
  await seeFirstPopup(tour, crm);
  await link(tour);
  const compose = await writeToSomebody(tour, crm);
  const address = await writeAndSend(tour, compose);
  await seeInbox(tour, address);
  await seeWhatIsKept(tour, crm);
}

async function seeFirstPopup({ stage, display, album }: Tour, crm: Page): Promise<void> {
  const popup = await stage.browser.clickToolbarIcon(crm);
  await popup.waitForSelector('#first-run');
  const picture = display ? await stillPicture(display) : await pictureOf(popup);
  album.keep('Postern’s button in the toolbar says what to do first.', 'first-run', picture);
  await popup.close();
}

async function link({ stage, album }: Tour): Promise<void> {
  const options = await stage.browser.openPage('options.html#accounts');
  await options.locator('::-p-text(Gmail and Google Workspace)').click();
  await options.locator('::-p-aria(Link Gmail)').click();
  const window = await stage.browser.newWindow('https://accounts.google.com/');
  await giveConsent(window, {
    account: stage.accounts.ada,
    look: async (step, page) => {
      if (step === 'sign-in') {
        const sentence = 'Link Gmail: the provider’s own window asks who you are.';
        album.keep(sentence, 'sign-in', await pictureOf(page));
      }
      if (step === 'consent') {
        const sentence = 'It asks for the right to send, and for nothing else.';
        album.keep(sentence, 'consent', await pictureOf(page));
      }
    },
  });
  await options.locator(`::-p-text(${stage.accounts.ada.email})`).wait();
  await options.locator('::-p-text(Link another Gmail account)').wait();
  album.keep('The account is linked.', 'linked', await pictureOf(options));
  await linkBeside({ stage, album }, options);
  await options.close();
}

async function linkBeside(
  { stage, album }: Pick<Tour, 'stage' | 'album'>,
  options: Page,
): Promise<void> {
  const { joan } = stage.microsoftAccounts;
  await options.locator('::-p-text(Link an account at Outlook)').click();
  const window = await stage.browser.newWindow('https://login.microsoftonline.com/');
  await giveMicrosoftConsent(window, {
    account: joan,
    look: async (step, page) => {
      if (step !== 'consent') return;
      const sentence = 'An Outlook account beside it: Microsoft asks likewise, in its own window.';
      album.keep(sentence, 'microsoft-consent', await pictureOf(page));
    },
  });
  await options.locator(`::-p-text(${joan.email})`).wait();
  const sentence = 'Both accounts, each with what it may do and how it is.';
  album.keep(sentence, 'both-linked', await pictureOf(options));
}

/** By the real context menu where there is a screen; by the popup's button where there is none. */
async function writeToSomebody({ stage, display, album }: Tour, crm: Page): Promise<Page> {
  const prefix = `chrome-extension://${stage.browser.extensionId}/compose.html`;
  if (display) {
    await chooseFromNativeMenu(crm, {
      display: display.name,
      selector: 'a[href^="mailto:"]',
      kind: 'link',
      look: () => {
        album.keep('Right-click somebody: “Write to …”.', 'menu', display.picture());
      },
      until: () =>
        Promise.resolve(
          stage.browser.puppeteer.targets().some((target) => target.url().startsWith(prefix)),
        ),
    });
  } else {
    const popup = await stage.browser.openPage('popup.html', { width: 380, height: 520 });
    const picture = await pictureOf(popup);
    album.keep('No screen for a right click here, so: “Write a mail”.', 'popup', picture);
    await popup.locator('::-p-aria(Write a mail)').click();
  }
  const compose = await stage.browser.newWindow(prefix);
  await compose.waitForSelector('#text');
  if (!display) {
    const address = await crm.$eval('a[href^="mailto:"]', (found) => found.textContent);
    await compose.type('#to', address.trim());
    await compose.keyboard.press('Enter');
  }
  return compose;
}

async function writeAndSend({ stage, album }: Tour, compose: Page): Promise<string> {
  await compose.type('#subject', subject);
  await compose.type('#text', text);
  await saved(compose);
  const sentence =
    'A small window with their address in it. What you write is kept as you write it.';
  album.keep(sentence, 'compose', await pictureOf(compose));
  await pressSend(compose);
  // It is held for a while first, in which it can be undone.
  const delivery = await eventually(() => stage.google.deliveries[0], {
    withinMs: 30_000,
    what: 'the delivery',
  });
  await compose.locator('::-p-text(Sent)').wait();
  album.keep('Ctrl+Enter, and it has gone.', 'sent', await pictureOf(compose));
  await compose.close();
  return delivery.envelope.to[0] ?? '';
}

async function seeInbox({ stage, album }: Tour, address: string): Promise<void> {
  await stage.inbox.waitFor(address);
  const inbox = await stage.browser.visit(stage.inbox.webUrl);
  await (await inbox.locator(`::-p-text(${subject})`).waitHandle()).click();
  await inbox.locator('::-p-text(Shall we begin on Monday)').setTimeout(10_000).wait();
  album.keep(`The mail lies in the inbox of ${address}.`, 'inbox', await pictureOf(inbox));
}

async function seeWhatIsKept({ stage, display, album }: Tour, crm: Page): Promise<void> {
  const popup = await stage.browser.clickToolbarIcon(crm);
  await popup.waitForSelector('.popup-foot .account');
  const picture = display ? await stillPicture(display) : await pictureOf(popup);
  album.keep('The button now shows the account and what was sent.', 'popup-after', picture);
  await popup.close();
  const privacy = await stage.browser.openPage('options.html#privacy');
  await privacy.locator('::-p-text(gmail.googleapis.com)').wait();
  const sentence = 'Everything that is stored, and every host that was called, is there to see.';
  album.keep(sentence, 'privacy', await pictureOf(privacy));
}
