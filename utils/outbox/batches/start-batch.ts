import type { AccountView } from '../../accounts/accounts.ts';
import type { DraftContent, Mailbox } from '../../mail/mail.ts';
import { daysFor, fillContent, MERGE_LIMITS, planDays } from '../../merge/merge.ts';
import { limitsFor, type ProviderDeclaration } from '../../providers/providers.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { MergeStart } from '../outbox.ts';
import { orNoBytes } from '../queue-mail.ts';
import type { StartMerge } from './merges.ts';
import { chosenSender, fix, lookOver } from '../look-over.ts';
import { alarmFirst, type QueueParts } from '../delivery/alarm-first.ts';
import { openContent, type MailContent } from '../sealed-mail.ts';
import { sealStart, type MadeMail } from './seal-start.ts';
import type { BatchStart } from './batch-store.ts';

/** A daily limit is counted over this long, whatever the clock says. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Wherever it ends before the one transaction, nothing of the merge is there and the draft is as it was. */
export async function startBatch(parts: QueueParts, start: StartMerge): Promise<MergeStart> {
  const { deps } = parts;
  const stored = await deps.store.find(start.draftId);
  if (stored?.record.state.kind !== 'draft' || !stored.content) {
    const known = await deps.store.findBatch(start.draftId);
    return { kind: known ? 'already-started' : 'gone' };
  }
  const { record } = stored;
  if (record.revision !== start.revision) return { kind: 'changed' };
  const account = record.accountId === null ? null : await deps.accounts.get(record.accountId);
  const provider = account && deps.accounts.provider(account.providerId);
  if (!account || !provider) return { kind: 'no-account' };
  if (start.recipients.length === 0) return { kind: 'nobody' };
  const draft = await openContent(deps.vault, record.id, stored.content);
  const { declaration } = provider;
  const { unsubscribe } = start;
  const sender = chosenSender({ ...draft, unsubscribe }, { account, declaration });
  if (sender.kind !== 'sender') return sender;
  const planned = await plan(deps, { start, account, declaration });
  if (planned.kind !== 'planned') return planned;
  const made = makeMails(deps, { start, draft, from: sender.from, account, declaration });
  if (made.kind !== 'made') return made;
  // As long as any mail can be undone, nothing of it leaves: it can be paused or cancelled whole.
  const undoMs = (await deps.choices()).undoSeconds * 1000;
  const delays = planned.delays.map((delayMs) => delayMs + undoMs);
  return orNoBytes<MergeStart>({ kind: 'no-bytes' }, async () => {
    const merge = { start, record, draft, account, made: made.mails, delays };
    return commit(parts, await sealStart(deps, merge), planned.days);
  });
}

type Planned = {
  readonly kind: 'planned';
  readonly delays: readonly number[];
  readonly days: number;
};

async function plan(
  deps: Delivery,
  { start, account, declaration }: Parties,
): Promise<Planned | MergeStart> {
  const count = start.recipients.length;
  const room = await roomToday(deps, account, declaration);
  if (room === null || count <= room.today) {
    return { kind: 'planned', delays: Array<number>(count).fill(0), days: 1 };
  }
  const days = daysFor(count, room);
  if (!start.spread) {
    const { today: leftToday, perDay } = room;
    return { kind: 'over-daily-limit', count, leftToday, perDay, days };
  }
  return { kind: 'planned', delays: planDays(count, room), days };
}

/** How many mails the account may still send in these 24 hours, beside what waits; null for no limit. */
export async function roomToday(
  deps: Delivery,
  account: AccountView,
  declaration: ProviderDeclaration,
): Promise<{ readonly today: number; readonly perDay: number } | null> {
  const { sendsPerDay: perDay } = limitsFor(declaration, account.grantedRungs);
  if (perDay === null) return null;
  const used = await deps.store.sendsOf(account.id, deps.clock.now() - DAY_MS);
  return { today: Math.max(0, perDay - used), perDay };
}

interface Parties {
  readonly start: StartMerge;
  readonly account: AccountView;
  readonly declaration: ProviderDeclaration;
}

function makeMails(
  deps: Delivery,
  {
    start,
    account,
    declaration,
    draft,
    from,
  }: Parties & {
    readonly draft: MailContent;
    readonly from: Mailbox;
  },
): { readonly kind: 'made'; readonly mails: readonly MadeMail[] } | MergeStart {
  const mails: MadeMail[] = [];
  const rows: { row: number; problem: string }[] = [];
  let chars = 0;
  for (const [row, recipient] of start.recipients.entries()) {
    const content = fillContent(draft.content, start.fields, recipient);
    chars += charsOf(content);
    if (chars > MERGE_LIMITS.batchChars) break;
    const fixed = fix(deps, from);
    const mail: MailContent = {
      content,
      suggestions: [],
      alsoFound: '',
      mergePlan: '',
      rejection: null,
      fixed,
      sharedFiles: [],
      unsubscribe: start.unsubscribe,
    };
    const looked = lookOver(mail, fixed, { declaration, account, now: deps.clock.now() });
    if (looked.kind === 'too-large') return looked;
    if (looked.kind === 'fits') {
      mails.push({ id: deps.random.uuid(), content: mail, sizeBytes: looked.sizeBytes });
    } else if (looked.kind === 'problems') {
      rows.push({ row, problem: looked.problems[0] ?? '' });
    }
  }
  const limitChars = MERGE_LIMITS.batchChars;
  if (chars > limitChars) return { kind: 'too-much', chars, limitChars };
  return rows.length > 0 ? { kind: 'problems', rows } : { kind: 'made', mails };
}

function charsOf({ subject, text, html }: DraftContent): number {
  return subject.length + text.length + (html?.length ?? 0);
}

/** One transaction, after the alarm is set that will wake the worker for the mails. */
async function commit(parts: QueueParts, start: BatchStart, days: number): Promise<MergeStart> {
  return alarmFirst(parts, async () => {
    const kind = await parts.deps.store.startBatch(start);
    return kind === 'started' ? { kind, count: start.mails.length, days } : { kind };
  });
}
