/** What a page says when an act broke, in three parts. */
interface FailureText {
  readonly happened: string;
  readonly kept: string;
  readonly next: string;
}

/** Reads `what happened | what was kept | what to do`. */
function say(text: string): FailureText {
  const [happened = '', kept = '', next = ''] = text.split(' | ');
  return { happened, kept, next };
}

/** A check of ours stopped something that should never have come that far. */
const MISTAKE = say(
  'A check inside Postern stopped this. | Nothing was stored and nothing was sent; what was there before is untouched. | Try again; if it stays, please report the code.',
);
const MAIL_PART = say(
  'A part of the mail can’t be written into a message. | Your mail is saved, and nothing was sent. | Look at its addresses, its subject and its files, then send again.',
);
const NO_ANSWER = say(
  'The provider could not be reached. | Nothing was lost: what waits is kept. | Look at your connection, then try again.',
);
const DISK_FULL = say(
  'The browser would not store this: the disk may be full. | What was stored before is still there; what you see in this window is not saved. | Free some space and try again.',
);

/** A text for every code that dispatch gives or that an error class of a room has. The test reads them from the sources. */
const TEXTS: Readonly<Record<string, FailureText>> = {
  'not-allowed': say(
    'Only Postern’s own pages may ask for this. | Nothing was changed. | Open Postern from its button and try there.',
  ),
  'not-understood': say(
    'This window is from another version of Postern. | What was saved is still there. | Close the window and open it again.',
  ),
  'wrong-key': say(
    'A stored record was sealed by another key, so it can’t be opened. | It was left as it is. | If you copied this browser profile from another device, open Postern there.',
  ),
  corrupt: say(
    'A stored record is damaged and can’t be opened. | It was left as it is, and everything else still works. | Go on with the rest; what can’t be opened can be removed where it is shown.',
  ),
  'unsupported-version': say(
    'A stored record was written by a newer version of Postern. | It was left as it is. | Update Postern to open it.',
  ),
  'no-key': say(
    'The key of this device is gone, so what it sealed can’t be opened any more. | Nothing was deleted. | Under Privacy you can erase everything and begin anew.',
  ),
  locked: say('Postern is locked. | Nothing was lost. | Unlock it and try again.'),
  'weak-kdf': say(
    'The stored lock asks for less work than Postern ever writes, so somebody has changed it. | Your passphrase was not tried on it, and nothing was deleted. | Don’t type it here again: restore this browser profile from a copy that you trust.',
  ),
  storage: DISK_FULL,
  'storage-full': DISK_FULL,
  superseded: say(
    'The mail was taken back, sent or wiped meanwhile. | What became of it stands in the list of mails. | Close this window and look there.',
  ),
  'no-bytes': say(
    'The bytes of an attached file are not here. | The mail itself is kept, and nothing was sent. | Remove the file and attach it again.',
  ),
  refused: MISTAKE,
  range: MISTAKE,
  date: MISTAKE,
  'boundary-seed': MISTAKE,
  'header-name': MISTAKE,
  address: MAIL_PART,
  'control-character': MAIL_PART,
  'message-id': MAIL_PART,
  'content-id': MAIL_PART,
  'repeated-content-id': MAIL_PART,
  'header-too-long': MAIL_PART,
  'attachment-size': MAIL_PART,
  'attachment-bytes': MAIL_PART,
  'host-not-allowed': MISTAKE,
  redirected: say(
    'The provider pointed to another address, which Postern doesn’t follow. | Nothing was sent there. | Try again later; if it stays, please report it.',
  ),
  'cors-refused': say(
    'The browser hides the provider’s answers. | Nothing was lost. | Allow the host where Postern asks for it, then try again.',
  ),
  offline: say(
    'This computer is offline. | Nothing was lost: what waits is kept. | Try again when it is connected.',
  ),
  timeout: NO_ANSWER,
  failed: say(
    'Something broke inside Postern. | What was saved before is still there. | Try again; if it stays, please report it.',
  ),
  aborted: say(
    'This was stopped before it was done. | What was saved before is still there. | Try again if you still want it.',
  ),
};

/** The parts of a text for a failure's code; null for a code without a text of its own. */
export function failureParts(code: string): FailureText | null {
  return (Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined) ?? null;
}

/** The text for a failure's code; a general one, with the code, where there is none of its own. */
export function failureText(code: string): string {
  const parts = failureParts(code);
  if (!parts) {
    return `Something broke inside Postern (${code}). What was saved before is still there. Try again; if it stays, please report the code.`;
  }
  const { happened, kept, next } = parts;
  const text = `${happened} ${kept} ${next}`;
  return parts === MISTAKE ? `${text} (${code})` : text;
}
