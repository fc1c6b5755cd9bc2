import { useLayoutEffect, useState } from 'preact/hooks';
import type { Asked, LiveAnswer } from './live-answer.ts';

/** Draws again whenever the answer changes. */
export function useLive<T>(live: LiveAnswer<T>): Asked<T> {
  const [state, setState] = useState(live.current());
  useLayoutEffect(() => {
    const look = (): void => setState(live.current());
    // It may have come between drawing and listening.
    look();
    return live.subscribe(look);
  }, [live]);
  return state;
}
