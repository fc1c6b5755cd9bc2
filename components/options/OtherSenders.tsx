import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AccountView, OtherSendersOutcome } from '../../utils/messaging/messaging.ts';
import { accountAsks } from '../accounts/account-asks.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { otherSendersText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { otherSendersHint, SHARED_MAILBOX_HINT } from '../texts/sender-texts.ts';
import { OtherSenderLine, type Line } from './OtherSenderLine.tsx';

const MAX_SENDERS = 50;

type Problems = Extract<OtherSendersOutcome, { kind: 'problems' }>['problems'];

const NO_PROBLEMS: Line['problems'] = [];

/**
 * Further addresses to send from, each with the name that recipients see: aliases of the same mailbox
 * and, where such an account can have them, shared mailboxes. Typed by hand.
 */
export function OtherSenders(props: {
  readonly account: AccountView;
  /** Whether this account can send from shared mailboxes, with the right for that. */
  readonly shares: boolean;
}): JSX.Element {
  const { account, shares } = props;
  const { id, otherSenders } = account;
  const { client } = useTools();
  const [lines, setLines] = useState<readonly Line[]>(() => otherSenders.map(lineOf));
  const [said, setSaid] = useState('');
  const next = useRef(otherSenders.length);
  const box = useFocusOnLast(lines.length);

  const change = (key: number, more: Partial<Line>): void => {
    setSaid('');
    setLines(lines.map((line) => (line.key === key ? { ...line, ...more } : line)));
  };
  const save = async (): Promise<string | null> => {
    setSaid('');
    // A line in which nothing stands is none.
    const kept = lines.filter(({ name, address }) => (name + address).trim() !== '');
    const senders = kept.map(({ kind, name, address }) => ({ kind, name, address }));
    const answer = await accountAsks(client, id).setOtherSenders(senders);
    if (!answer.ok) return answer.error.userText;
    const outcome = answer.value;
    if (outcome.kind === 'saved') setLines(outcome.otherSenders.map(lineOf));
    if (outcome.kind === 'problems') setLines(marked(kept, outcome.problems));
    const text = wholeText(otherSendersText(outcome));
    if (outcome.kind !== 'saved') return text;
    setSaid(text);
    return null;
  };
  return (
    <div class="stack" ref={box}>
      <p class="soft small">{otherSendersHint(account.providerId)}</p>
      {shares && <p class="soft small">{SHARED_MAILBOX_HINT}</p>}
      {lines.map((line, index) => (
        <OtherSenderLine
          key={line.key}
          id={`sender-${id}-${line.key}`}
          place={index + 1}
          line={line}
          shares={shares}
          onChange={(more) => change(line.key, more)}
          onRemove={() => setLines(lines.filter(({ key }) => key !== line.key))}
        />
      ))}
      <div class="row">
        {lines.length < MAX_SENDERS && (
          <button
            type="button"
            class="button"
            onClick={() => setLines([...lines, emptyLine(next.current++)])}
          >
            <Icon name="plus" />
            Add an address
          </button>
        )}
        {(lines.length > 0 || otherSenders.length > 0) && (
          <ActButton
            busyText="Saving…"
            label={`Save the addresses of ${account.address}`}
            onAct={save}
          >
            Save
          </ActButton>
        )}
        <span class="soft small" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}

function emptyLine(key: number): Line {
  return { key, kind: 'alias', name: '', address: '', problems: NO_PROBLEMS };
}

function lineOf({ kind, name, address }: AccountView['otherSenders'][number], key: number): Line {
  return { key, kind, name, address, problems: NO_PROBLEMS };
}

function marked(lines: readonly Line[], problems: Problems): readonly Line[] {
  return lines.map((line, at) => ({
    ...line,
    problems: problems.filter(({ index }) => index === at).map(({ what }) => what),
  }));
}

/** Puts the focus into a line that was added. */
function useFocusOnLast(count: number): { current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(count);
  useLayoutEffect(() => {
    const added = count > before.current;
    before.current = count;
    if (added)
      [...(box.current?.querySelectorAll<HTMLElement>('.sender-name') ?? [])].at(-1)?.focus();
  }, [count]);
  return box;
}
