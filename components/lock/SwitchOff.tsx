import type { JSX } from 'preact';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { usePassphraseAct } from './use-passphrase-act.ts';

/** Back to the key that the browser keeps. */
export function SwitchOff(): JSX.Element {
  const { client } = useTools();
  const { passphrase, setPassphrase, run } = usePassphraseAct();
  return (
    <section class="part" aria-labelledby="lock-off">
      <h2 id="lock-off">Switch the lock off</h2>
      <p class="soft">
        From then on a key that the browser keeps opens everything, and you are never asked. The
        passphrase and the passkey open nothing any more. Nothing is lost.
      </p>
      <PassphraseField
        id="off-passphrase"
        label="Passphrase"
        value={passphrase}
        onInput={setPassphrase}
      />
      <div class="row">
        <ActButton
          kind="ink"
          busyText="Switching off…"
          onAct={() => run((typed) => client.ask('lock.turn-off', { passphrase: typed }))}
        >
          Switch it off
        </ActButton>
      </div>
    </section>
  );
}
