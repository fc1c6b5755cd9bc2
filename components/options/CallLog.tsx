import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountView, AnswerOf, CallView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { callResultText, purposeText } from '../texts/call-texts.ts';
import { countText, sizeText, whenText } from '../texts/times-and-sizes.ts';

type Overview = AnswerOf<'privacy.overview'>;

const FIRST_SHOWN = 8;
const MORE_SHOWN = 200;

/** Each call of the last days, newest first. Random account ids are joined with their addresses here, on screen. */
export function CallLog(props: {
  readonly overview: Overview;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { overview, accounts } = props;
  const { calls, callLogOn, retentionDays } = overview;
  const [shown, setShown] = useState(FIRST_SHOWN);
  return (
    <section class="part" aria-labelledby="calls">
      <h2 id="calls">Which calls were made</h2>
      <p class="soft">
        {callLogOn
          ? `Each call of the last ${countText(retentionDays, 'day')}, without any content; then it is wiped.`
          : 'The call log is off. Nothing is written down.'}
      </p>
      {callLogOn && calls.length === 0 && <p>No call was made.</p>}
      {calls.length > 0 && (
        <ol class="calls">
          {calls.slice(0, shown).map((call, index) => (
            <CallLine key={`${call.at} ${index}`} call={call} accounts={accounts} />
          ))}
        </ol>
      )}
      {shown < calls.length && (
        <button
          type="button"
          class="button button-small"
          onClick={() => setShown(shown + MORE_SHOWN)}
        >
          Show {Math.min(MORE_SHOWN, calls.length - shown)} more
        </button>
      )}
      <LogActs on={callLogOn} empty={calls.length === 0} />
    </section>
  );
}

function CallLine(props: {
  readonly call: CallView;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { call, accounts } = props;
  const { clock } = useTools();
  const account = accounts.find((one) => one.id === call.accountId);
  const facts = [
    whenText(call.at, clock.now()),
    call.host,
    ...(account ? [account.address] : []),
    `${sizeText(call.requestBytes)} out, ${sizeText(call.answerBytes)} in`,
    `${call.durationMs.toLocaleString('en')} ms`,
    call.status === null
      ? callResultText(call.result)
      : `${callResultText(call.result)} ${call.status}`,
  ];
  return (
    <li>
      {purposeText(call.purpose)}
      <span class="soft small where">{facts.join(' · ')}</span>
    </li>
  );
}

function LogActs(props: { readonly on: boolean; readonly empty: boolean }): JSX.Element {
  const { on, empty } = props;
  const { client } = useTools();
  return (
    <div class="row">
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
  );
}
