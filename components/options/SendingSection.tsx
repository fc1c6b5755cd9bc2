import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { createLiveAnswer, errorOf } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { NoticeChoice } from './NoticeChoice.tsx';

const UNDO_SECONDS = [0, 5, 10, 20, 30, 60] as const;
const LATE_MINUTES = [15, 60, 240, 1440, 10_080] as const;

const RECEIPT_DAYS = [1, 7, 30, 90, 365] as const;

const RECEIPT_WORDS = (days: number): string => (days === 1 ? 'One day' : `${days} days`);

const UNDO_WORDS = (seconds: number): string =>
  seconds === 0 ? 'Off: it goes at once' : `${seconds} seconds`;

const LATE_WORDS: Readonly<Record<number, string>> = {
  15: '15 minutes',
  60: 'One hour',
  240: 'Four hours',
  1440: 'One day',
  10080: 'One week',
};

/** What happens between Send and the provider: the undo window, and mails that are late. */
export function SendingSection(): JSX.Element {
  const { client } = useTools();
  const live = useMemo(
    () => createLiveAnswer(client, { name: 'sending.choices', request: {}, changes: ['accounts'] }),
    [client],
  );
  useLayoutEffect(() => () => live.stop(), [live]);
  const choices = useLive(live);
  const error = errorOf(choices);
  return (
    <>
      <p class="soft">What happens between your Send and the provider.</p>
      <AnswerTrouble error={error} again={() => live.refresh()} />
      {choices.kind === 'asking' && <p class="asking">Looking up your settings…</p>}
      {choices.kind === 'answered' && (
        <Choices choices={choices.value} onChanged={() => live.refresh()} />
      )}
      <NoticeChoice />
    </>
  );
}

type SendingChoices = AnswerOf<'sending.choices'>;

function Choices(props: {
  readonly choices: SendingChoices;
  readonly onChanged: () => Promise<void>;
}): JSX.Element {
  const { choices, onChanged } = props;
  const { client } = useTools();
  const [failure, setFailure] = useState<string | null>(null);
  const choose = async (changes: Partial<SendingChoices>): Promise<void> => {
    const answer = await client.ask('sending.choose', { ...choices, ...changes });
    setFailure(answer.ok ? null : answer.error.userText);
    await onChanged();
  };
  return (
    <>
      <Choice
        id="undo-seconds"
        label="Undo after Send"
        help="For so long a mail stays on this device after you press Send, and you can undo it. Nothing is asked of your provider before that."
        value={choices.undoSeconds}
        options={UNDO_SECONDS}
        words={UNDO_WORDS}
        onChoose={(undoSeconds) => choose({ undoSeconds })}
      />
      <Choice
        id="late-minutes"
        label="Ask about a scheduled mail that is late by more than"
        help="This device sends scheduled mails. If it was off, asleep or offline at the time, the mail goes late; if it is later than this, Postern asks you first."
        value={choices.lateToleranceMinutes}
        options={LATE_MINUTES}
        words={(minutes) => LATE_WORDS[minutes] ?? `${minutes} minutes`}
        onChoose={(lateToleranceMinutes) => choose({ lateToleranceMinutes })}
      />
      <Choice
        id="receipt-days"
        label="Keep the receipt of a sent mail for"
        help="A receipt says when a mail was sent, from which account and how large it was: no subject, no address. What is older is wiped; the mail itself lies in your mailbox’s Sent folder. Receipts of mails to many stay until you dismiss their result."
        value={choices.receiptRetentionDays}
        options={RECEIPT_DAYS}
        words={RECEIPT_WORDS}
        onChoose={(receiptRetentionDays) => choose({ receiptRetentionDays })}
      />
      {failure !== null && (
        <p class="failure small" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}

function Choice(props: {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: number;
  readonly options: readonly number[];
  readonly words: (value: number) => string;
  readonly onChoose: (value: number) => Promise<void>;
}): JSX.Element {
  const { id, label, help, value, words } = props;
  // What was chosen elsewhere stays in the list.
  const options = [...new Set([...props.options, value])].sort((a, b) => a - b);
  return (
    <div class="part">
      <div class="field">
        <label for={id}>{label}</label>
        <select
          id={id}
          class="input"
          autocomplete="off"
          aria-describedby={`${id}-help`}
          value={String(value)}
          onChange={({ currentTarget }) => void props.onChoose(Number(currentTarget.value))}
        >
          {options.map((option) => (
            <option key={option} value={String(option)}>
              {words(option)}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-help`} class="soft small">
        {help}
      </p>
    </div>
  );
}
