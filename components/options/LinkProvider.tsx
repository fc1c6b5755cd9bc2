import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LinkOutcome, ProviderView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { linkText } from '../texts/account-texts.ts';
import { SignInNotice } from './SignInNotice.tsx';

/** Opens a provider's window for one more account, and says how that ended. */
export function LinkProvider(props: {
  readonly provider: ProviderView;
  /** What stands on the button. */
  readonly words: string;
  /** The one act that the page is about. */
  readonly first: boolean;
  /** Told also when this is no longer on the page, because the first account took its place. */
  readonly onEnded?: (outcome: LinkOutcome) => void;
}): JSX.Element {
  const { provider, words, first } = props;
  const { client } = useTools();
  const [outcome, setOutcome] = useState<LinkOutcome | null>(null);
  const link = async (): Promise<string | null> => {
    setOutcome(null);
    const answer = await client.ask('accounts.link', { providerId: provider.id });
    if (!answer.ok) return answer.error.userText;
    setOutcome(answer.value);
    props.onEnded?.(answer.value);
    return null;
  };
  return (
    <div class="stack">
      <div class="row">
        <ActButton
          kind={first ? 'wax' : 'plain'}
          busyText="Waiting for the sign-in window…"
          onAct={link}
        >
          {words}
        </ActButton>
      </div>
      {outcome && (
        <SignInNotice
          id={`ask-link-${provider.id}`}
          ended={outcome.kind === 'linked' ? { kind: 'done' } : outcome}
          text={linkText(outcome)}
          good={outcome.kind === 'linked' && outcome.canSend}
          again={link}
        />
      )}
    </div>
  );
}
