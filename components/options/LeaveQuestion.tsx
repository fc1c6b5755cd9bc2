import type { JSX } from 'preact';
import type { AccountView } from '../../utils/messaging/messaging.ts';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { HeldThere } from './HeldThere.tsx';

/** Asked before an account is revoked or removed, with what each of them means. */
export function LeaveQuestion(props: {
  readonly act: 'revoke' | 'remove';
  readonly account: AccountView;
  /** False where the provider has no call for it. */
  readonly revokes: boolean;
  readonly onConfirm: () => Promise<string | null>;
  readonly onCancel: () => void;
}): JSX.Element {
  const { act, account, revokes, onConfirm, onCancel } = props;
  const consent = revokes ? (
    <li>
      {account.providerName} withdraws the whole consent: other browsers where you use Postern with
      this account and this client are disconnected too.
    </li>
  ) : (
    <li>
      {account.providerName} has no call with which an app withdraws a consent. The sign-in is wiped
      from this device; the consent itself you withdraw on the provider’s own page, which is shown
      next.
    </li>
  );
  const held = account.grantedRungs.includes('drafts') && <HeldThere account={account} />;
  return act === 'revoke' ? (
    <ConfirmInPlace
      question={`Revoke access of ${account.address}?`}
      confirm="Revoke access"
      busyText="Revoking, and checking…"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <ul class="bullets">
        {consent}
        <li>The account stays in the list. Its drafts and waiting mails are kept.</li>
        {held}
        <li>To send from it again, reconnect.</li>
      </ul>
    </ConfirmInPlace>
  ) : (
    <ConfirmInPlace
      question={`Remove ${account.address}?`}
      confirm="Remove it"
      busyText="Removing…"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <ul class="bullets">
        {consent}
        <li>
          Its sign-in, drafts, waiting mails, receipts and log lines are wiped from this device.
          What was sent stays in your mailbox.
        </li>
        {held}
        <li>This can’t be taken back.</li>
      </ul>
    </ConfirmInPlace>
  );
}
