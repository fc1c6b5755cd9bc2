import type { JSX } from 'preact';
import type {
  AccountView,
  GroupCounts,
  MailView,
  MergeSummary,
} from '../../utils/messaging/messaging.ts';
import { groupOf, type MailGroup } from '../mail/mail-acts.ts';
import { DraftLine, MailLine, ReceiptLine } from '../mail/MailLine.tsx';
import { needsPerson } from '../texts/merge-progress.ts';
import { byUrgency, MergeLine } from './MergeLines.tsx';

type GlanceGroup = 'needs-you' | 'on-its-way' | 'drafts' | 'sent';

interface Group {
  readonly group: GlanceGroup;
  readonly name: string;
  /** More than this is on the page of the outbox. */
  readonly shown: number;
  /** The groups of the outbox that are shown together here; the page opens with the first. */
  readonly of: readonly MailGroup[];
}

const GROUPS: readonly Group[] = [
  { group: 'needs-you', name: 'Needs you', shown: 10, of: ['needs-you', 'failed'] },
  { group: 'on-its-way', name: 'On its way', shown: 5, of: ['waiting', 'sending'] },
  { group: 'drafts', name: 'Drafts', shown: 4, of: ['drafts'] },
  { group: 'sent', name: 'Sent', shown: 3, of: ['sent'] },
];

/** More merges than this of a group are in the settings. */
const MERGES_SHOWN = 3;

/** The outbox at a glance: first what needs the person, last what is done. */
export function OutboxGlance(props: {
  /** The newest of each group. */
  readonly mails: readonly MailView[];
  readonly counts: GroupCounts;
  /** Those that are not over. */
  readonly merges: readonly MergeSummary[];
  readonly accounts: readonly AccountView[];
  /** Says nothing about an empty outbox. */
  readonly quietWhenEmpty: boolean;
}): JSX.Element | null {
  const { mails, counts, accounts, quietWhenEmpty } = props;
  const merges = byUrgency(props.merges);
  if (mails.length === 0 && merges.length === 0) return quietWhenEmpty ? null : <EmptyOutbox />;
  return (
    <>
      {GROUPS.map((group) => (
        <MailGroupSection
          key={group.group}
          group={group}
          mails={mails.filter((mail) => shownIn(mail, group))}
          total={totalOf(group, mails, counts)}
          merges={merges.filter((merge) => mergesIn(merge) === group.group)}
          accounts={accounts}
        />
      ))}
      <a class="button button-small button-bare outbox-link" href="/outbox.html" target="_blank">
        Open the outbox
      </a>
    </>
  );
}

function mergesIn(merge: MergeSummary): GlanceGroup {
  return needsPerson(merge) ? 'needs-you' : 'on-its-way';
}

/** What can't be opened needs the person, whatever it waited for. */
function shownIn(mail: MailView, { group, of }: Group): boolean {
  if (mail.unreadable === null || mail.state.kind === 'sent') return of.includes(groupOf(mail));
  return group === 'needs-you';
}

/** The worker counts by state: what is shown in another group here is counted there. */
function totalOf(group: Group, mails: readonly MailView[], counts: GroupCounts): number {
  const counted = group.of.reduce((sum, each) => sum + counts[each], 0);
  const here = mails.filter((mail) => shownIn(mail, group)).length;
  const byState = mails.filter((mail) => group.of.includes(groupOf(mail))).length;
  return Math.max(here, counted + here - byState);
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
  readonly total: number;
  readonly merges: readonly MergeSummary[];
  readonly accounts: readonly AccountView[];
}): JSX.Element | null {
  const { group, mails, total, merges, accounts } = props;
  if (mails.length + merges.length === 0) return null;
  const shown = mails.slice(0, group.shown);
  const id = `group-${group.group}`;
  return (
    <section class="group" aria-labelledby={id}>
      <h2 id={id} class="group-name">
        {group.name} <span class="soft">{total + merges.length}</span>
      </h2>
      <ul>
        {merges.slice(0, MERGES_SHOWN).map((merge) => (
          <MergeLine key={merge.id} merge={merge} />
        ))}
        {shown.map((mail) => (
          <Line key={mail.id} group={group.group} mail={mail} accounts={accounts} />
        ))}
      </ul>
      {merges.length > MERGES_SHOWN && (
        <a class="button button-small button-bare" href="/options.html#merges" target="_blank">
          Show all merges
        </a>
      )}
      {shown.length < total && (
        <a
          class="button button-small button-bare"
          href={`/outbox.html#${group.of.find((each) => mails.some((one) => groupOf(one) === each)) ?? ''}`}
          target="_blank"
        >
          Show all {total}
        </a>
      )}
    </section>
  );
}

function Line(props: {
  readonly group: GlanceGroup;
  readonly mail: MailView;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { group, mail, accounts } = props;
  if (group === 'drafts') return <DraftLine mail={mail} />;
  if (group !== 'sent') return <MailLine mail={mail} />;
  const from = accounts.find((account) => account.id === mail.accountId)?.address ?? '';
  return <ReceiptLine mail={mail} from={accounts.length > 1 ? from : ''} />;
}
