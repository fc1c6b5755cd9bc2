import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What a field for a passphrase needs. */
export interface PassphraseFieldProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  /** '' for none. */
  readonly help?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly takesFocus?: boolean;
}

/**
 * A passphrase is masked by style and not by `type=password`, which would have the browser offer
 * to keep it in its own password store: beside what it locks.
 */
export function PassphraseField(props: PassphraseFieldProps): JSX.Element {
  const { id, label, help = '', value, onInput, takesFocus = false } = props;
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) field.current?.focus();
  }, []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={field}
        class="input secret"
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxLength={1024}
        aria-describedby={help === '' ? undefined : `${id}-help`}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {help !== '' && (
        <p class="soft small" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
