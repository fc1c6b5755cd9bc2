import type { JSX } from 'preact';
import type { AccountView, CallView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { callResultText, hostName, purposeText } from '../texts/call-texts.ts';
import { sizeText, whenText } from '../texts/times-and-sizes.ts';

/** One call. Its random account id is joined with the account's address here, on screen, and nowhere else. */
export function CallLine(props: {
  readonly call: CallView;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { call, accounts } = props;
  const { clock } = useTools();
  const account = accounts.find((one) => one.id === call.accountId);
  const facts = [
    whenText(call.at, clock.now()),
    hostName(call.host),
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
      {call.requestId !== null && (
        <span class="soft small where">
          The provider’s number for it: <span class="mono">{call.requestId}</span>
        </span>
      )}
    </li>
  );
}
