import type { Page } from 'puppeteer';

/* A provider's own window: what every driver of one does, whatever stands on its pages. */

/** How a person goes through a window. A step is called as the form on its page. */
export interface WindowWalk<Step extends string> {
  /** Ids of the forms that may come up. */
  readonly steps: readonly Step[];
  /** Called with each page before it is answered: for pictures and checks. */
  readonly look?: ((step: Step, page: Page) => Promise<void>) | undefined;
  readonly answer: (step: Step, page: Page) => Promise<void>;
}

/** Clicks through the window until it closes itself. Throws when a page it doesn't know comes up. */
export async function walkWindow<Step extends string>(
  page: Page,
  { steps, look, answer }: WindowWalk<Step>,
): Promise<void> {
  while (!page.isClosed()) {
    const step = await stepOn(page, steps);
    if (step === null) return;
    await look?.(step, page);
    await answer(step, page);
  }
}

/** The form that is there; null when the window closed meanwhile. */
async function stepOn<Step extends string>(
  page: Page,
  steps: readonly Step[],
): Promise<Step | null> {
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

/** Types who one is, over whatever stands there, and goes on. */
export async function typeCredentials(
  page: Page,
  account: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.$eval('input#email', (field) => (field.value = ''));
  await page.type('#email', account.email);
  await page.type('#password', account.password);
  await pressAndMove(page, '#next');
}

/** Presses a button and waits for the next page, or for the window's end. */
export async function pressAndMove(page: Page, selector: string): Promise<void> {
  const closed = new Promise<void>((resolve) => page.once('close', () => resolve()));
  const moved = page.waitForNavigation({ waitUntil: 'domcontentloaded' }).then(
    () => undefined,
    () => undefined, // the window closed in the middle of it, which `closed` tells
  );
  await page.click(selector);
  await Promise.race([closed, moved]);
}

/** Chooses an account that the window knows, or says that it is another one. */
export async function chooseAccount(page: Page, email: string): Promise<void> {
  const row = `button[name=choose][value="${email}"]`;
  await pressAndMove(page, (await page.$(row)) ? row : '#use-another');
}
