import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { onOneLine } from '../../utils/mail/mail.ts';
import { columnFor, fieldNameOf, fieldsIn, looseBraces } from '../../utils/merge/merge.ts';
import type { DraftKeeper } from '../compose/draft-keeper.ts';
import { useLive } from '../live/use-live.ts';
import { Notice } from '../parts/Notice.tsx';

/** Subject and text with their fields. */
export function MergeText(props: {
  readonly keeper: DraftKeeper;
  /** Of the table that was read; empty before. */
  readonly columns: readonly string[];
}): JSX.Element {
  const { keeper, columns } = props;
  const { content } = useLive(keeper.version);
  const last = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const change = (more: Partial<typeof content>): void =>
    keeper.change({ content: { ...keeper.version.value.content, ...more } });

  const insert = (name: string): void => {
    const field = last.current;
    if (!field) return;
    field.setRangeText(`{{${name}}}`, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  };
  return (
    <>
      <div class="field">
        <label for="merge-subject">Subject</label>
        <input
          id="merge-subject"
          class="input"
          type="text"
          dir="auto"
          autocomplete="off"
          value={content.subject}
          onFocus={({ currentTarget }) => (last.current = currentTarget)}
          onInput={({ currentTarget }) => change({ subject: onOneLine(currentTarget.value) })}
        />
      </div>
      <div class="field">
        <label for="merge-body">Text</label>
        <textarea
          id="merge-body"
          class="input merge-body"
          dir="auto"
          autocomplete="off"
          rows={10}
          value={content.text}
          ref={(field) => {
            last.current ??= field;
          }}
          onFocus={({ currentTarget }) => (last.current = currentTarget)}
          onInput={({ currentTarget }) => change({ text: currentTarget.value })}
        />
      </div>
      <p class="soft small">
        Write {'{{first name|there}}'} where each gets their own: “first name” is a column of your
        table, “there” stands where it is empty.
      </p>
      {columns.length > 0 && (
        <div class="row" role="group" aria-label="Put a field into the text">
          {columns.map((column, index) => (
            <button
              key={index}
              type="button"
              class="button button-small"
              aria-label={`Put in the field ${fieldNameOf(column)}`}
              onClick={() => insert(fieldNameOf(column))}
            >
              {fieldNameOf(column)}
            </button>
          ))}
        </div>
      )}
      <FieldTrouble keeper={keeper} columns={columns} />
    </>
  );
}

/** Fields that no column has, and braces that are no field. */
function FieldTrouble(props: {
  readonly keeper: DraftKeeper;
  readonly columns: readonly string[];
}): JSX.Element | null {
  const { subject, text } = useLive(props.keeper.version).content;
  const unknown = [...fieldsIn(subject), ...fieldsIn(text)]
    .map(({ name }) => name)
    .filter((name) => props.columns.length > 0 && columnFor(props.columns, name) < 0);
  const loose = looseBraces(subject) || looseBraces(text);
  if (unknown.length === 0 && !loose) return null;
  return (
    <Notice tone="heed">
      {unknown.length > 0 && (
        <p>
          No column is called {[...new Set(unknown)].map((name) => `“${name}”`).join(', ')}. What
          stands in for it is written to everybody; without that, nobody gets a mail.
        </p>
      )}
      {loose && (
        <p>
          There are double braces that are no field. They are sent as they are: look at the preview.
        </p>
      )}
    </Notice>
  );
}
