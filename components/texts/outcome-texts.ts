/**
 * What a person is told of every outcome, state and code, as `what happened | what was kept | what
 * to do`.
 *
 * The only file with such texts (what a person types is judged in draft-problem-texts.ts). The maps
 * are exhaustive by type; the test walks every outcome of utils/messaging/views.ts and finds its
 * text here.
 */
import type {
  AccountView,
  ClientTestOutcome,
  LinkOutcome,
  MailState,
  QueueOutcome,
  RevokeResult,
  SaveOutcome,
} from '../../utils/messaging/messaging.ts';
import { say, tell, type ByKind, type OutcomeText, type StateText } from './outcome-text.ts';
import { rightText } from './right-texts.ts';
import { countText, momentText, sizeText } from './times-and-sizes.ts';

type WaitReason = Extract<MailState, { kind: 'retry' }>['reason'];
type SignInReason = Extract<MailState, { kind: 'waiting-for-sign-in' }>['why'];

const WAITS: Readonly<Record<WaitReason, string>> = {
  offline: 'This computer is offline.',
  timeout: 'The provider took too long to answer.',
  network: 'The connection broke.',
  'provider-error': 'The provider has a fault on its side.',
  'rate-limit': 'The provider asked for a pause.',
  'daily-limit': 'The provider’s limit for one day is reached.',
  'strange-answer': 'The provider answered in a way that Postern doesn’t know.',
};

const SIGN_INS: Readonly<Record<SignInReason, string>> = {
  invalid_grant: 'The sign-in has ended: it expired or was withdrawn.',
  interaction_required: 'The provider wants to see you sign in again.',
  login_required: 'You are signed out at the provider.',
  consent_required: 'The provider wants your consent again.',
  access_denied: 'The provider says that access was denied.',
  no_grant: 'This account is disconnected.',
  token_rejected: 'The provider refuses the sign-in that it gave.',
};

/** Codes of providers and of our own checks that have a better text than the provider's words. */
const CODES: Readonly<Record<string, string>> = {
  invalid_client: 'The provider doesn’t know this client ID, or the client secret is wrong.',
  unauthorized_client: 'This client may not be used that way. Is its type “Web application”?',
  redirect_uri_mismatch: 'The redirect URI is not registered for this client.',
  invalid_scope: 'The provider doesn’t know a right that was asked for.',
  org_internal: 'This client is for one organisation only, and this account is not in it.',
  admin_policy_enforced: 'An administrator of this organisation has blocked the client.',
  access_denied: 'The provider says that access was denied.',
  accessNotConfigured: 'The Gmail API is not switched on in the Google Cloud project.',
  SERVICE_DISABLED: 'The Gmail API is not switched on in the Google Cloud project.',
  failedPrecondition: 'The provider can’t send from this mailbox. Is mail switched on for it?',
  domainPolicy: 'An administrator doesn’t allow this kind of access.',
  invalidArgument: 'The provider can’t take the mail as it is, often because of an address.',
  'attachment-lost':
    'A file of it can’t be read on this device any more. Remove it and attach it again.',
  uploadTooLarge: 'The mail is too large for the provider.',
  email_missing: 'The provider didn’t say which address was linked.',
  email_not_verified: 'The provider has not verified this address.',
};

/** The sentence for a provider's code, with its own words where we have none. Never empty. */
export function codeText(refusal: { readonly code: string; readonly detail: string }): string {
  const known = Object.hasOwn(CODES, refusal.code) ? CODES[refusal.code] : undefined;
  if (known !== undefined) return known;
  return refusal.detail === ''
    ? 'The provider gave no reason.'
    : `The provider says: “${refusal.detail}”`;
}

const hostText = (host: string): OutcomeText =>
  say`The browser hides the answers of ${host}. | Nothing was lost. | Allow that host: one click, and you can take it back under Privacy.`;

const LINKS: ByKind<LinkOutcome, OutcomeText> = {
  linked: ({ account, canSend, relinked }) => {
    if (!canSend)
      return say`${account.address} is linked, but the right to send was left unticked. | Mails from it wait. | To turn sending on, reconnect and tick the box for sending.`;
    return relinked
      ? say`${account.address} is connected again. | What waited for it goes out now.`
      : say`${account.address} is linked. | You can write from it now.`;
  },
  cancelled: () => say`The sign-in window was closed. | Nothing was changed. | Try again any time.`,
  'no-client': () =>
    say`There is no OAuth client for this provider yet. | Nothing was changed. | Set one up under “Client setup”: five steps, once.`,
  'other-address': ({ address }) =>
    say`You signed in as ${address}, which is another account. | Nothing was changed. | Reconnect and choose the right address, or link that one as well.`,
  refused: (refusal) =>
    say`The link was refused. ${codeText(refusal)} | Nothing was stored. | Check the client setup, then try again. Code: ${refusal.code}`,
  unavailable: ({ reason }) =>
    say`Linking didn’t work. ${WAITS[reason]} | Nothing was changed. | Try again in a while.`,
  'needs-host': ({ host }) => hostText(host),
};

