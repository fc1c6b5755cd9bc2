import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ClientView, ProviderView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { saveClientText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { ClientField } from './ClientField.tsx';

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
    tenant: client.tenant ?? provider.clientFields.find(({ id }) => id === 'tenant')?.initial ?? '',
  });
  const save = async (): Promise<string | null> => {
    const missing = provider.clientFields.find(
      // Where there are choices, nothing stands for another one that was not typed yet.
      ({ id, required, choices }) => (required || choices.length > 0) && values[id].trim() === '',
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
        <ClientField
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
