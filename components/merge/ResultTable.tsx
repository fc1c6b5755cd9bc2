import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatMailbox } from '../../utils/mail/mail.ts';
import type { MergeView, RowOutcome } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { LongList, type RowPlace } from '../parts/LongList.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { rowOutcomeText, suppressionText } from '../texts/merge-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';

/** The order in which the person wants to see them: what may need them comes first. */
const ORDER: readonly RowOutcome['kind'][] = [
  'needs-you',
  'needs-host',
  'unconfirmed',
  'rejected',
  'sending',
  'waiting',
  'paused',
  'taken-out',
  'not-sent',
  'sent',
];

/** What became of each recipient. */
export function ResultTable({ merge }: { readonly merge: MergeView }): JSX.Element | null {
  const { rows } = merge;
  const items = useMemo(() => {
    const sorted = rows.toSorted(
      (a, b) => ORDER.indexOf(a.outcome.kind) - ORDER.indexOf(b.outcome.kind),
    );
    return new Map(sorted.map((row, at) => [at, { id: row.mailId, row }]));
  }, [rows]);
  if (rows.length === 0) return null;
  return (
    <section class="part" aria-labelledby="merge-rows">
      <h2 id="merge-rows">Each recipient</h2>
      <LongList
        label="Each recipient"
        total={rows.length}
        items={items}
        line={({ id, row }, place) => <Row key={id} row={row} place={place} />}
      />
    </section>
  );
}

function Row(props: {
  readonly row: MergeView['rows'][number];
  readonly place: RowPlace;
}): JSX.Element {
  const { row, place } = props;
  const { client, clock } = useTools();
  const { outcome, address } = row;
  const text = rowOutcomeText(outcome, clock.now());
  const [said, setSaid] = useState('');
  const ask = async (name: 'compose.show' | 'outbox.retry'): Promise<string | null> => {
    const answer = await client.ask(name, { id: row.mailId });
    return answer.ok ? null : answer.error.userText;
  };
  const stop = async (): Promise<string | null> => {
    const request = { addresses: [address], why: 'result' } as const;
    const answer = await client.ask('suppressions.add', request);
    if (!answer.ok) return answer.error.userText;
    setSaid(wholeText(suppressionText(answer.value)));
    return null;
  };
  return (
    <li class="merge-line" {...place}>
      <span class="one-line merge-who">
        <bdi>{formatMailbox(row)}</bdi>
      </span>
      <StateWord tone={text.tone} word={text.word} />
      <span class="small merge-why">{wholeText(text)}</span>
      <span class="row merge-row-acts">
        {(outcome.kind === 'rejected' || outcome.kind === 'taken-out') && (
          <ActButton size="small" busyText="Opening…" onAct={() => ask('compose.show')}>
            Open
          </ActButton>
        )}
        {(outcome.kind === 'needs-you' || outcome.kind === 'needs-host') && (
          <ActButton size="small" busyText="Trying…" onAct={() => ask('outbox.retry')}>
            Try again
          </ActButton>
        )}
        <ActButton
          kind="bare"
          size="small"
          busyText="Adding…"
          label={`Do not mail ${address} again`}
          onAct={stop}
        >
          Do not mail
        </ActButton>
        <span class="soft small" role="status">
          {said}
        </span>
      </span>
    </li>
  );
}
