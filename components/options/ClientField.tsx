import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ProviderView } from '../../utils/messaging/messaging.ts';
import { tenantText } from '../texts/provider-texts.ts';

type Field = ProviderView['clientFields'][number];

interface FieldProps {
  /** Unique in the page. */
  readonly id: string;
  readonly field: Field;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** One thing that is copied from the provider's console, or chosen where the provider names choices. */
export function ClientField(
  props: FieldProps & {
    /** A secret is stored already; it is not shown, and saving replaces it. */
    readonly stored: boolean;
    /** It looks otherwise than such a thing does. */
    readonly odd: boolean;
  },
): JSX.Element {
  const { id, field, stored, odd } = props;
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {!field.required && field.choices.length === 0 && (
          <span class="soft small"> (optional)</span>
        )}
      </label>
      {field.choices.length > 0 ? <Choice {...props} /> : <Typed {...props} odd={odd} />}
      <p class="soft small" id={`${id}-help`}>
        {field.help}
        {stored && ' One is stored, sealed; saving replaces it by what stands here, or by none.'}
      </p>
    </div>
  );
}

/**
 * A secret is masked by style and not by `type=password`, which would have the browser offer to keep
 * it in its own password store.
 */
function Typed(props: FieldProps & { readonly odd: boolean }): JSX.Element {
  const { id, field, value, odd, onInput } = props;
  return (
    <input
      id={id}
      class={field.secret ? 'input mono secret' : 'input mono'}
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      required={field.required}
      maxLength={512}
      placeholder={field.initial}
      aria-invalid={odd}
      aria-describedby={`${id}-help`}
      value={value}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}

const OTHER = 'other';

/** What the provider offers, and a field for whatever else may stand there. */
function Choice({ id, field, value, onInput }: FieldProps): JSX.Element {
  const [other, setOther] = useState(!field.choices.includes(value));
  return (
    <>
      <select
        id={id}
        class="input"
        autocomplete="off"
        aria-describedby={`${id}-help`}
        value={other ? OTHER : value}
        onChange={({ currentTarget }) => {
          setOther(currentTarget.value === OTHER);
          onInput(currentTarget.value === OTHER ? '' : currentTarget.value);
        }}
      >
        {field.choices.map((choice) => (
          <option key={choice} value={choice}>
            {tenantText(choice)}
          </option>
        ))}
        <option value={OTHER}>One organisation of your own</option>
      </select>
      {other && (
        <input
          class="input mono"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={256}
          aria-label={`${field.label}: ID or domain`}
          placeholder="contoso.com"
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </>
  );
}
