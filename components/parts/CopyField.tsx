import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useCopying } from './use-copying.ts';

/** A text that has to be taken elsewhere exactly as it is. */
export function CopyField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}): JSX.Element {
  const { id, label, value } = props;
  const field = useRef<HTMLInputElement>(null);
  const { said, run } = useCopying(value, () => field.current?.select());
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy">
        <input
          id={id}
          class="input"
          type="text"
          autocomplete="off"
          readOnly
          value={value}
          ref={field}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <button
          type="button"
          class="button copy-button"
          aria-label={said === 'Copied' ? undefined : `Copy: ${label}`}
          onClick={() => void run()}
        >
          {said === 'Copied' ? said : 'Copy'}
        </button>
      </div>
      <p class="unseen" role="status">
        {said}
      </p>
    </div>
  );
}
