import { useLayoutEffect, useState } from 'preact/hooks';

/** The part of the address after `#`, as it is now. */
export function useHash(): string {
  const [hash, setHash] = useState(location.hash.slice(1));
  useLayoutEffect(() => {
    const look = (): void => setHash(location.hash.slice(1));
    globalThis.addEventListener('hashchange', look);
    return () => globalThis.removeEventListener('hashchange', look);
  }, []);
  return hash;
}
