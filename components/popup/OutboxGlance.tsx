import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountView, MailView } from '../../utils/messaging/messaging.ts';
import { groupOf, type MailGroup } from '../mail/mail-acts.ts';
import { DraftLine, MailLine, ReceiptLine } from '../mail/MailLine.tsx';

interface Group {
  readonly group: MailGroup;
  readonly name: string;
  /** More than this is behind “Show all”. */
  readonly shown: number;
}

const GROUPS: readonly Group[] = [
  { group: 'needs-you', name: 'Needs you', shown: 10 },
  { group: 'on-its-way', name: 'On its way', shown: 5 },
  { group: 'drafts', name: 'Drafts', shown: 4 },
  { group: 'sent', name: 'Sent', shown: 3 },
];

/** However long the list is, the popup draws no more than this of one group. */
const MOST_SHOWN = 100;

/** The outbox at a glance: first what needs the person, last what is done. */
export function OutboxGlance(props: {
  readonly mails: readonly MailView[];
  readonly accounts: readonly AccountView[];
  /** Says nothing about an empty outbox. */
  readonly quietWhenEmpty: boolean;
}): JSX.Element | null {
  const { mails, accounts, quietWhenEmpty } = props;
  if (mails.length === 0) return quietWhenEmpty ? null : <EmptyOutbox />;
  return (
    <>
      {GROUPS.map((group) => (
        <MailGroupSection
          key={group.group}
          group={group}
          mails={mails.filter((mail) => groupOf(mail) === group.group)}
          accounts={accounts}
        />
      ))}
    </>
  );
}

function EmptyOutbox(): JSX.Element {
  return (
    <div class="empty">
      <h2>Nothing waits</h2>
      <p class="soft">
        What you sent lies in your mailbox’s Sent folder. To write to somebody on a page,
        right-click their address, link or name.
      </p>
    </div>
  );
}

function MailGroupSection(props: {
  readonly group: Group;
  readonly mails: readonly MailView[];
  readonly accounts: readonly AccountView[];
}): JSX.Element | null {
  const { group, mails, accounts } = props;
  const [all, setAll] = useState(false);
  if (mails.length === 0) return null;
  const shown = mails.slice(0, all ? MOST_SHOWN : group.shown);
  const id = `group-${group.group}`;
  return (
    <section class="group" aria-labelledby={id}>
      <h2 id={id} class="group-name">
        {group.name} <span class="soft">{mails.length}</span>
      </h2>
      <ul>
        {shown.map((mail) => (
          <Line key={mail.id} group={group.group} mail={mail} accounts={accounts} />
        ))}
      </ul>
      {shown.length < mails.length && (
        <MoreLine shown={shown.length} total={mails.length} all={all} onAll={() => setAll(true)} />
      )}
    </section>
  );
}

function Line(props: {
  readonly group: MailGroup;
  readonly mail: MailView;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { group, mail, accounts } = props;
  if (group === 'drafts') return <DraftLine mail={mail} />;
  if (group !== 'sent') return <MailLine mail={mail} />;
  const from = accounts.find((account) => account.id === mail.accountId)?.address ?? '';
  return <ReceiptLine mail={mail} from={accounts.length > 1 ? from : ''} />;
}

function MoreLine(props: {
  readonly shown: number;
  readonly total: number;
  readonly all: boolean;
  readonly onAll: () => void;
}): JSX.Element {
  if (props.all) {
    return (
      <p class="soft small">
        The newest {props.shown} of {props.total} are shown.
      </p>
    );
  }
  return (
    <button type="button" class="button button-small button-bare" onClick={props.onAll}>
      Show all {props.total}
    </button>
  );
}
