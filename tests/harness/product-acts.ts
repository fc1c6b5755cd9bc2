import type { Page } from 'puppeteer';
import type { MailState } from '../../utils/messaging/messaging.ts';
import type { GoogleAccount } from '../peers/google/google-options.ts';
import type { MicrosoftAccount } from '../peers/microsoft/microsoft-options.ts';
import { askWorker } from './ask-worker.ts';
import { eventually } from './eventually.ts';
import { giveConsent, type ConsentChoice } from './google-consent.ts';
import { giveMicrosoftConsent, type MicrosoftConsentChoice } from './microsoft-consent.ts';
import type { Stage } from './stage.ts';

/* What a person does with Postern, for browser tests, the tour and the pictures. */

/** The request that opens an upload session, as the peers see it. */
export const OPENING = { host: 'gmail.googleapis.com', method: 'POST' } as const;
/** Requests to an upload session: slices and questions. */
export const SESSION = { host: 'gmail.googleapis.com', method: 'PUT' } as const;
/** Slices alone. */
export const SLICE = { ...SESSION, contentRange: /^bytes \d/ } as const;
/** Questions alone. */
export const QUESTION = { ...SESSION, contentRange: /^bytes \*/ } as const;

/** How to link. */
export interface LinkChoice extends Partial<Omit<ConsentChoice, 'account'>> {
  readonly account?: GoogleAccount;
  /** Gives the client its secret, so that a refresh token is kept. */
  readonly withSecret?: boolean;
  /** The undo window; none by default. */
  readonly undoSeconds?: number;
}

/** Enters the client and links an account in the real consent window; answers what the worker said. */
export async function linkAccount(
  stage: Stage,
  choice: LinkChoice = {},
): ReturnType<typeof askWorker<'accounts.link'>> {
  const page = await stage.browser.openPage('options.html');
  await askWorker(page, 'clients.save', {
    providerId: 'gmail',
    clientId: stage.client.id,
    clientSecret: choice.withSecret === true ? stage.client.secret : null,
    tenant: null,
  });
  await chooseUndo(page, choice.undoSeconds ?? 0);
  const linking = askWorker(page, 'accounts.link', { providerId: 'gmail' });
  const window = await stage.browser.newWindow('https://accounts.google.com/');
  await giveConsent(window, { account: stage.accounts.ada, ...choice });
  const outcome = await linking;
  await page.close();
  return outcome;
}

/** How to link an account at Microsoft. */
export interface OutlookChoice extends Partial<Omit<MicrosoftConsentChoice, 'account'>> {
  readonly account?: MicrosoftAccount;
}

/** Enters Microsoft's client and links an account in its real window; Joan's unless told otherwise. */
export async function linkOutlook(
  stage: Stage,
  choice: OutlookChoice = {},
): ReturnType<typeof askWorker<'accounts.link'>> {
  const page = await stage.browser.openPage('options.html');
  await askWorker(page, 'clients.save', {
    providerId: 'outlook',
    clientId: stage.microsoftClient.id,
    clientSecret: null,
    tenant: null,
  });
  await chooseUndo(page, 0);
  const linking = askWorker(page, 'accounts.link', { providerId: 'outlook' });
  const window = await stage.browser.newWindow('https://login.microsoftonline.com/');
  await giveMicrosoftConsent(window, { account: stage.microsoftAccounts.joan, ...choice });
  const outcome = await linking;
  await page.close();
  return outcome;
}

/** Ten seconds are a long time for a test: those that are about the undo window choose one. */
export async function chooseUndo(page: Page, undoSeconds: number): Promise<void> {
  const choices = await askWorker(page, 'sending.choices', {});
  await askWorker(page, 'sending.choose', { ...choices, undoSeconds });
}

/** Opens a compose window as the popup does. */
export async function openCompose(stage: Stage): Promise<Page> {
  const page = await stage.browser.openPage('popup.html');
  await askWorker(page, 'compose.new', { accountId: null });
  const compose = await stage.browser.newWindow(origin(stage, 'compose.html'));
  await compose.waitForSelector('#to');
  await page.close();
  return compose;
}

/** A mail to write. */
export interface Writing {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Types a mail into a compose window and waits until it is saved. */
export async function write(compose: Page, mail: Writing): Promise<void> {
  await compose.type('#to', mail.to);
  await compose.keyboard.press('Enter');
  await compose.type('#subject', mail.subject);
  await compose.type('#text', mail.text);
  await saved(compose);
}

/** Resolves when the window says that everything is saved. */
export async function saved(compose: Page): Promise<void> {
  await compose.waitForFunction(
    () => document.querySelector('.save-word')?.textContent.includes('Saved') === true,
    // A window behind others draws no frames to look in between of.
    { polling: 50 },
  );
}

/** Picks a file from the disk and waits until all of it is handed over and the mail names it. */
export async function attach(compose: Page, path: string): Promise<void> {
  const input = await compose.waitForSelector('input[type=file]');
  if (!input) throw new Error('nothing to pick a file with');
  await input.uploadFile(path);
  await compose.waitForFunction(
    () =>
      document.querySelector('.file bdi') !== null &&
      document.querySelector('.files progress') === null,
    { polling: 50, timeout: 60_000 },
  );
  await saved(compose);
}

/** Sends by the keys. */
export async function pressSend(compose: Page): Promise<void> {
  await compose.keyboard.down('Control');
  await compose.keyboard.press('Enter');
  await compose.keyboard.up('Control');
}

/** A mail that is saved, made by messages alone: for tests that are not about the window. */
export async function makeDraft(
  page: Page,
  mail: Writing,
  accountId: string | null = null,
): Promise<string> {
  await askWorker(page, 'compose.new', { accountId });
  const { mails } = await askWorker(page, 'outbox.list', {});
  const blank = mails.find(({ state, subject }) => state.kind === 'draft' && subject === '');
  const id = blank?.id ?? '';
  const draft = await askWorker(page, 'drafts.open', { id });
  if (!draft) throw new Error('the draft that was just made is gone');
  const saving = await askWorker(page, 'drafts.save', {
    id,
    accountId: draft.accountId,
    revision: draft.revision,
    content: {
      ...draft.content,
      to: [{ name: '', address: mail.to }],
      subject: mail.subject,
      text: mail.text,
    },
  });
  if (saving.kind !== 'saved') throw new Error(`the draft was not saved: ${saving.kind}`);
  return id;
}

/** Where a mail stands, as pages are told. */
export async function stateOf(page: Page, mailId: string): Promise<MailState | null> {
  const { mails } = await askWorker(page, 'outbox.list', {});
  return mails.find(({ id }) => id === mailId)?.state ?? null;
}

/** Waits until a mail stands there. */
export async function reaches(
  page: Page,
  mailId: string,
  goal: { readonly kind: MailState['kind']; readonly withinMs?: number },
): Promise<MailState> {
  return eventually(
    async () => {
      const state = await stateOf(page, mailId);
      return state?.kind === goal.kind ? state : null;
    },
    { withinMs: goal.withinMs ?? 20_000, what: `the mail to be ${goal.kind}` },
  );
}

/** The address of a page of the extension. */
export function origin(stage: Stage, path: string): string {
  return `chrome-extension://${stage.browser.extensionId}/${path}`;
}
