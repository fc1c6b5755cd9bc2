/** What each step of the scope ladder means, for somebody who decides whether to take it. */
import type { AccountView, RungName } from '../../utils/messaging/messaging.ts';

/** One step, told. */
export interface StepText {
  /** What the person can do then. */
  readonly unlocks: string;
  /** What Postern, or whoever took its place, could do by the provider's rules. */
  readonly could: string;
  /** What Postern does with it. */
  readonly does: string;
}

const STEPS: Readonly<Record<RungName, StepText>> = {
  send: {
    unlocks: 'Write and send, from your address and from aliases that you type.',
    could: 'With it Postern could send mail as you. It could not read, list or delete any.',
    does: 'It sends what you send, and nothing else.',
  },
  drafts: {
    unlocks:
      'Mails with large files; proof of what became of a mail when the connection broke; sending later although this computer is off.',
    could:
      'With it Postern could read, change and delete the mails in this mailbox: the provider has no smaller right for drafts.',
    does: 'It makes a draft for the mail that you send, adds the files, sends it, and looks at that draft alone. It reads no other mail.',
  },
  read: {
    unlocks: 'What you and a contact wrote to each other, beside the page you are on.',
    could: 'With it Postern could read every mail in this mailbox.',
    does: 'It looks up mails with the contact in front of you, and keeps none of them.',
  },
  files: {
    unlocks: 'Files from your cloud drive as links in a mail.',
    could: 'With it Postern could open and share the files of this drive that the right covers.',
    does: 'It makes a link for the file that you pick, and touches no other.',
  },
  'shared-mailbox': {
    unlocks: 'Sending from shared mailboxes and in a colleague’s name, where Exchange lets you.',
    could:
      'With it Postern could send from every mailbox that lets you send as it or on its behalf. It could read none of them.',
    does: 'It sends what you send, from the mailbox that you chose as sender, and from no other.',
  },
};

/** Where a provider's right reaches less far than its rung may elsewhere. */
const NARROWER: Readonly<Partial<Record<AccountView['providerId'], Partial<typeof STEPS>>>> = {
  gmail: {
    drafts: {
      unlocks: 'Drafts that lie in your mailbox as well.',
      could: 'With it Postern could read, change and delete your drafts, but no other mail.',
      does: 'It writes the drafts that you ask for, and reads none.',
    },
  },
};

/** The texts of a step at a provider. */
export function stepText(rung: RungName, providerId: AccountView['providerId']): StepText {
  return NARROWER[providerId]?.[rung] ?? STEPS[rung];
}
