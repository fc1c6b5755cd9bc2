import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ClientView, ProviderView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { saveClientText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { oddValueText } from '../texts/provider-texts.ts';
import { ClientField } from './ClientField.tsx';

type Field = ProviderView['clientFields'][number];
type Values = Readonly<Record<Field['id'], string>>;

/** The fields that a provider declares for its client. What is stored is never filled in again but the id. */
export function ClientForm(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
  /** True where saving is the one act of the page. */
  readonly main: boolean;
  readonly onSaved: () => void;
  /** Null when there is nothing to go back to. */
  readonly onCancel: (() => void) | null;
}): JSX.Element {
  const { provider, client, main, onSaved, onCancel } = props;
  const tools = useTools();
  const [values, setValues] = useState<Values>({
    clientId: client.origin === 'person' ? client.clientId : '',
    clientSecret: '',
    tenant: client.tenant ?? provider.clientFields.find(({ id }) => id === 'tenant')?.initial ?? '',
  });
  /** What looks otherwise than such a thing does, as it stood when Save was pressed. */
  const [odd, setOdd] = useState<Field | null>(null);
  const save = async (anyway: boolean): Promise<string | null> => {
    setOdd(null);
    const missing = provider.clientFields.find(
      // Where there are choices, nothing stands for another one that was not typed yet.
      ({ id, required, choices }) => (required || choices.length > 0) && values[id].trim() === '',
    );
    if (missing) return `${missing.label} is missing.`;
    const strange = provider.clientFields.find((field) => looksOdd(field, values[field.id].trim()));
    if (strange && !anyway) {
      setOdd(strange);
      return null;
    }
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
          odd={odd?.id === field.id}
          onInput={(value) => {
            setOdd(null);
            setValues({ ...values, [field.id]: value });
          }}
        />
      ))}
      {odd && (
        <Notice tone="heed" urgent>
          <p>{oddValueText(provider.name, odd)}</p>
          <div class="row">
            <ActButton size="small" busyText="Saving…" onAct={() => save(true)}>
              Save it all the same
            </ActButton>
          </div>
        </Notice>
      )}
      <div class="row">
        <ActButton kind={main ? 'wax' : 'plain'} busyText="Saving…" onAct={() => save(false)}>
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

/** Whether a value looks otherwise than the provider's own do. */
function looksOdd({ pattern }: Field, value: string): boolean {
  return pattern !== null && value !== '' && !new RegExp(pattern, 'i').test(value);
}
