import type { JSX } from 'preact';
import type { Tone } from '../texts/outcome-text.ts';
import { Icon, type IconName } from './Icon.tsx';

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  moving: 'clock',
  heed: 'heed',
  quiet: 'sheet',
};

/** The icon that belongs to a tone. */
export function toneIcon(tone: Tone): IconName {
  return ICONS[tone];
}

/** A state as a word with its icon; the colour only repeats what both say. */
export function StateWord(props: { readonly tone: Tone; readonly word: string }): JSX.Element {
  return (
    <span class={`state tone-${props.tone}`}>
      <Icon name={ICONS[props.tone]} />
      {props.word}
    </span>
  );
}
