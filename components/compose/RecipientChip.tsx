import type { JSX } from 'preact';
import { formatMailbox, type Mailbox } from '../../utils/mail/mail.ts';
import { Icon } from '../parts/Icon.tsx';

const CHIP_HINT_ID = 'chip-hint';

/** What keys do to a recipient; said once for all of them, so it stands once on the page. */
export function ChipHint(): JSX.Element {
  return (
    <p id={CHIP_HINT_ID} hidden>
      Enter edits, Delete removes.
    </p>
  );
}

/** What a chip shows and what can be done with it. */
export interface RecipientChipProps {
  readonly mailbox: Mailbox;
  /** What is wrong with it; null when it can be written to. */
  readonly fault: string | null;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * One recipient. The address is always shown, and kept apart from what a name may do to the
 * direction of writing: a name may come from a page. Arrow keys reach it from
 * the field, Enter edits it, Delete or Backspace removes it.
 */
export function RecipientChip(props: RecipientChipProps): JSX.Element {
  const { mailbox, fault, onEdit, onRemove, onKeyDown } = props;
  const whole = formatMailbox(mailbox);
  return (
    <li class={fault === null ? 'chip' : 'chip chip-wrong'}>
      <button
        type="button"
        class="chip-name"
        tabIndex={-1}
        title={whole}
        aria-describedby={CHIP_HINT_ID}
        onClick={onEdit}
        onKeyDown={onKeyDown}
      >
        {fault !== null && <Icon name="heed" />}
        {mailbox.name !== '' && <bdi class="one-line">{mailbox.name}</bdi>}{' '}
        <bdi class={mailbox.name === '' ? 'one-line' : 'one-line chip-address'}>
          {mailbox.address}
        </bdi>
        {fault !== null && <span class="unseen"> {fault}</span>}
      </button>
      <button
        type="button"
        class="chip-remove"
        tabIndex={-1}
        aria-label={`Remove ${whole}`}
        onClick={onRemove}
      >
        <Icon name="cross" />
      </button>
    </li>
  );
}
