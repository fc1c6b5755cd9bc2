import type { Page } from 'puppeteer';
import type { GoogleAccount } from '../peers/google/google-options.ts';

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
  while (!page.isClosed()) {
    const step = await stepOn(page);
    if (step === null) return;
    await choice.look?.(step, page);
    await answerStep(page, step, choice);
  }
}

/** The form that is there; null when the window closed meanwhile. */
async function stepOn(page: Page): Promise<ConsentStep | null> {
  try {
    await page.waitForSelector(steps.map((step) => `form#${step}`).join(', '));
    for (const step of steps) if (await page.$(`form#${step}`)) return step;
  } catch (error) {
    if (page.isClosed()) return null;
    const text = await page.evaluate(() => document.body.innerText).catch(() => '');
    throw new Error(`the sign-in window shows something else: ${text.slice(0, 300)}`, {
      cause: error,
    });
  }
  return null;
}

async function answerStep(page: Page, step: ConsentStep, choice: ConsentChoice): Promise<void> {
  if (step === 'sign-in') {
    await page.$eval('input#email', (field) => (field.value = ''));
    await page.type('#email', choice.account.email);
    await page.type('#password', choice.account.password);
    await pressAndMove(page, '#next');
  } else if (step === 'chooser') {
    const row = `button[name=choose][value="${choice.account.email}"]`;
    await pressAndMove(page, (await page.$(row)) ? row : '#use-another');
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

/** Presses a button and waits for the next page, or for the window's end. */
async function pressAndMove(page: Page, selector: string): Promise<void> {
  const closed = new Promise<void>((resolve) => page.once('close', () => resolve()));
  const moved = page.waitForNavigation({ waitUntil: 'domcontentloaded' }).then(
    () => undefined,
    () => undefined, // the window closed in the middle of it, which `closed` tells
  );
  await page.click(selector);
  await Promise.race([closed, moved]);
}
