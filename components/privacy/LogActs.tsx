import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AnswerOf, CallView, Client } from '../../utils/messaging/messaging.ts';
import { callLogFile, type LogForm } from '../export/call-log-file.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { EVERY_CALL } from './CallFilters.tsx';

/** What can be done with the log: keep it shorter or longer, take it along, wipe it, switch it off. */
export function LogActs(props: {
  readonly overview: AnswerOf<'privacy.overview'>;
  readonly empty: boolean;
}): JSX.Element {
  const { overview, empty } = props;
  const { callLogOn: on, retentionDays } = overview;
  const { client } = useTools();
  return (
    <>
      {on && <KeptDays key={retentionDays} days={retentionDays} />}
      <div class="row">
        {!empty && <SaveLog form="csv" name="Save as CSV" />}
        {!empty && <SaveLog form="json" name="Save as JSON" />}
        <ActButton
          busyText={on ? 'Switching it off…' : 'Switching it on…'}
          onAct={async () => failureOf(await client.ask('privacy.set-call-log', { on: !on }))}
        >
          {on ? 'Switch the call log off and wipe it' : 'Switch the call log on'}
        </ActButton>
        {on && !empty && (
          <ActButton
            kind="bare"
            busyText="Wiping…"
            onAct={async () => failureOf(await client.ask('privacy.clear-call-log', {}))}
          >
            Wipe the log
          </ActButton>
        )}
      </div>
    </>
  );
}

/** How long calls are kept. Less wipes what is older at once, which is said before. */
function KeptDays({ days }: { readonly days: number }): JSX.Element {
  const { client } = useTools();
  const [typed, setTyped] = useState(String(days));
  const box = useRef<HTMLDivElement>(null);
  const wanted = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  const fits = wanted >= 1 && wanted <= 365;
  const keep = async (): Promise<string | null> => {
    if (!fits) return 'Write a number of days from 1 to 365. Nothing was changed.';
    return failureOf(await client.ask('privacy.keep-log-for', { days: wanted }));
  };
  return (
    <div class="kept-days" ref={box}>
      <div class="field">
        <label for="kept-days">Days to keep calls and counts</label>
        <input
          id="kept-days"
          class="input"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter') box.current?.querySelector('button')?.click();
          }}
        />
      </div>
      {typed.trim() !== String(days) && (
        <ActButton busyText="Wiping what is older…" onAct={keep}>
          {fits && wanted < days
            ? 'Keep these days, and wipe what is older now'
            : 'Keep these days'}
        </ActButton>
      )}
    </div>
  );
}

function SaveLog({ form, name }: { readonly form: LogForm; readonly name: string }): JSX.Element {
  const { client, clock, saveFile } = useTools();
  const save = async (): Promise<string | null> => {
    const calls = await wholeLog(client);
    if (typeof calls === 'string') return calls;
    saveFile(callLogFile(calls, form, clock.now()));
    return null;
  };
  return (
    <ActButton busyText="Reading the log…" onAct={save}>
      {name}
    </ActButton>
  );
}

const PIECE = 2_000;

/** Every call, asked in pieces; a sentence when the worker did not answer. */
async function wholeLog(client: Client): Promise<readonly CallView[] | string> {
  const calls: CallView[] = [];
  for (;;) {
    const request = { ...EVERY_CALL, offset: calls.length, limit: PIECE };
    const answer = await client.ask('privacy.calls', request);
    if (!answer.ok) return answer.error.userText;
    calls.push(...answer.value.calls);
    if (answer.value.calls.length < PIECE) return calls;
  }
}
