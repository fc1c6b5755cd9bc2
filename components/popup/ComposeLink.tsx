import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { buttonClass, failureOf } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';

/**
 * The one act that the popup is about; only before the first account it is another one. It is a
 * link, so that it works from the first paint on: what it leads to makes a new mail by itself.
 */
export function ComposeLink({ quiet }: { readonly quiet: boolean }): JSX.Element {
  const { client } = useTools();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef(false);
  const open = async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(failureOf(await client.ask('compose.new', { accountId: null })));
    setBusy(false);
    running.current = false;
  };
  return (
    <div class="popup-compose">
      <a
        class={buttonClass(quiet ? 'plain' : 'wax', 'large')}
        href="/compose.html"
        target="_blank"
        onClick={(event) => {
          // With a key held, the person wants the browser's own way of opening a link.
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          void open();
        }}
      >
        <Icon name="pen" />
        {busy ? 'Opening…' : 'Write a mail'}
      </a>
      {failure !== null && (
        <p class="failure small" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}
