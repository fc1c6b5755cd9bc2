import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  AccountView,
  GrantOutcome,
  QueueOutcome,
  RungName,
} from '../../utils/messaging/messaging.ts';
import { accountAsks } from '../accounts/account-asks.ts';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { grantOutcomeText } from '../texts/account-texts.ts';
import { stepText } from '../texts/ladder-texts.ts';
import { senderLackText } from '../texts/sender-texts.ts';
import { GiveButton } from './GiveButton.tsx';
import { SignInNotice } from './SignInNotice.tsx';

/**
 * A right that is missing for what the person is about to do, where they are about to do it: why, what
 * it unlocks, what it would allow, what is done with it, and the step. It is to be taken away once the
 * account has the right.
 */
export function GiveRight(props: {
  readonly account: AccountView;
  readonly rung: RungName;
  readonly why: Extract<QueueOutcome, { kind: 'sender-needs-right' }>['why'];
  /** True where leaving the page would lose what it is about. */
  readonly besides?: boolean;
}): JSX.Element {
  const { account, rung, why, besides = false } = props;
  const asks = accountAsks(useTools().client, account.id);
  const [outcome, setOutcome] = useState<GrantOutcome | null>(null);
  const { unlocks, could, does } = stepText(rung, account.providerId);
  const give = async (): Promise<string | null> => {
    setOutcome(null);
    const answer = await asks.grantRung(rung);
    if (answer.ok) setOutcome(answer.value);
    return failureOf(answer);
  };
  return (
    <div class="stack give-right">
      <p>
        <StateWord tone="heed" word="Right missing" /> {senderLackText({ rung, why })}
      </p>
      <p class="soft small">
        It unlocks: {unlocks} {could} {does}
      </p>
      <div class="row">
        <GiveButton rung={rung} onAct={give} />
      </div>
      {outcome && <Ended account={account} outcome={outcome} besides={besides} again={give} />}
    </div>
  );
}

function Ended(props: {
  readonly account: AccountView;
  readonly outcome: GrantOutcome;
  readonly besides: boolean;
  readonly again: () => Promise<string | null>;
}): JSX.Element {
  const { account, outcome, besides, again } = props;
  const { kind } = outcome;
  const done = kind === 'granted' || kind === 'partly' || kind === 'no-such-right';
  return (
    <SignInNotice
      id={`ask-missing-right-${account.id}`}
      ended={done ? { kind: 'done' } : outcome}
      text={grantOutcomeText(outcome)}
      good={kind === 'granted'}
      besides={besides}
      again={again}
    />
  );
}
