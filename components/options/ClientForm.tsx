import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ClientView, ProviderView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { saveClientText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';

type Field = ProviderView['clientFields'][number];
type Values = Readonly<Record<Field['id'], string>>;

/** The fields that a provider declares for its client. What is stored is never filled in again but the id. */
export function ClientForm(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
  readonly onSaved: () => void;
  /** Null when there is nothing to go back to. */
  readonly onCancel: (() => void) | null;
}): JSX.Element {
  const { provider, client, onSaved, onCancel } = props;
  const tools = useTools();
  const [values, setValues] = useState<Values>({
    clientId: client.origin === 'person' ? client.clientId : '',
    clientSecret: '',
    tenant: client.tenant ?? '',
  });
  const save = async (): Promise<string | null> => {
    const missing = provider.clientFields.find(
      (field) => field.required && values[field.id].trim() === '',
    );
    if (missing) return `${missing.label} is missing.`;
    const answer = await tools.client.ask('clients.save', {
      providerId: provider.id,
      clientId: values.clientId.trim(),
      clientSecret: values.clientSecret.trim() === '' ? null : values.clientSecret.trim(),
      tenant: values.tenant.trim() === '' ? null : values.tenant.trim(),
    });
    if (!answer.ok) return answer.error.userText;
    if (answer.value.kind !== 'saved') return wholeText(saveClientText(answer.value));
    onSaved();
    return null;
  };
  return (
    <div class="stack">
      {provider.clientFields.map((field) => (
        <ClientInput
          key={field.id}
          id={`${provider.id}-${field.id}`}
          field={field}
          value={values[field.id]}
          stored={field.secret && client.origin === 'person' && client.hasSecret}
          onInput={(value) => setValues({ ...values, [field.id]: value })}
        />
      ))}
      <div class="row">
        <ActButton kind="wax" busyText="Saving…" onAct={save}>
          Save
        </ActButton>
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            Keep what is stored
          </button>
        )}
      </div>
    </div>
  );
}

/**
 * One field. A secret is masked by style and not by `type=password`, which would have the browser
 * offer to keep it in its own password store.
 */
function ClientInput(props: {
  readonly id: string;
  readonly field: Field;
  readonly value: string;
  /** A secret is stored already; it is not shown, and saving replaces it. */
  readonly stored: boolean;
  readonly onInput: (value: string) => void;
}): JSX.Element {
  const { id, field, value, stored, onInput } = props;
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {!field.required && <span class="soft small"> (optional)</span>}
      </label>
      <input
        id={id}
        class={field.secret ? 'input mono secret' : 'input mono'}
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required={field.required}
        maxLength={512}
        aria-describedby={`${id}-help`}
        placeholder={field.initial}
        list={field.choices.length > 0 ? `${id}-choices` : undefined}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {field.choices.length > 0 && (
        <datalist id={`${id}-choices`}>
          {field.choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      <p class="soft small" id={`${id}-help`}>
        {field.help}
        {stored && ' One is stored, sealed; saving replaces it by what stands here, or by none.'}
      </p>
    </div>
  );
}
