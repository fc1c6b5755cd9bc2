/**
 * What a person is told of every outcome, state and code, as `what happened | what was kept | what
 * to do`.
 *
 * Of mails here, of accounts and clients in account-texts.ts (what a person types is judged in
 * draft-problem-texts.ts). The maps are exhaustive by type; the test walks every outcome of
 * utils/messaging and finds its text.
 */
import type { MailState, QueueOutcome, SaveOutcome } from '../../utils/messaging/messaging.ts';
import {
  good,
  heed,
  moving,
  quiet,
  say,
  tell,
  type ByKind,
  type OutcomeText,
  type StateText,
} from './outcome-text.ts';
import { codeText, SIGN_INS, WAITS } from './provider-words.ts';
import { rightText } from './right-texts.ts';
import { senderLackText } from './sender-texts.ts';
import { countText, momentText, sizeText, zonedMomentText } from './times-and-sizes.ts';

const QUEUES: ByKind<QueueOutcome, OutcomeText> = {
  queued: () => say`Queued. | The mail is stored on this device and goes out by itself.`,
  held: () =>
    say`Held for a moment. | Nothing has been sent yet: you can undo it until the time is up.`,
  scheduled: () => say`Scheduled. | The mail goes out at its time.`,
  'time-has-passed': () =>
    say`That time has passed. | Your mail is saved, and nothing was scheduled. | Choose a later time.`,
  'already-queued': () => say`This mail was already on its way. | It goes out once.`,
  problems: () =>
    say`This can’t be sent yet. | Your mail is saved. | Put this right, then send again:`,
  'no-account': () =>
    say`No account is linked yet. | Your mail is saved as a draft. | Link an account, then send.`,
  'sender-needs-right': (lack) =>
    say`${senderLackText(lack)} | Your mail is saved, and nothing was sent. | Give the account that right, or choose another sender, then send again.`,
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
    say`This mail is not stored as a draft any more: another window sent or discarded it, or the browser deleted what Postern had stored. | What stands in this window is not saved. | Keep it as a new draft and attach its files again, or close the window if you need nothing of it.`,
};

/** How saving ended. */
export const saveText = (outcome: SaveOutcome): OutcomeText => tell(SAVES, outcome);

type Waiting = Extract<
  MailState['kind'],
  'halted' | 'waiting-for-sign-in' | 'waiting-for-host' | 'waiting-for-right' | 'refused'
>;

/** The states that only the person can end. */
const WAITING_FOR_PERSON: Pick<ByKind<MailState, StateText>, Waiting> = {
  halted: () =>
    quiet(
      'Paused',
      say`You paused it: nothing of it has arrived. | It is kept on this device. | Let it go on when you like.`,
    ),
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

const GOES_BY_ITSELF: Pick<ByKind<MailState, StateText>, 'queued' | 'locked'> = {
  queued: () => moving('Queued', say`It goes out by itself. | It is kept on this device.`),
  locked: () =>
    moving(
      'Locked',
      say`It waits for unlocking. | It is kept on this device. | Unlock Postern, and it goes out.`,
    ),
};

type Timed = 'held' | 'scheduled' | 'at-provider' | 'taking-back' | 'overdue';

/** The states of a mail that has a time to go. */
const timedStates = (now: number): Pick<ByKind<MailState, StateText>, Timed> => ({
  held: () =>
    moving('Held', say`Nothing has been sent yet. | Until the time is up you can undo it.`),
  scheduled: ({ at, zone }) =>
    moving(
      'Scheduled',
      say`It goes out ${zonedMomentText(at, { zone, now })}. | It is kept on this device, which has to be on and online then.`,
    ),
  'at-provider': ({ at, zone, notBack }) => {
    const when = zonedMomentText(at, { zone, now });
    switch (notBack) {
      case null:
        return moving(
          'Scheduled',
          say`Your provider sends it ${when}, also when this device is off. | It lies in the Drafts folder of your mailbox until then.`,
        );
      case 'too-late':
        return heed(
          'Too late',
          say`It could not be taken back: your provider sends it ${when}, which is too near. | It shows as sent afterwards.`,
        );
      case 'no-access':
        return heed(
          'Not taken back',
          say`It could not be taken back: its account is signed out, or “${rightText('drafts')}” was given back. | Your provider still sends it ${when}. | Put that right under “Accounts” and take it back, or delete it in the Drafts folder of your mailbox.`,
        );
    }
  },
  'taking-back': () =>
    moving(
      'Taking it back',
      say`Your provider is being asked for it. | If it has not left yet, it becomes a draft here again.`,
    ),
  overdue: ({ at, zone }) =>
    heed(
      'Late',
      say`It was to go out ${zonedMomentText(at, { zone, now })}; this device was asleep, off or offline. | It was not sent. | Send it now, choose another time, or take it back.`,
    ),
});

const HELD_BACK: Pick<ByKind<MailState, StateText>, 'paused'> = {
  paused: () =>
    moving(
      'Paused',
      say`It is held back with its merge. | It is kept on this device. | Let the merge go on, and it is sent.`,
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
  ...HELD_BACK,
  ...timedStates(now),
  ...GOES_BY_ITSELF,
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

const SETBACKS: Readonly<Record<string, string>> = {
  unconfirmed: 'The answer was lost, so nobody knows whether it arrived.',
  'needs-host': 'The browser hid the provider’s answers.',
  'missing-right': 'A right that it takes was not given.',
  refused: 'The provider refused the account or the client.',
};

/** Why a mail had to wait or came back, for a count. */
export function mailSetbackText(kind: string): string {
  const known: Readonly<Record<string, string>> = { ...WAITS, ...SIGN_INS, ...SETBACKS };
  const text = Object.hasOwn(known, kind) ? known[kind] : undefined;
  return text ?? codeText({ code: kind, detail: kind });
}
