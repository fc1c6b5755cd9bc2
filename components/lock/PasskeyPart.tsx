import type { JSX } from 'preact';
import type { PasskeyQuestionView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { askPasskey } from './ask-passkey.ts';
import { PassphraseField } from './PassphraseField.tsx';
import { usePassphraseAct } from './use-passphrase-act.ts';

/** A passkey as a second way in, where the browser has passkeys. */
export function PasskeyPart(props: {
  readonly passkey: PasskeyQuestionView | null;
}): JSX.Element | null {
  const { client, passkeys } = useTools();
  if (!passkeys.isHere()) return null;
  return (
    <section class="part" aria-labelledby="lock-passkey">
      <h2 id="lock-passkey">Passkey</h2>
      {props.passkey ? (
        <>
          <p class="soft">
            A passkey opens Postern beside your passphrase. Removed here it opens nothing any more;
            in your browser’s or system’s list of passkeys it stays until you remove it there.
          </p>
          <div class="row">
            <ActButton
              busyText="Removing…"
              onAct={async () => failureOf(await client.ask('lock.remove-passkey', {}))}
            >
              Remove the passkey
            </ActButton>
          </div>
        </>
      ) : (
        <AddPasskey />
      )}
    </section>
  );
}

function AddPasskey(): JSX.Element {
  const { client, passkeys } = useTools();
  const { passphrase, setPassphrase, run } = usePassphraseAct();
  const add = async (): Promise<string | null> => {
    if (passphrase === '') return 'Type your passphrase first.';
    const made = await askPasskey(() => passkeys.create());
    if (typeof made === 'string') return made;
    const { question, answer } = made;
    return run((typed) => client.ask('lock.add-passkey', { passphrase: typed, question, answer }));
  };
  return (
    <>
      <p class="soft">
        A fingerprint, your face, or a security key can open Postern beside your passphrase. The
        passphrase stays: it opens Postern when the passkey is lost.
      </p>
      <PassphraseField
        id="passkey-passphrase"
        label="Passphrase"
        value={passphrase}
        onInput={setPassphrase}
      />
      <div class="row">
        <ActButton busyText="Asking for a passkey…" onAct={add}>
          Add a passkey
        </ActButton>
      </div>
    </>
  );
}
