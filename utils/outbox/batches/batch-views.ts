import { VaultError } from '../../vault/vault.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { MailRecord } from '../store/mail-record.ts';
import type { MergeSummary, MergeView, RowOutcome } from '../outbox.ts';
import { openContent } from '../sealed-mail.ts';
import { draftOfBatch, isRejected } from './batch-moves.ts';
import { openBatch, type BatchContent, type BatchRecord } from './batch-record.ts';

/** Every merge in one line, newest first. */
export async function listBatches(deps: Delivery): Promise<readonly MergeSummary[]> {
  return summaries(deps, await deps.store.batches());
}

/** Those that have mails which wait, are under way or need the person. Of the others no mail is read. */
export async function listUnfinished(deps: Delivery): Promise<readonly MergeSummary[]> {
  const batches = await deps.store.batches();
  const unsent = await Promise.all(batches.map(({ id }) => deps.store.unsentOfBatch(id)));
  const all = await summaries(
    deps,
    batches.filter((_, at) => unsent[at] !== 0),
  );
  return all.filter(({ counts: { waiting, unconfirmed, rejected, needsYou } }) =>
    [waiting, unconfirmed, rejected, needsYou].some((count) => count > 0),
  );
}

function summaries(
  deps: Delivery,
  batches: readonly BatchRecord[],
): Promise<readonly MergeSummary[]> {
  const sorted = [...batches].sort((a, b) => b.createdAt - a.createdAt);
  return Promise.all(
    sorted.map(async (batch) =>
      summaryOf(batch, await deps.store.mailsOfBatch(batch.id), await opened(deps, batch)),
    ),
  );
}

const NEEDS_PERSON: readonly MailRecord['state']['kind'][] = [
  'draft',
  'unconfirmed',
  'waiting-for-sign-in',
  'waiting-for-host',
  'waiting-for-right',
  'refused',
];

/** Refused after its recipient had come onto the do-not-mail list: nothing is left to be done about it. */
function isDroppedForGood({ state, apart, dropped }: MailRecord): boolean {
  return state.kind === 'draft' && dropped && !apart;
}

/** How many merges have a mail that needs the person; one that was taken out is counted by itself. */
export async function countNeedingPerson({ store }: Delivery): Promise<number> {
  const each = await Promise.all(
    (await store.batches()).map(({ id }) => store.batchMailsInState(id, NEEDS_PERSON)),
  );
  return each.filter((mails) => mails.some((mail) => !mail.apart && !isDroppedForGood(mail)))
    .length;
}

/** A merge with what became of each recipient; null when there is none (any more). */
export async function showBatch(deps: Delivery, id: string): Promise<MergeView | null> {
  const batch = await deps.store.findBatch(id);
  if (batch === null) return null;
  const mails = new Map((await deps.store.mailsOfBatch(id)).map((mail) => [mail.id, mail]));
  const content = await opened(deps, batch);
  const people = typeof content === 'string' ? [] : content.people;
  const rows = await Promise.all(
    people.map(async ({ mailId, name, address }) => ({
      mailId,
      name,
      address,
      outcome: await outcomeOf(deps, mails.get(mailId) ?? null),
    })),
  );
  const all = [...mails.values()];
  const canGoBack =
    draftOfBatch(batch, all, deps.clock.now()) !== null && (await deps.store.keepsDraft(id));
  return { ...summaryOf(batch, all, content), canGoBack, rows };
}

/** The content, or the code of what is wrong with it. */
async function opened(deps: Delivery, batch: BatchRecord): Promise<BatchContent | string> {
  try {
    return await openBatch(deps.vault, batch);
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    throw error;
  }
}

function summaryOf(
  batch: BatchRecord,
  mails: readonly MailRecord[],
  content: BatchContent | string,
): MergeSummary {
  const counts = { sent: 0, waiting: 0, unconfirmed: 0, rejected: 0, needsYou: 0, notSent: 0 };
  let [nextAt, lastAt]: (number | null)[] = [null, null];
  for (const mail of mails) {
    counts[countOf(mail)] += 1;
    if (mail.dueAt === null || mail.state.kind === 'sent') continue;
    nextAt = Math.min(nextAt ?? mail.dueAt, mail.dueAt);
    lastAt = Math.max(lastAt ?? mail.dueAt, mail.dueAt);
  }
  counts.notSent += batch.total - mails.length;
  const { id, accountId, control, createdAt, total } = batch;
  const unreadable = typeof content === 'string' ? content : null;
  const subject = typeof content === 'string' ? '' : content.subject;
  const times = { nextAt: nextAt ?? null, lastAt: lastAt ?? null };
  return { id, accountId, subject, control, createdAt, total, counts, ...times, unreadable };
}

function countOf(mail: MailRecord): keyof MergeSummary['counts'] {
  const { state } = mail;
  switch (state.kind) {
    case 'sent':
    case 'unconfirmed':
      return state.kind;
    case 'draft':
      return isRejected(mail) ? 'rejected' : 'notSent';
    case 'waiting-for-sign-in':
    case 'waiting-for-host':
    case 'waiting-for-right':
    case 'refused':
      return 'needsYou';
    default:
      return 'waiting';
  }
}

/** Null for a mail that is not there: it was cancelled, or discarded. */
async function outcomeOf(deps: Delivery, mail: MailRecord | null): Promise<RowOutcome> {
  if (mail === null || isDroppedForGood(mail)) return { kind: 'not-sent' };
  const { state } = mail;
  switch (state.kind) {
    case 'draft':
      return mail.apart ? { kind: 'taken-out' } : rejectionOf(deps, mail);
    case 'sent':
      return { kind: 'sent', sentAt: state.sentAt };
    case 'unconfirmed':
    case 'paused':
      return state.kind === 'paused' ? { kind: 'paused' } : state;
    case 'sending':
      return { kind: 'sending' };
    case 'waiting-for-sign-in':
      return { kind: 'needs-you', why: 'sign-in', code: state.why };
    case 'waiting-for-right':
      return { kind: 'needs-you', why: 'right', code: '' };
    case 'waiting-for-host':
      return { kind: 'needs-host', host: state.host };
    case 'refused':
      return { kind: 'needs-you', why: 'refused', code: state.code };
    default:
      return { kind: 'waiting', dueAt: mail.dueAt ?? mail.updatedAt };
  }
}

/** Why the provider will not take it lies in its sealed content. */
async function rejectionOf(deps: Delivery, { id }: MailRecord): Promise<RowOutcome> {
  const stored = await deps.store.find(id);
  if (!stored?.content) return { kind: 'not-sent' };
  try {
    const { rejection } = await openContent(deps.vault, id, stored.content);
    return { kind: 'rejected', code: rejection?.code ?? '', detail: rejection?.detail ?? '' };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return { kind: 'needs-you', why: 'unreadable', code: error.code };
  }
}
