/** What a page says when an act broke: what happened, what was kept, what to do. */
const TEXTS: Readonly<Record<string, string>> = {
  'not-allowed': 'Only Postern’s own pages may ask for this.',
  'not-understood':
    'This window is from another version of Postern. What was saved is still there: close the window and open it again.',
  'wrong-key':
    'A stored record was sealed by another key, so it can’t be opened. It was left as it is. If you copied this browser profile from another device, open Postern there.',
  corrupt:
    'A stored record is damaged and can’t be opened. It was left as it is, and everything else still works.',
  'unsupported-version':
    'A stored record was written by a newer version of Postern. It was left as it is: update Postern to open it.',
  'no-key':
    'The key of this device is gone, so what it sealed can’t be opened any more. Nothing was deleted. Under Privacy you can erase everything and begin anew.',
  locked: 'Postern is locked. Nothing was lost: unlock it and try again.',
  'weak-kdf':
    'The stored lock asks for less work than Postern ever writes, so somebody has changed it. Your passphrase was not tried on it, and nothing was deleted. Don’t type it here again: restore this browser profile from a copy that you trust.',
  storage:
    'The browser would not store this: the disk may be full. What you see in this window is not saved. Free some space and try again.',
  'storage-full':
    'The disk is full, so this was not stored. What you see in this window is not saved. Free some space and try again.',
};

/** The text for a failure's code; a general one for codes without a text of their own. */
export function failureText(code: string): string {
  const text = Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined;
  return (
    text ??
    `Something broke inside Postern (${code}). What was saved before is still there. Try again; if it stays, please report the code.`
  );
}