/** How linking or reconnecting ended. */
export const linkText = (outcome: LinkOutcome): OutcomeText => tell(LINKS, outcome);

const REVOKES: ByKind<RevokeResult, OutcomeText> = {
  revoked: () =>
    say`Access was withdrawn at the provider, and checked: it is gone. | Other browsers that used this consent are disconnected too.`,
  asked: () =>
    say`The provider was asked to withdraw access; whether it did could not be seen. | Where it did, other browsers that used this consent are disconnected too. | To be sure, look at the provider’s own list of connected apps.`,
  'nothing-to-revoke': () =>
    say`Nothing could be withdrawn from here: no sign-in is kept on this device. | If you withdrew it before, it is done. | If not, look at the provider’s own list of connected apps.`,
  'local-only': () =>
    say`The sign-in was wiped from this device. | There was no token at hand to withdraw the consent with. | Withdraw it on the provider’s own page.`,
  failed: ({ reason }) =>
    say`The provider could not be asked. ${WAITS[reason]} | Its consent still stands. | Try again, or withdraw it on the provider’s own list of connected apps.`,
};

/** How revoking ended. */
export const revokeText = (result: RevokeResult): OutcomeText => tell(REVOKES, result);

const TESTS: ByKind<ClientTestOutcome, OutcomeText> = {
  works: () =>
    say`It works: the provider knows this client and its redirect URI. | What you entered is saved. | You can link an account now.`,
  refused: (refusal) =>
    say`The provider refuses this client. ${codeText(refusal)} | What you entered is saved. | Compare it with the provider’s console. Code: ${refusal.code}`,
  'not-recognised': () =>
    say`The provider showed an error page: it doesn’t know the client ID or the redirect URI. | What you entered is saved. | Compare both with the provider’s console. A new client can take a few minutes.`,
  unavailable: ({ reason }) =>
    say`The test didn’t get through. ${WAITS[reason]} | What you entered is saved. | Try again in a while.`,
  'needs-host': ({ host }) => hostText(host),
};

/** How the trial of a client ended. */
export const clientTestText = (outcome: ClientTestOutcome): OutcomeText => tell(TESTS, outcome);

const QUEUES: ByKind<QueueOutcome, OutcomeText> = {
  queued: () => say`Queued. | The mail is stored on this device and goes out by itself.`,
  'already-queued': () => say`This mail was already on its way. | It goes out once.`,
  problems: () =>
    say`This can’t be sent yet. | Your mail is saved. | Put this right, then send again:`,
  'no-account': () =>
    say`No account is linked yet. | Your mail is saved as a draft. | Link an account, then send.`,
  'too-large': ({ sizeBytes, limitBytes, helpfulRung }) =>
    helpfulRung === null
      ? say`The mail is ${sizeText(sizeBytes)}; the provider takes ${sizeText(limitBytes)}. | Your mail is saved. | Make it smaller, or send a link to a file instead.`
      : say`The mail is ${sizeText(sizeBytes)}; with the rights of this account the provider takes ${sizeText(limitBytes)}. | Your mail is saved. | Give the account the right “${rightText(helpfulRung)}”, make the mail smaller, or send a link to a file instead.`,
  'too-many-recipients': ({ count, limit }) =>
    say`The mail has ${countText(count, 'recipient')}; the provider takes ${String(limit)}. | Your mail is saved. | Remove some, then send again.`,
  gone: () =>
    say`This mail is not stored here any more: it was sent or discarded. | What was sent lies in your mailbox’s Sent folder. | If its text is still in this window, copy what you need.`,
};

/** How a press on Send ended. */
export const queueText = (outcome: QueueOutcome): OutcomeText => tell(QUEUES, outcome);

const SAVES: ByKind<SaveOutcome, OutcomeText> = {
  saved: () => say`Saved on this device.`,
  conflict: () =>
    say`Another window saved this mail in between. | Both versions are kept: yours in this window, not saved; the other one on this device. | Choose how to go on.`,
  'not-a-draft': () =>
    say`This mail is no draft any more: another window sent or discarded it. | What you wrote since is in this window, not saved. | Copy what you need into a new mail.`,
};

/** How saving ended. */
export const saveText = (outcome: SaveOutcome): OutcomeText => tell(SAVES, outcome);

const good = (word: string, text: OutcomeText): StateText => ({ tone: 'good', word, ...text });
const moving = (word: string, text: OutcomeText): StateText => ({ tone: 'moving', word, ...text });
const heed = (word: string, text: OutcomeText): StateText => ({ tone: 'heed', word, ...text });
const quiet = (word: string, text: OutcomeText): StateText => ({ tone: 'quiet', word, ...text });

