import type { JSX } from 'preact';
import { useLive } from '../live/use-live.ts';
import { UnlockPrompt } from '../lock/UnlockPrompt.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useSavingOnLeave } from './use-saving-on-leave.ts';
import type { Writing } from './writing.ts';

/** What stands in place of a mail while Postern is locked: nothing of the mail. */
export function LockedMail({ kept }: { readonly kept: Writing | null }): JSX.Element {
  return (
    <main class="plain">
      {kept && <KeptHere kept={kept} />}
      <UnlockPrompt level={1} />
    </main>
  );
}

function KeptHere({ kept }: { readonly kept: Writing }): JSX.Element | null {
  useSavingOnLeave(kept.keeper, kept.attacher);
  const { kind } = useLive(kept.keeper.saveState);
  if (kind === 'saved' || kind === 'saving' || kind === 'unsaved') return null;
  return (
    <Notice tone="heed" urgent>
      <p>
        <strong>What was written last is not saved.</strong> This window keeps it, out of sight.
        Leave the window open: it comes back when you unlock.
      </p>
    </Notice>
  );
}
