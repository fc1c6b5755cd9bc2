import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { useLive } from '../live/use-live.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { saveText } from '../texts/outcome-texts.ts';
import { versionOf, type DraftKeeper } from './draft-keeper.ts';
import { joinVersions } from './join-versions.ts';
import { takePending, type Version } from './version.ts';

type Choice = 'mine' | 'theirs' | 'both';

/** What keeps the window's text from being stored, and the way out of each. The text itself stays. */
export function SaveTrouble({ keeper }: { readonly keeper: DraftKeeper }): JSX.Element | null {
  const { client, close } = useTools();
  /** The version that was not chosen, for as long as the window lives. */
  const [aside, setAside] = useState<Version | null>(null);
  const state = useLive(keeper.saveState);
  const version = useLive(keeper.version);

  const choose = async (choice: Choice): Promise<string | null> => {
    const answer = await client.ask('drafts.open', { id: keeper.id });
    if (!answer.ok) return answer.error.userText;
    if (!answer.value) return saveText({ kind: 'not-a-draft' }).happened;
    const mine = keeper.version.value;
    const theirs = versionOf(answer.value);
    setAside(choice === 'mine' ? theirs : choice === 'theirs' ? mine : null);
    const next = { mine, theirs, both: joinVersions(mine, theirs) }[choice];
    await keeper.goOn(next, { version: theirs, revision: answer.value.revision });
    return null;
  };
  const keepAsNew = async (): Promise<string | null> => {
    const { accountId, content } = takePending(keeper.version.value);
    const failure = failureOf(await client.ask('compose.new', { accountId, content }));
    if (failure !== null) return failure;
    keeper.leaveToNew();
    close();
    return null;
  };
  const swap = (): void => {
    if (aside === null) return;
    setAside(keeper.version.value);
    keeper.change(aside);
  };

  switch (state.kind) {
    case 'conflict':
      return <Conflict onChoose={choose} />;
    case 'not-a-draft':
      return (
        <OutcomeNotice tone="heed" text={saveText(state)}>
          <div class="row">
            <ActButton size="small" busyText="Keeping…" onAct={keepAsNew}>
              Keep it as a new draft
            </ActButton>
            <CopyText version={version} />
          </div>
        </OutcomeNotice>
      );
    case 'failed':
      return (
        <Notice tone="heed" urgent>
          <div>
            <p>
              <strong>This mail is not saved.</strong>
            </p>
            <p>
              {state.error.userText} What you wrote is still in this window, and saving is tried
              again every few seconds.
            </p>
          </div>
          <div class="row">
            <ActButton
              size="small"
              busyText="Saving…"
              onAct={async () => {
                await keeper.flush();
                return null;
              }}
            >
              Save now
            </ActButton>
            <CopyText version={version} />
          </div>
        </Notice>
      );
    case 'kept-as-new':
      return null;
    case 'saved':
    case 'saving':
    case 'unsaved':
      return aside === null ? null : (
        <Notice tone="quiet">
          <div class="row">
            <span>The other version is kept in this window until you close it.</span>
            <button type="button" class="button button-small" onClick={swap}>
              Swap them
            </button>
          </div>
        </Notice>
      );
  }
}

function Conflict(props: {
  readonly onChoose: (choice: Choice) => Promise<string | null>;
}): JSX.Element {
  const { onChoose } = props;
  return (
    <OutcomeNotice tone="heed" text={saveText({ kind: 'conflict', revision: 0 })}>
      <div class="row">
        <ActButton size="small" busyText="Joining…" onAct={() => onChoose('both')}>
          Keep both texts
        </ActButton>
        <ActButton size="small" busyText="Saving…" onAct={() => onChoose('mine')}>
          Keep this one
        </ActButton>
        <ActButton size="small" busyText="Opening…" onAct={() => onChoose('theirs')}>
          Take the other
        </ActButton>
      </div>
    </OutcomeNotice>
  );
}

function CopyText({ version }: { readonly version: Version }): JSX.Element {
  const [copied, setCopied] = useState(false);
  return (
    <ActButton
      size="small"
      busyText="Copying…"
      onAct={async () => {
        const { subject, text } = version.content;
        try {
          await navigator.clipboard.writeText(subject === '' ? text : `${subject}\n\n${text}`);
        } catch {
          return 'The browser did not let it be copied. Select the text and copy it by hand.';
        }
        setCopied(true);
        return null;
      }}
    >
      {copied ? 'Copied' : 'Copy the text'}
    </ActButton>
  );
}
