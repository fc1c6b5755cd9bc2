import type { Page } from 'puppeteer';
import type { GoogleAccount } from '../peers/google/google-options.ts';
import { chooseAccount, pressAndMove, typeCredentials, walkWindow } from './sign-in-window.ts';

/** What a person does in the local Google's window (tests/peers/google/sign-in-pages.ts). */
export interface ConsentChoice {
  readonly account: Pick<GoogleAccount, 'email' | 'password'>;
  /** Which boxes end ticked: all, none, or as the page offers them. */
  readonly boxes?: 'all' | 'none' | 'as-offered';
  /** Presses Cancel on the consent page. */
  readonly deny?: boolean;
  /** Called with each page before it is answered: for pictures and checks. */
  readonly look?: (step: ConsentStep, page: Page) => Promise<void>;
}

/** The pages that a person may meet, by the id of their form. */
const steps = ['sign-in', 'chooser', 'warning', 'consent'] as const;

/** One of them. */
export type ConsentStep = (typeof steps)[number];

/** Clicks through the window until it closes itself. Throws when a page it doesn't know comes up. */
export async function giveConsent(page: Page, choice: ConsentChoice): Promise<void> {
  const answer = (step: ConsentStep): Promise<void> => answerStep(page, step, choice);
  await walkWindow(page, { steps, look: choice.look, answer });
}

async function answerStep(page: Page, step: ConsentStep, choice: ConsentChoice): Promise<void> {
  if (step === 'sign-in') {
    await typeCredentials(page, choice.account);
  } else if (step === 'chooser') {
    await chooseAccount(page, choice.account.email);
  } else if (step === 'warning') {
    await pressAndMove(page, '#proceed');
  } else {
    if (choice.boxes !== 'as-offered') await tick(page, choice.boxes !== 'none');
    await pressAndMove(page, choice.deny === true ? '#deny' : '#allow');
  }
}

async function tick(page: Page, wanted: boolean): Promise<void> {
  for (const box of await page.$$('form#consent input[name=scope]')) {
    if ((await box.evaluate((one) => one.checked)) !== wanted) {
      await box.click();
    }
  }
}
