import { useLayoutEffect, useReducer } from 'preact/hooks';
import type { Watched } from './watched.ts';

/** The value as it is now; draws again whenever it changes. */
export function useLive<T>(watched: Watched<T>): T {
  const { value } = watched;
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  useLayoutEffect(() => {
    // It may have changed between drawing and listening.
    if (!Object.is(watched.value, value)) draw(undefined);
    return watched.subscribe(() => draw(undefined));
  }, [watched]);
  return value;
}
