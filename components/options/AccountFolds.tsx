import type { JSX } from 'preact';
import type { AccountView, ProviderView } from '../../utils/messaging/messaging.ts';
import { accountName } from '../accounts/account-state.ts';
import { Fold } from '../parts/Fold.tsx';
import { colourText } from '../texts/sender-texts.ts';
import { AccountAliases } from './AccountAliases.tsx';
import { AccountWords } from './AccountWords.tsx';
import { ScopeLadder } from './ScopeLadder.tsx';

/** What can be changed of an account, each behind its name. */
export function AccountFolds(props: {
  readonly account: AccountView;
  readonly provider: ProviderView | null;
}): JSX.Element {
  const { account, provider } = props;
  const { id, aliases, label, colour } = account;
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
        id={`aliases-${id}`}
        name="Other addresses to send from"
        gist={aliases.length === 0 ? 'none' : aliases.map(({ address }) => address).join(', ')}
        of={name}
      >
        <AccountAliases account={account} />
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
