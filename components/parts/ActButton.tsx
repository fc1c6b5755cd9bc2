import type { ComponentChildren, JSX } from 'preact';
import type { MessageError } from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';
import { useEffect, useRef, useState } from 'preact/hooks';

/** How a button looks. `wax` is for the one act that the page is about; `ink` for what can't be undone. */
export type ButtonKind = 'wax' | 'ink' | 'plain' | 'bare';

/** What a button needs to know. */
export interface ActButtonProps {
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'large';
  /** Stands on the button while the act runs: never a spinner without words. */
  readonly busyText: string;
  /** Resolves to the sentence that says what went wrong, which then stands beside the button; null when all is well. */
  readonly onAct: () => Promise<string | null>;
  /** What it is called for those who hear the page; needed where the words alone are not enough. */
  readonly label?: string;
  readonly children: ComponentChildren;
}

const BROKE =
  'Something broke in this window. What was saved is still there: close the window and open it again.';

/** A button whose act takes time. A second press while it runs does nothing; the focus stays. */
export function ActButton(props: ActButtonProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const here = useRef(true);
  useEffect(() => () => void (here.current = false), []);
  /** Known at once, while what is drawn lags behind: a second press in the same moment is none. */
  const running = useRef(false);
  const press = async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const said = await props.onAct().catch(() => BROKE);
    running.current = false;
    if (!here.current) return;
    setBusy(false);
    setFailure(said);
  };
  return (
    <>
      <button
        type="button"
        class={buttonClass(props.kind ?? 'plain', props.size)}
        aria-disabled={busy}
        aria-label={busy ? undefined : props.label}
        onClick={() => void press()}
      >
        {busy ? props.busyText : props.children}
      </button>
      {failure !== null && (
        <p class="failure small" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}

/** What to say of an answer that has nothing else to tell than whether it worked. */
export function failureOf(answer: Result<unknown, MessageError>): string | null {
  return answer.ok ? null : answer.error.userText;
}

/** The classes of a button, for links that look like one. */
export function buttonClass(kind: ButtonKind, size?: 'small' | 'large'): string {
  const classes = ['button'];
  if (kind !== 'plain') classes.push(`button-${kind}`);
  if (size) classes.push(`button-${size}`);
  return classes.join(' ');
}
