import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { errorOf } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { useAsked } from '../live/use-asked.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { followingText } from '../texts/setting-texts.ts';
import { whenText } from '../texts/times-and-sizes.ts';

/** Lets settings follow the person by the browser's own sync. Off unless they want it. */
export function FollowMe(): JSX.Element {
  const { client, clock } = useTools();
  const { asked, refresh } = useAsked('settings.following', {}, ['privacy']);
  const [asking, setAsking] = useState(false);
  const set = async (on: boolean, remove: boolean): Promise<string | null> => {
    const answer = await client.ask('settings.follow', { on, remove });
    if (!answer.ok) return answer.error.userText;
    setAsking(false);
    await refresh();
    return null;
  };
  const error = errorOf(asked);
  const following = asked.kind === 'answered' ? asked.value : null;
  return (
    <section class="part" aria-labelledby="follow">
      <h2 id="follow">Let settings follow you</h2>
      <p class="soft">
        Your browser’s own sync carries them to other browsers where you are signed in. Its maker
        then stores them. If settings lie there already when you switch this on, those come here.
      </p>
      <AnswerTrouble error={error} again={refresh} />
      {following && (
        <p>
          {following.on ? 'On. ' : 'Off. '}
          {wholeText(followingText(following))}
          {following.changedAt !== null &&
            ` Last changed: ${whenText(following.changedAt, clock.now())}.`}
        </p>
      )}
      {asking && (
        <ConfirmInPlace
          question="Take away what lies there, too?"
          confirm="Take it away"
          busyText="Taking it away…"
          onConfirm={() => set(false, true)}
          onCancel={() => setAsking(false)}
        >
          <p>Other browsers keep the settings that they have, and no longer hear of changes.</p>
        </ConfirmInPlace>
      )}
      {following && !asking && (
        <div class="row">
          <ActButton
            busyText={following.on ? 'Switching it off…' : 'Switching it on…'}
            onAct={() => set(!following.on, false)}
          >
            {following.on ? 'Switch it off' : 'Switch it on'}
          </ActButton>
          {following.there !== 'nothing' && (
            <button type="button" class="button button-bare" onClick={() => setAsking(true)}>
              {following.on
                ? 'Switch it off and take away what lies there…'
                : 'Take away what lies there…'}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
