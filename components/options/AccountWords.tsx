import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountColour, AccountView } from '../../utils/messaging/messaging.ts';
import { accountAsks } from '../accounts/account-asks.ts';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { COLOURS } from '../accounts/account-state.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { colourText } from '../texts/sender-texts.ts';

const MAX_LABEL_CHARS = 60;

/** How the person tells this account from others: a label, and a colour with its shape. */
export function AccountWords({ account }: { readonly account: AccountView }): JSX.Element {
  const { id } = account;
  const { client } = useTools();
  const [label, setLabel] = useState(account.label);
  const [colour, setColour] = useState<AccountColour | null>(account.colour);
  const [said, setSaid] = useState('');
  const save = async (): Promise<string | null> => {
    setSaid('');
    const answer = await accountAsks(client, id).describe({ label: label.trim(), colour });
    if (!answer.ok) return answer.error.userText;
    if (!answer.value.done) return 'This account is not here any more. Nothing was changed.';
    setSaid('Saved.');
    return null;
  };
  return (
    <div class="stack">
      <div class="field">
        <label for={`label-${id}`}>Label</label>
        <input
          id={`label-${id}`}
          class="input"
          type="text"
          autocomplete="off"
          maxLength={MAX_LABEL_CHARS}
          placeholder="For example: Office"
          value={label}
          onInput={({ currentTarget }) => setLabel(currentTarget.value)}
        />
      </div>
      <fieldset class="choices">
        <legend>Colour</legend>
        {[null, ...COLOURS].map((one) => (
          <label key={one ?? 'none'} class="choice">
            <input
              type="radio"
              name={`colour-${id}`}
              autocomplete="off"
              checked={colour === one}
              onChange={() => setColour(one)}
            />
            {one && <AccountMark colour={one} />}
            {one ? colourText(one) : 'None'}
          </label>
        ))}
      </fieldset>
      <div class="row">
        <ActButton
          busyText="Saving…"
          label={`Save label and colour of ${account.address}`}
          onAct={save}
        >
          Save
        </ActButton>
        <span class="soft small" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}
