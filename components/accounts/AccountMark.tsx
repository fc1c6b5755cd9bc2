import type { JSX } from 'preact';
import type { AccountColour } from '../../utils/messaging/messaging.ts';

/** Each colour has a shape of its own, so that nobody has to see colours to tell accounts apart. */
const SHAPES: Readonly<Record<AccountColour, string>> = {
  slate: 'M3 3h10v10H3z',
  moss: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11z',
  sea: 'M8 2.5 14 13H2z',
  plum: 'M8 1.8 14.2 8 8 14.2 1.8 8z',
  clay: 'M5 2.8h6L14 8l-3 5.2H5L2 8z',
  straw: 'M2.5 5.5 8 2l5.5 3.5L11.5 13h-7z',
};

/** The colour of an account as a small shape. It says nothing to screen readers: its name does. */
export function AccountMark({ colour }: { readonly colour: AccountColour }): JSX.Element {
  return (
    <svg
      class={`icon account-mark colour-${colour}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[colour]} fill="currentColor" />
    </svg>
  );
}
