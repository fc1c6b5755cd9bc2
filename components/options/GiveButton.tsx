import type { JSX } from 'preact';
import type { RungName } from '../../utils/messaging/messaging.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { rightText } from '../texts/right-texts.ts';

/** Asks the provider for one right, in its own window. */
export function GiveButton(props: {
  readonly rung: RungName;
  readonly onAct: () => Promise<string | null>;
}): JSX.Element {
  return (
    <ActButton
      size="small"
      busyText="Waiting for the sign-in window…"
      label={`Give this right: ${rightText(props.rung)}`}
      onAct={props.onAct}
    >
      Give this right
    </ActButton>
  );
}
