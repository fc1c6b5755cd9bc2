import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { MailView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';

/** How long a mail can still be undone, second by second; nothing for the others. Not read out by itself. */
export function Countdown({ mail }: { readonly mail: MailView }): JSX.Element | null {
  const { clock } = useTools();
  const { state } = mail;
  const until = state.kind === 'held' ? state.until : null;
  const [now, setNow] = useState(clock.now());
  useLayoutEffect(() => {
    if (until === null) return undefined;
    setNow(clock.now());
    const timer = setInterval(() => setNow(clock.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  if (until === null) return null;
  const seconds = Math.ceil((until - now) / 1000);
  return (
    <p class="small countdown" role="timer">
      {seconds > 0 ? `Goes out in ${seconds} s` : 'Goes out now'}
    </p>
  );
}

/** Often enough that no second is skipped. */
const TICK_MS = 250;
