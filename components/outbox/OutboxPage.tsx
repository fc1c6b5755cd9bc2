import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type {
  AccountView,
  AnswerOf,
  GroupCounts,
  MailView,
} from '../../utils/messaging/messaging.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { UnlockPrompt } from '../lock/UnlockPrompt.tsx';
import { isLocked } from '../lock/use-lock.ts';
import type { MailGroup } from '../mail/mail-acts.ts';
import { DraftLine, MailLine, ReceiptLine } from '../mail/MailLine.tsx';
import { useHash } from '../options/use-hash.ts';
import { Mark } from '../parts/Icon.tsx';
import { LongList, type RowPlace } from '../parts/LongList.tsx';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { GROUP_TEXTS } from '../texts/outbox-texts.ts';
import { MergesHere } from './MergesHere.tsx';
import { useGroup } from './use-group.ts';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';
import '../lock/lock.css';
import './outbox.css';

/** What the page of the outbox is opened with. */
export interface OutboxPageProps {
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
}

const GROUPS = Object.keys(GROUP_TEXTS) as readonly MailGroup[];

/** The whole outbox, one part at a time, named by the address: what needs the person comes first. */
export function OutboxPage(props: OutboxPageProps): JSX.Element {
  const hash = useHash();
  const accounts = useLive(props.accounts);
  const wanted = GROUPS.find((group) => group === hash) ?? null;
  return (
    <main class="outbox">
      <header class="outbox-head">
        <Mark />
        <h1>Outbox</h1>
      </header>
      {isLocked(accounts) ? (
        <UnlockPrompt level={2} />
      ) : (
        <Groups
          wanted={wanted}
          accounts={accounts.kind === 'answered' ? accounts.value.accounts : []}
        />
      )}
    </main>
  );
}

function Groups(props: {
  /** Null: the first in which there is anything. */
  readonly wanted: MailGroup | null;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { seen: first } = useGroup('needs-you');
  /** Where the page opened: it stays there when the last of a part is dealt with. */
  const opened = useRef<MailGroup | null>(null);
  const { counts } = first;
  if (counts !== null) opened.current ??= GROUPS.find((group) => counts[group] > 0) ?? 'needs-you';
  const group = props.wanted ?? opened.current ?? 'needs-you';
  return (
    <>
      <GroupLinks current={group} counts={counts} />
      <Group key={group} group={group} accounts={props.accounts} />
    </>
  );
}

function GroupLinks(props: {
  readonly current: MailGroup;
  readonly counts: GroupCounts | null;
}): JSX.Element {
  const { current, counts } = props;
  return (
    <nav class="outbox-groups" aria-label="Parts of the outbox">
      <ul>
        {GROUPS.map((group) => (
          <li key={group}>
            <a href={`#${group}`} aria-current={group === current ? 'page' : undefined}>
              {GROUP_TEXTS[group].name}{' '}
              <span class="soft small">{counts?.[group].toLocaleString('en') ?? ''}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Group(props: {
  readonly group: MailGroup;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { group, accounts } = props;
  const { pages, seen } = useGroup(group);
  const text = GROUP_TEXTS[group];
  const heading = useRef<HTMLHeadingElement>(null);
  const total = seen.counts?.[group] ?? 0;
  useEffect(() => {
    document.title = `${text.name} – Outbox – Postern`;
    window.scrollTo({ top: 0 });
  }, [text]);
  return (
    <section class="outbox-group" aria-labelledby="group">
      <h2 id="group" ref={heading}>
        {text.name}
      </h2>
      <p class="soft">{text.lead}</p>
      <AnswerTrouble error={seen.error} again={() => pages.refresh()} />
      <MergesHere group={group} />
      {seen.counts === null ? (
        seen.error === null && <p class="asking">Looking into your outbox…</p>
      ) : total === 0 ? (
        <p>{text.empty}</p>
      ) : (
        <LongList
          label={text.name}
          total={total}
          items={seen.mails}
          onShow={pages.show}
          line={(mail, place) => <Line key={mail.id} {...{ group, mail, place, accounts }} />}
        />
      )}
    </section>
  );
}

function Line(props: {
  readonly group: MailGroup;
  readonly mail: MailView;
  readonly place: RowPlace;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { group, mail, place, accounts } = props;
  const address = accounts.find((account) => account.id === mail.accountId)?.address ?? '';
  const from = accounts.length > 1 ? address : '';
  if (group === 'drafts' && mail.unreadable === null)
    return <DraftLine mail={mail} place={place} />;
  if (mail.state.kind === 'sent') return <ReceiptLine mail={mail} from={from} place={place} />;
  return <MailLine mail={mail} from={from} place={place} />;
}
