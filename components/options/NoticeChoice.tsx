import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';

/** Whether the system notifies the person: off until they switch it on, by the browser's own question. */
export function NoticeChoice(): JSX.Element {
  const { notices } = useTools();
  const [on, setOn] = useState<boolean | null>(null);
  const look = async (): Promise<void> => setOn(await notices.allowed());
  useEffect(() => void look(), [notices]);
  const turn = async (): Promise<string | null> => {
    // Nothing may be awaited before the question: the browser takes it for an answer to this click.
    const done = await (on === true ? notices.forbid() : notices.allow());
    await look();
    return done ? null : 'The browser did not allow it. The number on the toolbar button stays.';
  };
  return (
    <div class="part" role="group" aria-labelledby="notices">
      <p id="notices">
        <strong>Notifications: {on === true ? 'on' : 'off'}</strong>
      </p>
      <p class="soft small">
        Only when a mail or an account needs you, and with no name, address or subject in it. The
        number on the toolbar button is there either way.
      </p>
      <ActButton busyText="Waiting for your answer…" onAct={turn}>
        {on === true ? 'Switch notifications off' : 'Switch notifications on'}
      </ActButton>
    </div>
  );
}
