import type { JSX } from 'preact';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { FollowMe } from './FollowMe.tsx';
import { ImportSettings } from './ImportSettings.tsx';

/** Settings in a file, from a file, and in the browser's own sync. */
export function TakeAlongSection(): JSX.Element {
  return (
    <>
      <p class="soft">
        What you set here can go with you. Accounts, tokens, clients, drafts and addresses never do.
      </p>
      <SaveSettings />
      <ImportSettings />
      <FollowMe />
    </>
  );
}

function SaveSettings(): JSX.Element {
  const { client, clock, saveFile } = useTools();
  const save = async (): Promise<string | null> => {
    const answer = await client.ask('settings.export', {});
    if (!answer.ok) return answer.error.userText;
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    saveFile({
      name: `postern-settings-${day}.json`,
      mediaType: 'application/json',
      text: answer.value.text,
    });
    return null;
  };
  return (
    <section class="part" aria-labelledby="save-settings">
      <h2 id="save-settings">Save the settings</h2>
      <p class="soft">A small file of numbers and switches, readable by anybody who opens it.</p>
      <div class="row">
        <ActButton busyText="Writing the file…" onAct={save}>
          Save as a file
        </ActButton>
      </div>
    </section>
  );
}
