import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ActButton, type ButtonKind } from './ActButton.tsx';

/** What a question before an act needs. */
export interface ConfirmInPlaceProps {
  readonly question: string;
  /** What the act does, for somebody who has to decide. */
  readonly children: ComponentChildren;
  readonly confirm: string;
  readonly busyText: string;
  readonly kind?: ButtonKind;
  /** When given, the person types this word before the act can be done. */
  readonly word?: string;
  readonly onConfirm: () => Promise<string | null>;
  readonly onCancel: () => void;
}

/** Asks where the act was wanted, without a window on top of the page. Escape is a no. */
export function ConfirmInPlace(props: ConfirmInPlaceProps): JSX.Element {
  const { question, word } = props;
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  const allowed = word === undefined || typed.trim().toLowerCase() === word;
  return (
    <div
      class="confirm"
      role="group"
      aria-label={question}
      tabIndex={-1}
      ref={box}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onCancel();
      }}
    >
      <h3>{question}</h3>
      <div class="stack">{props.children}</div>
      {word !== undefined && (
        <div class="field">
          <label for="confirm-word">
            Type <em>{word}</em> to go on
          </label>
          <input
            id="confirm-word"
            class="input"
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </div>
      )}
      <div class="row">
        {allowed ? (
          <ActButton kind={props.kind ?? 'ink'} busyText={props.busyText} onAct={props.onConfirm}>
            {props.confirm}
          </ActButton>
        ) : (
          <button type="button" class="button" disabled>
            {props.confirm}
          </button>
        )}
        <button type="button" class="button" onClick={props.onCancel}>
          No, keep it
        </button>
      </div>
    </div>
  );
}
