import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  AccountView,
  GrantOutcome,
  ProviderView,
  RungName,
  StepDownOutcome,
} from '../../utils/messaging/messaging.ts';
import { possibleRights } from '../accounts/possible-rights.ts';
import { accountAsks } from '../accounts/account-asks.ts';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { grantOutcomeText, stepDownText } from '../texts/account-texts.ts';
import { LadderStep } from './LadderStep.tsx';
import { ConsentPageLink, RevokeNotice } from './RevokeNotice.tsx';
import { SignInNotice } from './SignInNotice.tsx';
import { StepDownQuestion } from './StepDownQuestion.tsx';

type Ended =
  | { readonly of: 'up'; readonly rung: RungName; readonly outcome: GrantOutcome }
  | { readonly of: 'down'; readonly rung: RungName; readonly outcome: StepDownOutcome };

/**
 * The rights of an account as steps, taken and given back one by one. What this build can do nothing
 * with is shown only where it was given before.
 */
export function ScopeLadder(props: {
  readonly account: AccountView;
  readonly provider: ProviderView;
}): JSX.Element {
  const { account, provider } = props;
  const asks = accountAsks(useTools().client, account.id);
  const [leaving, setLeaving] = useState<RungName | null>(null);
  const [ended, setEnded] = useState<Ended | null>(null);
  const given = account.grantedRungs;
  const steps = provider.rungs.filter(
    (step) =>
      given.includes(step.rung) ||
      (step.offered && possibleRights(account, provider).includes(step)),
  );

  const stepUp = async (rung: RungName): Promise<string | null> => {
    setEnded(null);
    const answer = await asks.grantRung(rung);
    if (answer.ok) setEnded({ of: 'up', rung, outcome: answer.value });
    return failureOf(answer);
  };
  const stepDown = async (rung: RungName): Promise<string | null> => {
    setEnded(null);
    const answer = await asks.stepDown(given.filter((one) => one !== rung));
    if (!answer.ok) return answer.error.userText;
    setLeaving(null);
    setEnded({ of: 'down', rung, outcome: answer.value });
    return null;
  };
  return (
    <>
      <ol class="ladder">
        {steps.map(({ rung, scopes }) => (
          <LadderStep
            key={rung}
            account={account}
            rung={rung}
            scopes={scopes}
            onUp={() => stepUp(rung)}
            onDown={() => {
              setEnded(null);
              setLeaving(rung);
            }}
          >
            {leaving === rung && (
              <StepDownQuestion
                account={account}
                rung={rung}
                revokes={provider.revokes}
                onConfirm={() => stepDown(rung)}
                onCancel={() => setLeaving(null)}
              />
            )}
          </LadderStep>
        ))}
      </ol>
      {account.carriesMore.length > 0 && <CarriesMore scopes={account.carriesMore} />}
      {ended && (
        <LadderNotice
          account={account}
          ended={ended}
          again={() => (ended.of === 'up' ? stepUp(ended.rung) : stepDown(ended.rung))}
        />
      )}
    </>
  );
}

function CarriesMore({ scopes }: { readonly scopes: readonly string[] }): JSX.Element {
  return (
    <Notice tone="quiet">
      <p>
        The provider’s tokens carry more than Postern asked for, because it was allowed before or by
        your organisation: {scopes.join(', ')}. Postern does not use it; only withdrawing the
        consent on the provider’s page ends it.
      </p>
    </Notice>
  );
}

function LadderNotice(props: {
  readonly account: AccountView;
  readonly ended: Ended;
  readonly again: () => Promise<string | null>;
}): JSX.Element {
  const { account, ended, again } = props;
  const id = `ask-right-${account.id}`;
  if (ended.of === 'up') {
    const { outcome } = ended;
    const done =
      outcome.kind === 'granted' || outcome.kind === 'partly' || outcome.kind === 'no-such-right';
    return (
      <SignInNotice
        id={id}
        ended={done ? { kind: 'done' } : outcome}
        text={grantOutcomeText(outcome)}
        good={outcome.kind === 'granted'}
        again={again}
      />
    );
  }
  const { outcome } = ended;
  return (
    <>
      <SignInNotice
        id={id}
        ended={outcome.kind === 'not-linked' ? outcome.linking : { kind: 'done' }}
        text={stepDownText(outcome)}
        good={
          outcome.kind === 'stepped-down' &&
          outcome.lostRungs.length === 0 &&
          outcome.revoked.kind === 'revoked'
        }
        again={again}
      >
        {outcome.kind === 'stepped-down' && (
          <ConsentPageLink result={outcome.revoked} consentPage={account.consentPage} />
        )}
      </SignInNotice>
      {outcome.kind === 'not-linked' && outcome.revoked.kind !== 'revoked' && (
        <RevokeNotice before="" result={outcome.revoked} consentPage={account.consentPage} />
      )}
    </>
  );
}
