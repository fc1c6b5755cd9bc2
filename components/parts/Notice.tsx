import type { ComponentChildren, JSX } from 'preact';
import type { Tone } from '../texts/outcome-text.ts';
import { Icon } from './Icon.tsx';
import { toneIcon } from './StateWord.tsx';

/** What a notice shows. */
export interface NoticeProps {
  readonly tone: Tone;
  /** Read out at once when it appears; else when the reader comes by. */
  readonly urgent?: boolean;
  readonly children: ComponentChildren;
}

/** Something the person should know now, where it happened. */
export function Notice({ tone, urgent = false, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice notice-${tone}`} role={urgent ? 'alert' : 'status'}>
      <Icon name={toneIcon(tone)} />
      <div class="notice-body">{children}</div>
    </div>
  );
}
