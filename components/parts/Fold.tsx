import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';

/** A part of a page that is there when one asks for it: a button that opens what stands under it. */
export function Fold(props: {
  /** Unique in the page. */
  readonly id: string;
  readonly name: string;
  /** Said beside the name while it is closed; '' for nothing. */
  readonly gist?: string;
  /** What it belongs to, for those who hear the page. */
  readonly of: string;
  readonly openAtFirst?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { id, name, gist = '', of, openAtFirst = false, children } = props;
  const [open, setOpen] = useState(openAtFirst);
  /** What was opened once stays: something may have been typed there. */
  const [seen, setSeen] = useState(openAtFirst);
  return (
    <div class="fold">
      <button
        type="button"
        class="fold-button"
        aria-expanded={open}
        aria-controls={seen ? id : undefined}
        onClick={() => {
          setSeen(true);
          setOpen(!open);
        }}
      >
        <Icon name={open ? 'down' : 'right'} />
        <span>
          {name}
          <span class="unseen"> of {of}</span>
        </span>
        {!open && gist !== '' && <span class="soft small one-line">{gist}</span>}
      </button>
      {seen && (
        <div id={id} class="fold-body" hidden={!open}>
          {children}
        </div>
      )}
    </div>
  );
}
