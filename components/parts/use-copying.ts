import { useState } from 'preact/hooks';

/** Puts a text on the clipboard; without one the person copies by hand what is selected for them. */
export function useCopying(
  value: string,
  select: () => void,
): {
  /** What to say of it: '' before it was tried. */
  readonly said: string;
  readonly run: () => Promise<void>;
} {
  const [said, setSaid] = useState('');
  return {
    said,
    async run() {
      try {
        await navigator.clipboard.writeText(value);
        setSaid('Copied');
      } catch {
        select();
        setSaid('Selected: copy it by hand');
      }
    },
  };
}
