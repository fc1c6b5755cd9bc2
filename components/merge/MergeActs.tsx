import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MergeView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { cancelledText } from '../texts/merge-texts.ts';
import { SaveResult } from './SaveResult.tsx';

type Question = 'cancel' | 'send-again' | 'dismiss';

const TOO_LATE = 'That is not possible any more: it went on in the meantime.';

/** What can be done with a merge as it stands. */
export function MergeActs({ merge }: { readonly merge: MergeView }): JSX.Element {
  const { id, counts, control } = merge;
  const [asking, setAsking] = useState<Question | null>(null);
  const act = useAct(id, () => setAsking(null));
  const moving = counts.waiting + counts.needsYou > 0;
  const isOver = !moving && counts.unconfirmed === 0;
  if (asking !== null) {
    return (
      <section class="part" aria-labelledby="merge-acts">
        <h2 id="merge-acts">What you can do</h2>
        <Asking merge={merge} question={asking} act={act} onCancel={() => setAsking(null)} />
      </section>
    );
  }
  return (
    <div class="row">
      {moving && control === 'running' && (
        <ActButton busyText="Pausing…" onAct={() => act('merges.pause')}>
          Pause
        </ActButton>
      )}
      {control === 'paused' && (
        <ActButton kind="wax" busyText="Going on…" onAct={() => act('merges.resume')}>
          Go on
        </ActButton>
      )}
      {merge.canGoBack && (
        <ActButton busyText="Taking it back…" onAct={() => act('merges.back')}>
          Back to the draft
        </ActButton>
      )}
      {moving && (
        <button type="button" class="button" onClick={() => setAsking('cancel')}>
          Cancel the rest
        </button>
      )}
      {counts.rejected > 0 && (
        <ActButton busyText="Queueing…" onAct={() => act('merges.retry')}>
          {againText(counts.rejected, 'refused')}
        </ActButton>
      )}
      {counts.unconfirmed > 0 && (
        <>
          <ActButton busyText="Noting…" onAct={() => act('merges.decide', 'arrived')}>
            The unconfirmed arrived
          </ActButton>
          <button type="button" class="button" onClick={() => setAsking('send-again')}>
            {againText(counts.unconfirmed, 'unconfirmed')}
          </button>
        </>
      )}
      <SaveResult merge={merge} />
      {isOver && (
        <button type="button" class="button button-bare" onClick={() => setAsking('dismiss')}>
          Dismiss the result
        </button>
      )}
    </div>
  );
}

type Act = (
  name:
    | 'merges.pause'
    | 'merges.resume'
    | 'merges.cancel'
    | 'merges.back'
    | 'merges.retry'
    | 'merges.dismiss'
    | 'merges.decide',
  decision?: 'arrived' | 'send-again',
) => Promise<string | null>;

const againText = (count: number, which: string): string =>
  count === 1 ? `Send the ${which} one again` : `Send the ${count} ${which} again`;

function useAct(id: string, onDone: () => void): Act {
  const { client } = useTools();
  return async (name, decision = 'arrived') => {
    const answer =
      name === 'merges.decide'
        ? await client.ask('merges.decide', { id, decision })
        : await client.ask(name, { id });
    if (!answer.ok) return answer.error.userText;
    if (!answer.value.done) return TOO_LATE;
    onDone();
    return null;
  };
}

function Asking(props: {
  readonly merge: MergeView;
  readonly question: Question;
  readonly act: Act;
  readonly onCancel: () => void;
}): JSX.Element {
  const { canGoBack } = props.merge;
  const { act, onCancel } = props;
  switch (props.question) {
    case 'cancel':
      return (
        <ConfirmInPlace
          question="Cancel the rest?"
          confirm="Cancel the rest"
          busyText="Cancelling…"
          onConfirm={() => act('merges.cancel')}
          onCancel={onCancel}
        >
          <p>
            {cancelledText(props.merge)}{' '}
            {canGoBack
              ? 'Your text and your table go with them. To correct them instead, keep the merge and go back to the draft.'
              : 'One that is on its way just now still arrives.'}
          </p>
        </ConfirmInPlace>
      );
    case 'send-again':
      return (
        <ConfirmInPlace
          question="Send the unconfirmed again?"
          confirm="Send them again"
          busyText="Queueing…"
          onConfirm={() => act('merges.decide', 'send-again')}
          onCancel={onCancel}
        >
          <p>
            They may have arrived: some may get the same mail twice. Look into your mailbox’s Sent
            folder first.
          </p>
        </ConfirmInPlace>
      );
    case 'dismiss':
      return (
        <ConfirmInPlace
          question="Dismiss the result?"
          confirm="Dismiss it"
          busyText="Wiping…"
          onConfirm={() => act('merges.dismiss')}
          onCancel={onCancel}
        >
          <p>
            Who got a mail is wiped from this device. Refused mails that were not sent again go with
            it. Save it as a file first if you need it.
          </p>
        </ConfirmInPlace>
      );
  }
}
