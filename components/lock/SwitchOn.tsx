import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { newPassphraseProblem } from '../texts/lock-texts.ts';
import { PassphraseField } from './PassphraseField.tsx';

/** The switch. What it costs is said before it is thrown: a lost passphrase can't be replaced. */
export function SwitchOn(): JSX.Element {
  const { client } = useTools();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const turnOn = async (): Promise<string | null> => {
    const problem = newPassphraseProblem(passphrase, again);
    if (problem !== null) return problem;
    return failureOf(await client.ask('lock.turn-on', { passphrase }));
  };
  return (
    <section class="part" aria-labelledby="lock-on">
      <h2 id="lock-on">The lock is off</h2>
      <p class="soft">
        Now a key that the browser keeps opens everything, so that you are never asked. With the
        lock on you type a passphrase once after each start of the browser, and after the lock has
        fallen.
      </p>
      <ul class="bullets">
        <li>Everything that is stored is sealed anew. Nothing is lost if that is interrupted.</li>
        <li>Mails that are scheduled or waiting go out only while it is open.</li>
        <li>
          <strong>A passphrase that is forgotten can’t be replaced.</strong> Then you erase
          everything and link your accounts again; what was sent stays in your mailbox.
        </li>
      </ul>
      <PassphraseField
        id="lock-new"
        label="Passphrase"
        help="Eight characters or more. Four or five words that don’t belong together are hard to guess and easy to keep."
        value={passphrase}
        onInput={setPassphrase}
      />
      <PassphraseField id="lock-again" label="The same again" value={again} onInput={setAgain} />
      <div class="row">
        <ActButton kind="wax" busyText="Sealing everything anew…" onAct={turnOn}>
          Switch the lock on
        </ActButton>
      </div>
    </section>
  );
}
