import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SettingsFileOutcome } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import {
  leftOutText,
  settingName,
  settingsFileText,
  settingValue,
} from '../texts/setting-texts.ts';

/** More than any settings file; less than what would make the page slow. */
const MOST_CHARS = 1_000_000;

const UNREAD =
  'The browser could not read this file. Nothing was changed. Choose it again, or another one.';

interface Chosen {
  readonly text: string;
  readonly outcome: SettingsFileOutcome;
}

/** Takes settings from a file: what it would change is shown first, and what of it can't be taken. */
export function ImportSettings(): JSX.Element {
  const { client } = useTools();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const ask = async (text: string, take: boolean): Promise<string | null> => {
    const answer = await client.ask('settings.import', { text, take });
    if (!answer.ok) return answer.error.userText;
    setChosen({ text, outcome: answer.value });
    return null;
  };
  const read = async (file: File | undefined): Promise<void> => {
    setChosen(null);
    setFailure(null);
    if (!file) return;
    if (file.size > MOST_CHARS) {
      setChosen({ text: '', outcome: { kind: 'unreadable', why: 'too-large' } });
      return;
    }
    setFailure(
      await file.text().then(
        (text) => ask(text, false),
        () => UNREAD,
      ),
    );
  };
  return (
    <section class="part" aria-labelledby="import-settings">
      <h2 id="import-settings">Take settings from a file</h2>
      <div class="field">
        <label for="settings-file">A file that Postern saved</label>
        <input
          id="settings-file"
          type="file"
          accept=".json,application/json"
          autocomplete="off"
          onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
        />
      </div>
      {failure !== null && (
        <Notice tone="heed" urgent>
          <p>{failure}</p>
        </Notice>
      )}
      {chosen && (
        <Found
          outcome={chosen.outcome}
          onTake={() => ask(chosen.text, true)}
          onLeave={() => setChosen(null)}
        />
      )}
    </section>
  );
}

function Found(props: {
  readonly outcome: SettingsFileOutcome;
  readonly onTake: () => Promise<string | null>;
  readonly onLeave: () => void;
}): JSX.Element {
  const { outcome, onTake, onLeave } = props;
  const text = settingsFileText(outcome);
  if (outcome.kind === 'unreadable') return <OutcomeNotice tone="heed" text={text} />;
  const { changes, leftOut, done } = outcome;
  return (
    <OutcomeNotice tone={done ? 'good' : 'quiet'} text={text}>
      {changes.length > 0 && (
        <ul class="bullets">
          {changes.map(({ name, from, to }) => (
            <li key={name}>
              {settingName(name)}: {settingValue(from)} → {settingValue(to)}
            </li>
          ))}
        </ul>
      )}
      {leftOut.length > 0 && (
        <>
          <p>Left out:</p>
          <ul class="bullets">
            {leftOut.map((one) => (
              <li key={one.name}>{leftOutText(one)}</li>
            ))}
          </ul>
        </>
      )}
      {!done && changes.length > 0 && (
        <div class="row">
          <ActButton busyText="Taking it over…" onAct={onTake}>
            Take it over
          </ActButton>
          <button type="button" class="button button-bare" onClick={onLeave}>
            Leave it
          </button>
        </div>
      )}
    </OutcomeNotice>
  );
}
