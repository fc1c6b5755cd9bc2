import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { parseAddressList } from '../../utils/mail/mail.ts';
import { useTools } from '../live/tools.ts';
import { useAsked } from '../live/use-asked.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { suppressionText, unreadAddressesText } from '../texts/merge-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { dateText } from '../texts/times-and-sizes.ts';

const SHOWN = 20;
const MORE = 200;

/** Addresses that no merge writes to: added by hand or by the many, and taken off again. */
export function DoNotMailList(): JSX.Element {
  const { client } = useTools();
  const { asked } = useAsked('suppressions.list', {}, ['suppressions', 'lock']);
  const [shown, setShown] = useState(SHOWN);
  const entries = asked.kind === 'answered' ? asked.value.entries : [];
  return (
    <section class="part" aria-labelledby="do-not-mail">
      <h2 id="do-not-mail">Do-not-mail list</h2>
      <p class="soft">
        No merge writes to these addresses. The list is stored encrypted on this device; a single
        mail to one of them says that it is on the list.
      </p>
      <AddAddresses />
      <ul class="merge-findings" aria-label="Addresses on the list">
        {entries.slice(0, shown).map(({ address, addedAt }) => (
          <li key={address}>
            <span class="one-line">
              <bdi>{address}</bdi>
            </span>
            <ActButton
              kind="bare"
              size="small"
              busyText="Removing…"
              label={`Take ${address} off the list`}
              onAct={async () => {
                const answer = await client.ask('suppressions.remove', { address });
                return answer.ok ? null : answer.error.userText;
              }}
            >
              <Icon name="cross" />
            </ActButton>
            <span class="soft small">Since {dateText(addedAt)}</span>
          </li>
        ))}
      </ul>
      {shown < entries.length && (
        <button type="button" class="button button-small" onClick={() => setShown(shown + MORE)}>
          Show {Math.min(MORE, entries.length - shown)} more
        </button>
      )}
    </section>
  );
}

function AddAddresses(): JSX.Element {
  const { client } = useTools();
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const add = async (): Promise<string | null> => {
    setSaid('');
    const { mailboxes, problems } = parseAddressList(text);
    if (problems.length > 0) return unreadAddressesText(problems.map((problem) => problem.text));
    const addresses = mailboxes.map(({ address }) => address);
    const why = addresses.length > 1 ? 'import' : 'by-hand';
    const answer = await client.ask('suppressions.add', { addresses, why });
    if (!answer.ok) return answer.error.userText;
    if (answer.value.kind !== 'added') return wholeText(suppressionText(answer.value));
    setSaid(wholeText(suppressionText(answer.value)));
    setText('');
    return null;
  };
  return (
    <>
      <div class="field">
        <label for="do-not-mail-add">Add addresses, one or a whole list</label>
        <textarea
          id="do-not-mail-add"
          class="input"
          rows={2}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <div class="row">
        <ActButton busyText="Adding…" onAct={add}>
          Add to the list
        </ActButton>
        <span class="soft small" role="status">
          {said}
        </span>
      </div>
    </>
  );
}
