import type { JSX } from 'preact';

/** Drawn on a grid of 16, in strokes of the text's own colour. */
const SHAPES = {
  check: 'M3 8.5l3.2 3.2L13 5',
  clock: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 1 0 8 2.2M8 5v3.2l2.2 1.4',
  heed: 'M8 2.2 14 13.2H2zM8 6.4v3.2M8 11.2v.1',
  pen: 'M2.8 13.2l.7-3L10.9 2.8l2.3 2.3-7.4 7.4zM9.4 4.3l2.3 2.3',
  cross: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3.2v9.6M3.2 8h9.6',
  gear: 'M2.5 4.5h6.2M12.3 4.5h1.2M2.5 11.5h1.2M7.3 11.5h6.2M10.5 2.7a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6M5.5 9.7a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6',
  leave: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3L7.5 8.5',
  clip: 'M12.6 7.4 8 12a2.9 2.9 0 0 1-4.1-4.1l5-5a1.9 1.9 0 0 1 2.7 2.7l-5 5a.9.9 0 0 1-1.3-1.3l4.3-4.3',
  lock: 'M4 7.2h8v6.3H4zM5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2',
  up: 'M8 13V3.5M3.8 7.6 8 3.4l4.2 4.2',
  down: 'M3.5 6l4.5 4.5L12.5 6',
  right: 'M6 3.5l4.5 4.5L6 12.5',
  lower: 'M8 3v9.5M3.8 8.4 8 12.6l4.2-4.2',
  sheet: 'M4 2.2h5.2L12 5v8.8H4zM6.2 7.5h3.6M6.2 10h3.6',
} as const;

/** The icons there are. */
export type IconName = keyof typeof SHAPES;

/** A small drawing beside a word. It says nothing to screen readers: the word does. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path
        d={SHAPES[name]}
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** The gate with an envelope's flap, in the text's own colour. */
export function Mark(): JSX.Element {
  return (
    <svg class="provider-icon" viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path
        d="M2.2 14.2V7.4C2.2 4 4.8 1.6 8 1.6s5.8 2.4 5.8 5.8v6.8zM2.4 6.4 8 10.4l5.6-4"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
    </svg>
  );
}
