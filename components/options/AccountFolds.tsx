import type { JSX } from 'preact';
import type { AccountView, ProviderView } from '../../utils/messaging/messaging.ts';
import { accountName } from '../accounts/account-state.ts';
import { canShare, lacksSharing } from '../accounts/possible-rights.ts';
import { Fold } from '../parts/Fold.tsx';
import { colourText } from '../texts/sender-texts.ts';
import { OtherSenders } from './OtherSenders.tsx';
import { AccountWords } from './AccountWords.tsx';
import { GiveRight } from './GiveRight.tsx';
import { ScopeLadder } from './ScopeLadder.tsx';

/** What can be changed of an account, each behind its name. */
export function AccountFolds(props: {
  readonly account: AccountView;
  readonly provider: ProviderView | null;
}): JSX.Element {
  const { account, provider } = props;
  const { id, otherSenders, label, colour } = account;
  const name = accountName(account);
  const words = [label, colour === null ? '' : colourText(colour)].filter((part) => part !== '');
  return (
    <div class="folds">
      {provider && (
        <Fold id={`rights-${id}`} name="Rights, step by step" of={name}>
          <ScopeLadder account={account} provider={provider} />
        </Fold>
      )}
      <Fold
        id={`senders-${id}`}
        name="Other addresses to send from"
        gist={otherSenders.map(({ address }) => address).join(', ') || 'none'}
        of={name}
      >
        <OtherSenders account={account} shares={canShare(account, provider)} />
        {lacksSharing(account) && (
          <GiveRight account={account} rung="shared-mailbox" why="shared-mailbox" />
        )}
      </Fold>
      <Fold
        id={`words-${id}`}
        name="Label and colour"
        gist={words.length === 0 ? 'none' : words.join(', ')}
        of={name}
      >
        <AccountWords account={account} />
      </Fold>
    </div>
  );
}
