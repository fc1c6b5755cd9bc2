import type { ComponentChildren, JSX } from 'preact';
import type { OutcomeText, Tone } from '../texts/outcome-text.ts';
import { Notice } from './Notice.tsx';

/** How an act ended: what happened first, then what was kept and what to do. */
export function OutcomeNotice(props: {
  readonly text: OutcomeText;
  readonly tone: Tone;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { happened, kept, next } = props.text;
  const rest = [kept, next].filter((part) => part !== '').join(' ');
  return (
    <Notice tone={props.tone} urgent={props.tone === 'heed'}>
      <div>
        <p>
          <strong>{happened}</strong>
        </p>
        {rest !== '' && <p>{rest}</p>}
      </div>
      {props.children}
    </Notice>
  );
}
