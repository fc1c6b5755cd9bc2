import type { JSX } from 'preact';
import type { AccountView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';

/** What can be done with an account. */
export function AccountActs(props: {
  readonly account: AccountView;
  readonly isDefault: boolean;
  /** To reconnect it is what the page is about now. */
  readonly isNext: boolean;
  readonly onReconnect: () => Promise<string | null>;
  /** Both are asked about first. */
  readonly onLeave: (act: 'revoke' | 'remove') => void;
}): JSX.Element {
  const { account, isDefault, isNext, onReconnect, onLeave } = props;
  const { client } = useTools();
  return (
    <div class="row">
      <ActButton
        kind={isNext ? 'wax' : 'plain'}
        busyText="Waiting for the sign-in window…"
        label={`Reconnect ${account.address}`}
        onAct={onReconnect}
      >
        Reconnect
      </ActButton>
      {!isDefault && (
        <ActButton
          busyText="Noting it…"
          label={`Make default: ${account.address}`}
          onAct={async () =>
            failureOf(await client.ask('accounts.make-default', { id: account.id }))
          }
        >
          Make default
        </ActButton>
      )}
      <button
        type="button"
        class="button button-bare"
        aria-label={`Revoke access of ${account.address}`}
        onClick={() => onLeave('revoke')}
      >
        Revoke access…
      </button>
      <button
        type="button"
        class="button button-bare"
        aria-label={`Remove ${account.address}`}
        onClick={() => onLeave('remove')}
      >
        Remove…
      </button>
    </div>
  );
}
