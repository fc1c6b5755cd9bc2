import { useEffect } from 'preact/hooks';
import type { Attacher } from './attacher.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** Closing asks nothing and loses nothing; only what could not be stored, or not yet, is asked about. */
export function useSavingOnLeave(keeper: DraftKeeper, attacher: Attacher): void {
  useEffect(() => {
    const onHidden = (): void => {
      if (document.visibilityState === 'hidden') void keeper.flush();
    };
    const onLeave = (): void => {
      keeper.leave();
      attacher.stop();
    };
    const onUnload = (event: BeforeUnloadEvent): void => {
      const { kind } = keeper.saveState.value;
      const onItsWay = attacher.pending.value.some(({ trouble }) => trouble === null);
      if (onItsWay || kind === 'failed' || kind === 'conflict' || kind === 'not-a-draft')
        event.preventDefault();
    };
    document.addEventListener('visibilitychange', onHidden);
    globalThis.addEventListener('pagehide', onLeave);
    globalThis.addEventListener('beforeunload', onUnload);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      globalThis.removeEventListener('pagehide', onLeave);
      globalThis.removeEventListener('beforeunload', onUnload);
      keeper.stop();
    };
  }, [keeper, attacher]);
}
