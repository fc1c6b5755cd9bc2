import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AccountView } from '../../utils/messaging/messaging.ts';
import { accountAsks } from '../accounts/account-asks.ts';
import { accountName } from '../accounts/account-state.ts';
import { useTools } from '../live/tools.ts';

/** Moves accounts in their list. The focus stays on the button that was pressed, wherever it goes. */
export function useMoving(accounts: readonly AccountView[]): {
  /** Where the last one went, for those who hear the page. */
  readonly said: string;
  readonly move: (id: string, by: 1 | -1) => void;
} {
  const { client } = useTools();
  const [said, setSaid] = useState('');
  const pressed = useRef<string | null>(null);
  const order = accounts.map(({ id }) => id);
  useLayoutEffect(() => {
    // A node that is moved in the page loses the focus.
    if (pressed.current !== null) document.getElementById(pressed.current)?.focus();
  }, [order.join(' ')]);
  return {
    said,
    move(id, by) {
      pressed.current = `move${by}-${id}`;
      void accountAsks(client, id)
        .move(by, order)
        .then((answer) => {
          const account = accounts.find((one) => one.id === id);
          const name = account ? accountName(account) : '';
          const place = order.indexOf(id) + by + 1;
          setSaid(
            answer.ok ? `${name} is number ${place} of ${order.length}.` : answer.error.userText,
          );
        });
    },
  };
}
