import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { formatMailbox, parseAddressList, type Mailbox } from '../../utils/mail/mail.ts';
import { readRecipients } from './read-recipients.ts';
import { pressInField, pressOnChip } from './recipient-presses.ts';
import { matchSuggestions, type Suggested } from './SuggestionBox.tsx';
import { useChipFocus } from './use-chip-focus.ts';

/** What a recipient field holds, and the one way to change it. */
export interface RecipientFieldModel {
  readonly recipients: readonly Mailbox[];
  /** What was typed and is not a recipient yet. */
  readonly text: string;
  /** Those that are not yet among the recipients of the mail. */
  readonly suggestions: readonly Suggested[];
  readonly onChange: (recipients: readonly Mailbox[], text: string) => void;
}

/** How the field behaves. */
export interface RecipientFieldBehaviour extends RecipientEdits {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly open: boolean;
  readonly found: readonly Suggested[];
  readonly active: number;
  readonly write: (text: string) => void;
  readonly pressInField: (event: KeyboardEvent) => void;
  readonly pressOnChip: (event: KeyboardEvent, index: number) => void;
  readonly paste: (event: ClipboardEvent) => void;
  readonly leave: (event: FocusEvent) => void;
}

const MOST_SUGGESTIONS = 8;
const SEPARATED = /[,;\n\t\uff0c\uff1b\u3001]/;

/** Recipients as chips: what keys, pasting and leaving do to them. */
export function useRecipientField(model: RecipientFieldModel): RecipientFieldBehaviour {
  const { recipients, text } = model;
  const focus = useChipFocus();
  const [asked, setList] = useState({ open: false, active: -1 });
  const edits = useRecipientEdits(model, {
    focusNext: focus.next,
    closeList: () => setList({ open: false, active: -1 }),
  });
  const found = matchSuggestions(model.suggestions, text).slice(0, MOST_SUGGESTIONS);
  const open = asked.open && found.length > 0;
  const active = open ? asked.active : -1;

  const list = { found, open, active, setList };
  return {
    ...edits,
    box: focus.box,
    open,
    found,
    active,
    write(typed) {
      if (endsRecipient(typed)) {
        edits.take(typed);
        return;
      }
      setList({ open: typed.trim() !== '', active: -1 });
      model.onChange(recipients, typed);
    },
    pressInField: (event) =>
      pressInField(event, { ...edits, ...list, recipients, text, focus: focus.now }),
    pressOnChip: (event, index) =>
      pressOnChip(event, { ...edits, index, count: recipients.length, focus: focus.now }),
    paste(event) {
      const whole = wholeAfterPaste(text, event.clipboardData?.getData('text/plain') ?? '');
      if (whole === null) return;
      event.preventDefault();
      edits.take(whole);
    },
    leave(event) {
      // The window lost the focus, not the field: the person comes back to what they typed.
      if (document.activeElement === event.currentTarget) return;
      setList({ open: false, active: -1 });
      if (text.trim() !== '') edits.take(text);
    },
  };
}

/** What can be done to the recipients, each act with its news for those who hear the page. */
export interface RecipientEdits {
  /** For screen readers: what changed last. */
  readonly news: string;
  /** What the person should know about how the last text was read. */
  readonly notes: readonly string[];
  readonly take: (text: string) => void;
  readonly choose: (mailbox: Mailbox) => void;
  /** Takes it back into the field as text. */
  readonly edit: (index: number) => void;
  readonly remove: (index: number, goTo: number | 'field') => void;
}

function useRecipientEdits(
  { recipients, text, onChange }: RecipientFieldModel,
  around: { readonly focusNext: (to: number | 'field') => void; readonly closeList: () => void },
): RecipientEdits {
  const [said, setSaid] = useState({ news: '', notes: [] as readonly string[] });
  return {
    ...said,
    take(taken) {
      const { mailboxes, rest, notes } = readRecipients(taken, recipients);
      around.closeList();
      setSaid({ news: newsOf(mailboxes), notes });
      onChange([...recipients, ...mailboxes], rest);
    },
    choose({ name, address }) {
      around.closeList();
      setSaid({ news: newsOf([{ name, address }]), notes: [] });
      onChange([...recipients, { name, address }], '');
    },
    edit(index) {
      const one = recipients[index];
      if (!one) return;
      around.focusNext('field');
      const typed = readRecipients(text, recipients).mailboxes;
      onChange([...recipients.toSpliced(index, 1), ...typed], formatMailbox(one));
    },
    remove(index, goTo) {
      const gone = recipients[index];
      setSaid({ news: gone ? `Removed ${formatMailbox(gone)}.` : '', notes: [] });
      around.focusNext(goTo);
      onChange(recipients.toSpliced(index, 1), text);
    },
  };
}

function newsOf(added: readonly Mailbox[]): string {
  const [first] = added;
  if (!first) return '';
  return added.length === 1
    ? `Added ${formatMailbox(first)}.`
    : `Added ${added.length} recipients.`;
}

/** What the field holds after a list or a whole address was pasted; null for a piece of text. */
function wholeAfterPaste(typed: string, pasted: string): string | null {
  const alone = typed.trim() === '';
  const list = SEPARATED.test(pasted.trim());
  if (!list && !(alone && parseAddressList(pasted).mailboxes.length > 0)) return null;
  return alone ? pasted : `${typed}, ${pasted}`;
}

/** A semicolon always ends a recipient; a comma only after an address, since names have commas too. */
function endsRecipient(typed: string): boolean {
  if (/[;\uff1b]\s*$/.test(typed)) return typed.trim().length > 1;
  const before = /^(.*\S)\s*[,\uff0c\u3001]\s*$/s.exec(typed)?.[1];
  if (before === undefined) return false;
  const { mailboxes, problems } = parseAddressList(before);
  return mailboxes.length > 0 && problems.length === 0;
}
