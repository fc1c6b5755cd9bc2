import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useCopying } from './use-copying.ts';

/** A text of several lines that is meant for somebody else. */
export function CopyText(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** On the button. */
  readonly copy: string;
}): JSX.Element {
  const { id, label, value, copy } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const { said, run } = useCopying(value, () => field.current?.select());
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="input copy-text"
        autocomplete="off"
        readOnly
        rows={value.split('\n').length + 2}
        value={value}
        ref={field}
      />
      <div class="row">
        <button type="button" class="button" onClick={() => void run()}>
          {said === 'Copied' ? said : copy}
        </button>
      </div>
      <p class="unseen" role="status">
        {said}
      </p>
    </div>
  );
}
