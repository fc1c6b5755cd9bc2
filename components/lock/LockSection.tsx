import type { JSX } from 'preact';
import type { LockView } from '../../utils/messaging/messaging.ts';
import { errorOf } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { IdleChoice } from './IdleChoice.tsx';
import { PasskeyPart } from './PasskeyPart.tsx';
import { SwitchOff } from './SwitchOff.tsx';
import { SwitchOn } from './SwitchOn.tsx';
import { UnlockPrompt } from './UnlockPrompt.tsx';
import { useLock } from './use-lock.ts';

/** The settings of the lock: one switch, and what belongs to it while it is on. */
export function LockSection(): JSX.Element {
  const lock = useLock();
  const error = errorOf(lock);
  return (
    <>
      <p class="soft">
        With the lock on, only your passphrase opens what Postern keeps on this device. It stops
        somebody who has copied your browser’s profile, and somebody who comes to your desk after it
        has fallen.
      </p>
      {error && (
        <Notice tone="heed" urgent>
          <p>{error.userText}</p>
        </Notice>
      )}
      {lock.kind === 'asking' && <p class="asking">Looking at the lock…</p>}
      {lock.kind === 'answered' && <LockParts view={lock.value} />}
    </>
  );
}

function LockParts({ view }: { readonly view: LockView }): JSX.Element {
  switch (view.state) {
    case 'off':
      return <SwitchOn />;
    case 'locked':
      return <UnlockPrompt level={2} />;
    case 'open':
      return (
        <>
          <OpenPart />
          <IdleChoice minutes={view.idleMinutes} />
          <PasskeyPart passkey={view.passkey} />
          <ChangePassphrase />
          <SwitchOff />
        </>
      );
  }
}

function OpenPart(): JSX.Element {
  const { client } = useTools();
  return (
    <section class="part" aria-labelledby="lock-state">
      <h2 id="lock-state">The lock is on, and open</h2>
      <p class="soft">
        It falls when the browser is closed, when the screen locks, and when you press the button.
        Windows that are open save once more and hide what is in them; a mail on its way is let
        finish; nothing else is sent until you unlock.
      </p>
      <div class="row">
        <ActButton
          kind="wax"
          busyText="Locking…"
          onAct={async () => failureOf(await client.ask('lock.now', {}))}
        >
          Lock now
        </ActButton>
      </div>
    </section>
  );
}
