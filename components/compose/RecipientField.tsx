import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Mailbox } from '../../utils/mail/mail.ts';
import { faultOf, noteOn } from './read-recipients.ts';
import { RecipientChip } from './RecipientChip.tsx';
import { SuggestionBox } from './SuggestionBox.tsx';
import {
  useRecipientField,
  type RecipientFieldBehaviour,
  type RecipientFieldModel,
} from './use-recipient-field.ts';
import type { RecipientFieldId } from './version.ts';

/** What a recipient field shows and tells. */
export interface RecipientFieldProps extends RecipientFieldModel {
  readonly id: RecipientFieldId;
  readonly label: string;
  /** Something to put right that no single recipient is to blame for; '' when there is nothing. */
  readonly problem: string;
}

/**
 * To, Cc or Bcc: recipients as chips and a field for more (WAI-ARIA combobox). A list can be pasted;
 * Enter, comma, semicolon and leaving the field take what was typed; a wrong address stays, marked,
 * with the reason below it.
 */
export function RecipientField(props: RecipientFieldProps): JSX.Element {
  const { id, label, recipients, problem } = props;
  const field = useRecipientField(props);
  const faults = useMemo(() => recipients.map(faultWords), [recipients]);
  const notes = [problem, ...faults.map((fault) => fault ?? ''), ...field.notes].filter(
    (note) => note !== '',
  );
  // Up to two thousand: not drawn again for each letter that is typed elsewhere.
  const chips = useMemo(
    () => drawChips({ label, recipients, faults, field }),
    [label, recipients, faults, props.text],
  );
  return (
    <div class="line" ref={field.box}>
      <label class="line-label" for={id}>
        {label}
      </label>
      <div class="line-body recipients" onClick={focusField}>
        {chips}
        <FieldInput id={id} text={props.text} field={field} hasNotes={notes.length > 0} />
      </div>
      <p class="unseen" role="status">
        {field.news}
      </p>
      {notes.length > 0 && (
        <ul class="line-notes small tone-heed" id={`${id}-notes`}>
          {notes.map((note, index) => (
            <li key={index}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function drawChips(props: {
  readonly label: string;
  readonly recipients: readonly Mailbox[];
  readonly faults: readonly (string | null)[];
  readonly field: RecipientFieldBehaviour;
}): JSX.Element | null {
  const { label, recipients, faults, field } = props;
  if (recipients.length === 0) return null;
  return (
    <ul class="chips" aria-label={`${label}: ${recipients.length} in the list`}>
      {recipients.map((mailbox, index) => (
        <RecipientChip
          key={`${index} ${mailbox.address}`}
          mailbox={mailbox}
          fault={faults[index] ?? null}
          onEdit={() => field.edit(index)}
          onRemove={() => field.remove(index, 'field')}
          onKeyDown={(event) => field.pressOnChip(event, index)}
        />
      ))}
    </ul>
  );
}

function FieldInput(props: {
  readonly id: string;
  readonly text: string;
  readonly field: RecipientFieldBehaviour;
  readonly hasNotes: boolean;
}): JSX.Element {
  const { id, text, field, hasNotes } = props;
  const listId = `${id}-found`;
  return (
    <div class="recipient-input">
      <input
        id={id}
        class="bare-input"
        type="text"
        inputMode="email"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={field.open}
        aria-controls={field.open ? listId : undefined}
        aria-activedescendant={field.active >= 0 ? `${listId}-${field.active}` : undefined}
        aria-invalid={hasNotes}
        aria-describedby={hasNotes ? `${id}-notes` : undefined}
        value={text}
        onInput={(event) => field.write(event.currentTarget.value)}
        onKeyDown={(event) => field.pressInField(event)}
        onPaste={(event) => field.paste(event)}
        onBlur={(event) => field.leave(event)}
      />
      {field.open && (
        <SuggestionBox
          id={listId}
          suggestions={field.found}
          active={field.active}
          onChoose={(mailbox) => field.choose(mailbox)}
        />
      )}
    </div>
  );
}

/** The ground of the field is part of it, as it looks. */
function focusField(event: MouseEvent): void {
  if (event.target !== event.currentTarget || !(event.target instanceof HTMLElement)) return;
  event.target.querySelector('input')?.focus();
}

function faultWords(mailbox: Mailbox): string | null {
  const fault = faultOf(mailbox);
  return fault === null ? null : noteOn(mailbox.address, fault);
}
