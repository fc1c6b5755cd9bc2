import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useLock } from './use-lock.ts';

/** Lets the lock fall; there only while it is on and open. */
export function LockButton(): JSX.Element | null {
  const { client } = useTools();
  const lock = useLock();
  const [failure, setFailure] = useState<string | null>(null);
  if (lock.kind !== 'answered' || lock.value.state !== 'open') return null;
  const fall = async (): Promise<void> => setFailure(failureOf(await client.ask('lock.now', {})));
  return (
    <>
      {failure !== null && (
        <span class="failure small" role="alert">
          {failure}
        </span>
      )}
      <button
        type="button"
        class="button button-icon"
        aria-label="Lock now"
        title="Lock now"
        onClick={() => void fall()}
      >
        <Icon name="lock" />
      </button>
    </>
  );
}
