import type { JSX } from 'preact';
import type { AccountView, RungName } from '../../utils/messaging/messaging.ts';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { rightList, rightText } from '../texts/right-texts.ts';
import { HeldThere } from './HeldThere.tsx';

/** Asked before a right is given back: there is no way but to revoke all and to link again. */
export function StepDownQuestion(props: {
  readonly account: AccountView;
  readonly rung: RungName;
  /** False where the provider has no call for it. */
  readonly revokes: boolean;
  readonly onConfirm: () => Promise<string | null>;
  readonly onCancel: () => void;
}): JSX.Element {
  const { account, rung, revokes, onConfirm, onCancel } = props;
  const { address, providerName } = account;
  const kept = account.grantedRungs.filter((one) => one !== rung);
  return (
    <ConfirmInPlace
      question={`Give back “${rightText(rung)}” of ${address}?`}
      confirm={revokes ? 'Revoke and link again' : 'Wipe and link again'}
      busyText="Waiting for the sign-in window…"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <ul class="bullets">
        <li>
          {providerName} can’t take back one right alone. So Postern{' '}
          {revokes ? 'revokes all of them' : 'wipes the sign-in from this device'}, and then opens
          the sign-in window again for {kept.length === 0 ? 'the lowest one' : rightList(kept)}.
        </li>
        <li>
          {revokes
            ? 'Other browsers where you use Postern with this account are disconnected too.'
            : `${providerName} has no call with which an app withdraws a consent: what you allowed stands there until you withdraw it on its own page.`}
        </li>
        {rung === 'drafts' && <HeldThere account={account} />}
        <li>If you close that window, the account stays here, and its mails wait.</li>
      </ul>
    </ConfirmInPlace>
  );
}
