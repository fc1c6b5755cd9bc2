import type { JSX } from 'preact';
import type { AccountView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { grantText, rightTexts } from '../texts/right-texts.ts';
import { dateText, whenText } from '../texts/times-and-sizes.ts';

/** What is known of an account: its rights, its sign-in, its dates. */
export function AccountFacts({ account }: { readonly account: AccountView }): JSX.Element {
  const { clock } = useTools();
  return (
    <dl class="facts">
      <dt>May</dt>
      <dd>
        <ul>
          {rightTexts(account).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </dd>
      <dt>Sign-in</dt>
      <dd>{grantText(account)}</dd>
      <dt>Linked</dt>
      <dd>{dateText(account.linkedAt)}</dd>
      <dt>Last used</dt>
      <dd>{account.lastUsedAt === null ? 'Not yet' : whenText(account.lastUsedAt, clock.now())}</dd>
    </dl>
  );
}
