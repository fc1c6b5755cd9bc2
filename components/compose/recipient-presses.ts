import type { Mailbox } from '../../utils/mail/mail.ts';
import { assertNever } from '../../utils/result/result.ts';
import { chipAct, fieldAct } from './recipient-keys.ts';

/** What keys in the field can reach. */
export interface FieldKeys {
  readonly recipients: readonly Mailbox[];
  readonly text: string;
  readonly found: readonly Mailbox[];
  readonly open: boolean;
  readonly active: number;
  readonly setList: (list: { open: boolean; active: number }) => void;
  readonly take: (text: string) => void;
  readonly choose: (mailbox: Mailbox) => void;
  readonly focus: (to: number | 'field') => void;
}

/** Does what a key in the field means. */
export function pressInField(event: KeyboardEvent, keys: FieldKeys): void {
  const { recipients, text, found, open, active, setList } = keys;
  const field = event.currentTarget;
  const caretAtStart =
    field instanceof HTMLInputElement && field.selectionStart === 0 && field.selectionEnd === 0;
  const hasChips = recipients.length > 0;
  const act = fieldAct(event, { text, caretAtStart, hasChips, listOpen: open, active });
  if (act === null) return;
  event.preventDefault();
  switch (act) {
    case 'take':
      keys.take(text);
      break;
    case 'choose':
      if (found[active]) keys.choose(found[active]);
      break;
    case 'next':
      setList({ open: true, active: (active + 1) % Math.max(1, found.length) });
      break;
    case 'previous':
      setList({ open: true, active: active <= 0 ? found.length - 1 : active - 1 });
      break;
    case 'close':
      setList({ open: false, active: -1 });
      break;
    case 'last-chip':
      keys.focus(recipients.length - 1);
      break;
    default:
      assertNever(act);
  }
}

/** What keys on a recipient can reach. */
export interface ChipKeys {
  readonly index: number;
  readonly count: number;
  readonly remove: (index: number, goTo: number | 'field') => void;
  readonly edit: (index: number) => void;
  readonly focus: (to: number | 'field') => void;
}

/** Does what a key on a recipient means. */
export function pressOnChip(
  event: KeyboardEvent,
  { index, count, remove, edit, focus }: ChipKeys,
): void {
  const act = chipAct(event);
  if (act === null) return;
  event.preventDefault();
  switch (act) {
    case 'left':
      focus(Math.max(0, index - 1));
      break;
    case 'right':
      focus(index + 1 < count ? index + 1 : 'field');
      break;
    case 'remove':
      remove(
        index,
        count === 1 ? 'field' : event.key === 'Backspace' ? Math.max(0, index - 1) : index,
      );
      break;
    case 'edit':
      edit(index);
      break;
    case 'field':
      focus('field');
      break;
    default:
      assertNever(act);
  }
}
