import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

/** A text that has to be taken elsewhere exactly as it is. */
export function CopyField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}): JSX.Element {
  const { id, label, value } = props;
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid('Copied');
    } catch {
      // Without the clipboard the person copies by hand what is selected for them.
      field.current?.select();
      setSaid('Selected: copy it by hand');
    }
  };
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
          onClick={() => void copy()}
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
