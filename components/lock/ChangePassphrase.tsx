import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { newPassphraseProblem } from '../texts/lock-texts.ts';
import { PassphraseField } from './PassphraseField.tsx';
import { usePassphraseAct } from './use-passphrase-act.ts';

/** Another passphrase in place of the one of now. */
export function ChangePassphrase(): JSX.Element {
  const { client } = useTools();
  const now = usePassphraseAct();
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [changed, setChanged] = useState(false);
  const change = async (): Promise<string | null> => {
    setChanged(false);
    const problem = newPassphraseProblem(next, again);
    if (problem !== null) return problem;
    const said = await now.run((passphrase) =>
      client.ask('lock.change-passphrase', { passphrase, next }),
    );
    if (said !== null) return said;
    setNext('');
    setAgain('');
    setChanged(true);
    return null;
  };
  return (
    <section class="part" aria-labelledby="lock-change">
      <h2 id="lock-change">Change the passphrase</h2>
      {changed && (
        <Notice tone="good">
          <p>The passphrase was changed. The old one opens nothing any more.</p>
        </Notice>
      )}
      <PassphraseField
        id="change-now"
        label="The passphrase of now"
        value={now.passphrase}
        onInput={now.setPassphrase}
      />
      <PassphraseField id="change-next" label="The new one" value={next} onInput={setNext} />
      <PassphraseField
        id="change-again"
        label="The new one again"
        value={again}
        onInput={setAgain}
      />
      <div class="row">
        <ActButton busyText="Changing…" onAct={change}>
          Change it
        </ActButton>
      </div>
    </section>
  );
}
