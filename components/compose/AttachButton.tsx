import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';

/** Opens the browser's own choice of files. */
export function AttachButton(props: {
  readonly disabled: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}): JSX.Element {
  const { disabled, onFiles } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        id="attach"
        class="button button-large"
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" /> Attach
      </button>
      <input
        ref={input}
        type="file"
        multiple
        autocomplete="off"
        hidden
        aria-label="Files to attach"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
