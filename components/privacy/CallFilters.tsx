import type { JSX } from 'preact';
import type { AccountView, AnswerOf, RequestOf } from '../../utils/messaging/messaging.ts';
import { callResultText, hostName } from '../texts/call-texts.ts';

/** Which calls are shown. Null shows all. */
export type ChosenCalls = Pick<RequestOf<'privacy.calls'>, 'host' | 'accountId' | 'result'>;

/** Nothing is left out. */
export const EVERY_CALL: ChosenCalls = { host: null, accountId: null, result: null };

type Choices = AnswerOf<'privacy.calls'>['choices'];

/** Three ways to narrow the log down; what can be chosen is what stands in it. */
export function CallFilters(props: {
  readonly chosen: ChosenCalls;
  readonly choices: Choices;
  readonly accounts: readonly AccountView[];
  readonly onChoose: (chosen: ChosenCalls) => void;
}): JSX.Element {
  const { chosen, choices, accounts, onChoose } = props;
  const nameOf = (id: string): string =>
    accounts.find((account) => account.id === id)?.address ?? 'An account that was removed';
  return (
    <div class="filters" role="group" aria-label="Show only some calls">
      <Choice
        id="filter-host"
        label="Host"
        every="Every host"
        value={chosen.host}
        options={choices.hosts.map((host) => ({ value: host, text: hostName(host) }))}
        onChoose={(host) => onChoose({ ...chosen, host })}
      />
      <Choice
        id="filter-account"
        label="Account"
        every="Every account"
        value={chosen.accountId}
        options={choices.accountIds.map((id) => ({ value: id, text: nameOf(id) }))}
        onChoose={(accountId) => onChoose({ ...chosen, accountId })}
      />
      <Choice
        id="filter-result"
        label="Result"
        every="Every result"
        value={chosen.result}
        options={[
          { value: 'unanswered', text: 'not answered' },
          ...choices.results.map((result) => ({ value: result, text: callResultText(result) })),
        ]}
        onChoose={(result) => onChoose({ ...chosen, result: resultNamed(result, choices) })}
      />
    </div>
  );
}

/** Null for what is no result. */
function resultNamed(name: string | null, { results }: Choices): ChosenCalls['result'] {
  if (name === 'unanswered') return name;
  return results.find((result) => result === name) ?? null;
}

function Choice(props: {
  readonly id: string;
  readonly label: string;
  readonly every: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChoose: (value: string | null) => void;
}): JSX.Element {
  const { id, label, every, value, options, onChoose } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        autocomplete="off"
        value={value ?? ''}
        onChange={({ currentTarget }) => onChoose(currentTarget.value || null)}
      >
        <option value="">{every}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
