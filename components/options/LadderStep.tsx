import type { ComponentChildren, JSX } from 'preact';
import type { AccountView, RungName } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { stepText } from '../texts/ladder-texts.ts';
import { rightText } from '../texts/right-texts.ts';
import { dateText } from '../texts/times-and-sizes.ts';
import { GiveButton } from './GiveButton.tsx';

/** One right: what it unlocks, what it would allow, what is done with it, and the one step to or from it. */
export function LadderStep(props: {
  readonly account: AccountView;
  readonly rung: RungName;
  /** Exactly what the provider is asked for. */
  readonly scopes: readonly string[];
  readonly onUp: () => Promise<string | null>;
  readonly onDown: () => void;
  /** Stands in place of the acts. */
  readonly children: ComponentChildren;
}): JSX.Element {
  const { account, rung, scopes, onUp, onDown, children } = props;
  const { unlocks, could, does } = stepText(rung, account.providerId);
  const given = account.grantedRungs.includes(rung);
  return (
    <li class="ladder-step">
      <h3>
        {rightText(rung)} <Standing account={account} rung={rung} />
      </h3>
      <p>{unlocks}</p>
      <p class="soft">
        {could} {does}
      </p>
      <p class="soft small">
        Scopes: <code>{scopes.join(' ')}</code>
      </p>
      {children || (
        <div class="row">
          {!given && <GiveButton rung={rung} onAct={onUp} />}
          {given && rung !== 'send' && (
            <button
              type="button"
              class="button button-small"
              aria-label={`Give this right back: ${rightText(rung)}`}
              onClick={onDown}
            >
              Give this right back…
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** What was granted, compared with what was asked. */
function Standing(props: { readonly account: AccountView; readonly rung: RungName }): JSX.Element {
  const { account, rung } = props;
  const { clock } = useTools();
  if (account.grantedRungs.includes(rung)) {
    const since = account.grants.find((grant) => grant.rung === rung)?.obtainedAt ?? null;
    const recent = since !== null && since <= clock.now();
    return <StateWord tone="good" word={recent ? `Given, ${dateText(since)}` : 'Given'} />;
  }
  if (rung !== 'send') return <StateWord tone="quiet" word="Not asked for" />;
  // Linking always asks for it: where the sign-in works without it, the box was left unticked.
  return account.health.kind === 'works' ? (
    <StateWord tone="heed" word="You left its box unticked" />
  ) : (
    <StateWord tone="quiet" word="Not given any more" />
  );
}
