import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import type { Tone } from '../texts/outcome-text.ts';
import { AttachButton } from './AttachButton.tsx';
import { ScheduleForm } from '../schedule/ScheduleForm.tsx';
import type { DraftKeeper, SaveState } from './draft-keeper.ts';
import type { Sending } from './use-sending.ts';

const SAVE_WORDS: Readonly<Record<SaveState['kind'], { word: string; tone: Tone }>> = {
  saved: { word: 'Saved', tone: 'good' },
  unsaved: { word: 'Saving…', tone: 'quiet' },
  saving: { word: 'Saving…', tone: 'quiet' },
  failed: { word: 'Not saved', tone: 'heed' },
  conflict: { word: 'Not saved', tone: 'heed' },
  'not-a-draft': { word: 'Not saved', tone: 'heed' },
  'kept-as-new': { word: 'Kept as a new draft', tone: 'quiet' },
};

/** Send, attach, whether it is saved, and throwing it away. */
export function ComposeFoot(props: {
  readonly keeper: DraftKeeper;
  readonly sending: Sending;
  readonly onFiles: (files: readonly File[]) => void;
}): JSX.Element {
  const { keeper, sending, onFiles } = props;
  const [asking, setAsking] = useState<'discard' | 'time' | null>(null);
  const { word, tone } = SAVE_WORDS[useLive(keeper.saveState).kind];
  const mac = navigator.platform.startsWith('Mac');
  return (
    <footer class="compose-foot">
      {asking === 'discard' && <DiscardQuestion keeper={keeper} onKeep={() => setAsking(null)} />}
      {asking === 'time' && (
        <ScheduleForm
          main
          mailId={keeper.id}
          onCancel={() => setAsking(null)}
          onChoose={async (schedule) => {
            await sending.schedule(schedule);
            setAsking(null);
            return null;
          }}
        />
      )}
      {asking === null && (
        <>
          <button
            type="button"
            class="button button-wax button-large send"
            aria-disabled={sending.busy}
            aria-keyshortcuts={mac ? 'Meta+Enter' : 'Control+Enter'}
            onClick={() => void sending.send()}
          >
            {sending.busy ? 'Queueing…' : 'Send'}
          </button>
          <button
            type="button"
            class="button button-large"
            aria-disabled={sending.busy}
            onClick={() => setAsking('time')}
          >
            <Icon name="clock" />
            Later
          </button>
          <ToMany keeper={keeper} />
          <AttachButton disabled={sending.busy} onFiles={onFiles} />
          <span class="soft small shortcut">{mac ? '⌘ Return' : 'Ctrl + Enter'}</span>
          {/* No live region: it changes with every pause in typing. What goes wrong is an alert above. */}
          <span class="save-word">
            <StateWord tone={tone} word={word} />
          </span>
          <button type="button" class="button button-bare" onClick={() => setAsking('discard')}>
            Discard
          </button>
        </>
      )}
    </footer>
  );
}

/** The same text to many, one mail each: planned on a page of its own. */
function ToMany({ keeper }: { readonly keeper: DraftKeeper }): JSX.Element {
  const { client, close } = useTools();
  const open = async (): Promise<string | null> => {
    if (!(await keeper.flush())) return 'Your mail could not be stored, so it stays here.';
    const answer = await client.ask('merges.open', { id: keeper.id });
    if (!answer.ok) return answer.error.userText;
    close();
    return null;
  };
  return (
    <ActButton size="large" busyText="Opening…" onAct={open}>
      To many…
    </ActButton>
  );
}

function DiscardQuestion(props: {
  readonly keeper: DraftKeeper;
  readonly onKeep: () => void;
}): JSX.Element {
  const { keeper, onKeep } = props;
  const { client, close } = useTools();
  const discard = async (): Promise<string | null> => {
    keeper.stop();
    const answer = await client.ask('drafts.discard', { id: keeper.id });
    if (!answer.ok) return answer.error.userText;
    close();
    return null;
  };
  return (
    <div class="row" role="group" aria-label="Discard this mail for good?">
      <span>Discard this mail for good?</span>
      <ActButton kind="ink" busyText="Discarding…" onAct={discard}>
        Discard it
      </ActButton>
      <button type="button" class="button" ref={focusOnce} onClick={onKeep}>
        Keep it
      </button>
    </div>
  );
}

/** The safe answer has the focus. Stable, so that it is called once and not with every drawing. */
function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
