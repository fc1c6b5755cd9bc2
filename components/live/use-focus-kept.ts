import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * When what had the focus is gone after a change (`state` is another one), puts it on what took its place, so
 * that a person at the keyboard goes on from there and not from the top of the page. Elsewhere it is left alone.
 */
export function useFocusKept(state: unknown, place: () => HTMLElement | null | undefined): void {
  const before = useRef(state);
  useLayoutEffect(() => {
    const changed = before.current !== state;
    before.current = state;
    if (changed && document.activeElement === document.body) place()?.focus();
  }, [state]);
}
