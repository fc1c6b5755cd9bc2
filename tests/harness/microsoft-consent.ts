import type { Page } from 'puppeteer';
import type { MicrosoftAccount } from '../peers/microsoft/microsoft-options.ts';
import { chooseAccount, pressAndMove, typeCredentials, walkWindow } from './sign-in-window.ts';

/** What a person does in the local Microsoft's window (tests/peers/microsoft/sign-in-pages.ts). */
export interface MicrosoftConsentChoice {
  readonly account: Pick<MicrosoftAccount, 'email' | 'password'>;
  /** Presses Cancel on the consent page. */
  readonly deny?: boolean;
  /** What is answered to “Stay signed in?”; yes unless told otherwise. */
  readonly stay?: 'yes' | 'no';
  /** Called with each page before it is answered: for pictures and checks. */
  readonly look?: (step: MicrosoftConsentStep, page: Page) => Promise<void>;
}

/** The pages that a person may meet, by the id of their form. */
const steps = ['sign-in', 'chooser', 'stay', 'second-factor', 'consent', 'approval'] as const;

/** One of them. */
export type MicrosoftConsentStep = (typeof steps)[number];

/** Clicks through the window until it closes itself; at “Need admin approval” it turns back. */
export async function giveMicrosoftConsent(
  page: Page,
  choice: MicrosoftConsentChoice,
): Promise<void> {
  const answer = (step: MicrosoftConsentStep): Promise<void> => answerStep(page, step, choice);
  await walkWindow(page, { steps, look: choice.look, answer });
}

async function answerStep(
  page: Page,
  step: MicrosoftConsentStep,
  choice: MicrosoftConsentChoice,
): Promise<void> {
  switch (step) {
    case 'sign-in':
      await typeCredentials(page, choice.account);
      return;
    case 'chooser':
      await chooseAccount(page, choice.account.email);
      return;
    case 'stay':
      await pressAndMove(page, choice.stay === 'no' ? '#stay-no' : '#stay-yes');
      return;
    case 'second-factor':
      await pressAndMove(page, '#approve');
      return;
    case 'consent':
      await pressAndMove(page, choice.deny === true ? '#deny' : '#allow');
      return;
    case 'approval':
      await pressAndMove(page, '#return');
  }
}