const HEALTH: ByKind<AccountView['health'], StateText> = {
  works: () => good('Works', say`Works: ready to send.`),
  'needs-sign-in': ({ why }) =>
    heed(
      'Sign in again',
      say`${SIGN_INS[why]} | Mails from this account wait; none is lost. | Reconnect, and they go out.`,
    ),
  refused: (refusal) =>
    heed(
      'Refused',
      say`The provider refuses. ${codeText(refusal)} | Mails from this account wait; none is lost. | Check the client setup, then reconnect. Code: ${refusal.code}`,
    ),
};

/** How an account is doing. */
export const healthText = (health: AccountView['health']): StateText => tell(HEALTH, health);

/** An account whose record can't be opened. */
export const unreadableAccountText = (code: string): StateText =>
  heed(
    'Can’t be opened',
    say`This account’s record can’t be opened on this device. | It was left as it is. | Link the account again, then remove this one. Code: ${code}`,
  );

/** The state of an account that may not send because the box was left unticked. */
export const MAY_NOT_SEND: StateText = heed(
  'May not send',
  say`The right to send was not given. | Mails from this account wait; none is lost. | Reconnect and tick the box for sending.`,
);

type Waiting = 'waiting-for-sign-in' | 'waiting-for-host' | 'waiting-for-right' | 'refused';

/** The states that only the person can end. */
const WAITING_FOR_PERSON: Pick<ByKind<MailState, StateText>, Waiting> = {
  'waiting-for-sign-in': ({ why }) =>
    heed(
      'Needs sign-in',
      say`${SIGN_INS[why]} | The mail is kept. | Sign in again, and it goes out.`,
    ),
  'waiting-for-host': ({ host }) =>
    heed(
      'Needs a host',
      say`The browser hides the answers of ${host}. | The mail is kept. | Allow that host, and Postern goes on with it.`,
    ),
  'waiting-for-right': ({ rung }) =>
    heed(
      'Needs the right',
      rung === 'send'
        ? say`The right to send was left unticked. | The mail is kept. | Reconnect and tick it, and it goes out.`
        : say`This mail needs the right “${rightText(rung)}”, which the account doesn’t have. | The mail is kept. | Give the account that right, and it goes out.`,
    ),
  refused: (refusal) =>
    heed(
      'Refused',
      say`The provider refuses. ${codeText(refusal)} | The mail is kept. | Put it right, then try again. Code: ${refusal.code}`,
    ),
};

const mailStates = (now: number): ByKind<MailState, StateText> => ({
  draft: ({ reason }) =>
    reason === null
      ? quiet('Draft', say`Not sent yet.`)
      : heed(
          'Came back',
          say`It was not sent. ${codeText(reason)} | It is a draft again. | Change it, then send it again. Code: ${reason.code}`,
        ),
  queued: () => moving('Queued', say`It goes out by itself. | It is kept on this device.`),
  sending: ({ settling, attempt }) =>
    settling
      ? moving(
          'Checking',
          say`Asking the provider what became of the last attempt. | It is kept on this device.`,
        )
      : moving(
          'Sending',
          attempt > 1
            ? say`Attempt ${String(attempt)} is under way. | It is kept on this device.`
            : say`It is under way. | It is kept on this device.`,
        ),
  retry: ({ reason, notBefore }) =>
    moving(
      'Waiting',
      say`${WAITS[reason]} Next try ${momentText(notBefore, now)}. | It is kept on this device.`,
    ),
  ...WAITING_FOR_PERSON,
  unconfirmed: ({ attemptedAt }) =>
    heed(
      'Unconfirmed',
      say`It left ${momentText(attemptedAt, now)}, but the answer was lost: it may have arrived. | It is never sent again by itself. | Look into your mailbox’s Sent folder, then say what you see.`,
    ),
  sent: ({ sentAt }) =>
    good(
      'Sent',
      say`It was sent ${momentText(sentAt, now)}. | Its text is wiped here; the mail lies in your mailbox’s Sent folder.`,
    ),
});

/** Said beside the state of a mail that waits and whose last bytes had left before. */
export const MAY_HAVE_ARRIVED =
  'Its last bytes had left before, so it may have arrived. It is never sent again by itself: Postern asks first, or you look into your mailbox’s Sent folder and say what you see.';

/** Where a mail stands, as seen at `now`. */
export const mailStateText = (state: MailState, now: number): StateText =>
  tell(mailStates(now), state);

/** A mail whose sealed content can't be opened. */
export const unreadableText = (code: string): StateText =>
  heed(
    'Can’t be opened',
    say`Its sealed content can’t be opened on this device. | It was left as it is. | If this profile was copied, open Postern where it came from. Code: ${code}`,
  );
