import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AccountView, AliasesOutcome } from '../../utils/messaging/messaging.ts';
import { accountAsks } from '../accounts/account-asks.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { aliasesText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { aliasHint } from '../texts/sender-texts.ts';
import { AliasLine, type Line } from './AliasLine.tsx';

const MAX_ALIASES = 50;

type Problems = Extract<AliasesOutcome, { kind: 'problems' }>['problems'];

const NO_PROBLEMS: Line['problems'] = [];

/** Further addresses of the same mailbox, each with the name that recipients see; typed by hand. */
export function AccountAliases({ account }: { readonly account: AccountView }): JSX.Element {
  const { id, aliases } = account;
  const { client } = useTools();
  const [lines, setLines] = useState<readonly Line[]>(() => aliases.map(lineOf));
  const [said, setSaid] = useState('');
  const next = useRef(aliases.length);
  const box = useFocusOnLast(lines.length);

  const change = (key: number, more: Partial<Line>): void => {
    setSaid('');
    setLines(lines.map((line) => (line.key === key ? { ...line, ...more } : line)));
  };
  const save = async (): Promise<string | null> => {
    setSaid('');
    // A line in which nothing stands is none.
    const kept = lines.filter(({ name, address }) => (name + address).trim() !== '');
    const mailboxes = kept.map(({ name, address }) => ({ name, address }));
    const answer = await accountAsks(client, id).setAliases(mailboxes);
    if (!answer.ok) return answer.error.userText;
    const outcome = answer.value;
    if (outcome.kind === 'saved') setLines(outcome.aliases.map(lineOf));
    if (outcome.kind === 'problems') setLines(marked(kept, outcome.problems));
    const text = wholeText(aliasesText(outcome));
    if (outcome.kind !== 'saved') return text;
    setSaid(text);
    return null;
  };
  return (
    <div class="stack" ref={box}>
      <p class="soft small">{aliasHint(account.providerId)}</p>
      {lines.map((line, index) => (
        <AliasLine
          key={line.key}
          id={`alias-${id}-${line.key}`}
          place={index + 1}
          line={line}
          onChange={(more) => change(line.key, more)}
          onRemove={() => setLines(lines.filter(({ key }) => key !== line.key))}
        />
      ))}
      <div class="row">
        {lines.length < MAX_ALIASES && (
          <button
            type="button"
            class="button"
            onClick={() => {
              const line = { key: next.current++, name: '', address: '', problems: NO_PROBLEMS };
              setLines([...lines, line]);
            }}
          >
            <Icon name="plus" />
            Add an address
          </button>
        )}
        {(lines.length > 0 || aliases.length > 0) && (
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

function lineOf({ name, address }: AccountView['aliases'][number], key: number): Line {
  return { key, name, address, problems: NO_PROBLEMS };
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
      [...(box.current?.querySelectorAll<HTMLElement>('.alias-name') ?? [])].at(-1)?.focus();
  }, [count]);
  return box;
}
