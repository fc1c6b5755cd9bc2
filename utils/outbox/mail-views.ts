import type { AccountView } from '../accounts/accounts.ts';
import { formatMailbox, type DraftContent } from '../mail/mail.ts';
import { MAIL_GROUPS } from '../vocabulary/vocabulary.ts';
import { sentPageOf } from '../providers/providers.ts';
import { VaultError } from '../vault/vault.ts';
import type { Delivery } from './delivery/delivery.ts';
import { mayHaveArrived } from './moves/mail-moves.ts';
import type { MailRecord, Schedule } from './store/mail-record.ts';
import type { GroupCounts, GroupPage, ListedMail } from './store/mail-store.ts';
import type { MailState, MailView, RejectionView } from './outbox.ts';
import { openContent, type MailContent } from './sealed-mail.ts';

/** Of each group, when nobody says otherwise. */
const NEWEST_SHOWN = 50;

/** The newest of each group as pages see them. What can't be opened is shown with its code and hides nothing else. */
export async function listNewest(
  deps: Delivery,
  most: Partial<GroupCounts> = {},
): Promise<readonly MailView[]> {
  const groups = await Promise.all(
    MAIL_GROUPS.map((group) =>
      showGroup(deps, { group, offset: 0, limit: most[group] ?? NEWEST_SHOWN }),
    ),
  );
  return groups.flat().sort((a, b) => b.updatedAt - a.updatedAt);
}

/** A piece of one group, as pages see it. */
export async function showGroup(deps: Delivery, page: GroupPage): Promise<readonly MailView[]> {
  const listed = await deps.store.page(page);
  return Promise.all(listed.map((mail) => viewOf(deps, mail)));
}

/** One mail, as pages see it; null when there is none. */
export async function showMail(deps: Delivery, id: string): Promise<MailView | null> {
  const listed = await deps.store.listed(id);
  return listed && viewOf(deps, listed);
}

async function viewOf(deps: Delivery, { found, content }: ListedMail): Promise<MailView> {
  if (!found.readable) return unreadableView(found.id, found.code);
  const { record } = found;
  const opened = content ? await opening(deps, record.id, content) : null;
  const mail = typeof opened === 'string' ? null : opened;
  const locked = opened === 'locked';
  return {
    id: record.id,
    accountId: record.accountId,
    state:
      locked && movesByItself(record)
        ? { kind: 'locked' }
        : await stateOf(deps, record, mail?.rejection ?? null),
    subject: mail?.content.subject ?? '',
    recipients: mail ? recipientsOf(mail.content) : '',
    sizeBytes: record.sizeBytes,
    updatedAt: record.updatedAt,
    mayHaveArrived: mayHaveArrived(record),
    sentPage: mayHaveArrived(record) ? await sentPageFor(deps, record) : null,
    unreadable: typeof opened === 'string' && !locked ? opened : null,
  };
}

/** What would be sent, or asked about, if the vault were not locked. */
function movesByItself({ lane, dueAt }: MailRecord): boolean {
  return lane !== null && dueAt !== null;
}

/** The content, or the code of what is wrong with it. */
async function opening(
  deps: Delivery,
  id: string,
  sealed: Uint8Array,
): Promise<MailContent | string> {
  try {
    return await openContent(deps.vault, id, sealed);
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    throw error;
  }
}

/** Of a record that can't be read nothing is known but that it is there. */
function unreadableView(id: string, code: string): MailView {
  return {
    id,
    accountId: null,
    state: { kind: 'refused', code, detail: '' },
    subject: '',
    recipients: '',
    sizeBytes: 0,
    updatedAt: 0,
    mayHaveArrived: false,
    sentPage: null,
    unreadable: code,
  };
}

async function stateOf(
  deps: Delivery,
  record: MailRecord,
  rejection: RejectionView | null,
): Promise<MailState> {
  const { state } = record;
  switch (state.kind) {
    case 'draft':
      return { kind: 'draft', reason: rejection };
    case 'sending':
      return {
        kind: 'sending',
        attempt: record.attempts,
        startedAt: state.startedAt,
        acknowledgedBytes: deps.inFlight.acknowledgedBytes(record.id),
        settling: state.settling,
      };
    case 'held':
      return { kind: 'held', until: state.until };
    case 'at-provider':
      return { ...state, ...scheduleOf(record) };
    case 'scheduled':
    case 'taking-back':
    case 'overdue':
      return { kind: state.kind, ...scheduleOf(record) };
    case 'retry':
      return { kind: 'retry', notBefore: record.dueAt ?? record.updatedAt, reason: state.reason };
    case 'refused':
      return { kind: 'refused', code: state.code, detail: await detailOf(deps, record) };
    case 'sent':
      return { kind: 'sent', sentAt: state.sentAt };
    case 'paused':
      return { kind: 'paused' };
    default:
      return state;
  }
}

/** A record that has lost its time shows when it would have gone. */
function scheduleOf({ schedule, dueAt, updatedAt }: MailRecord): Pick<Schedule, 'at' | 'zone'> {
  if (schedule === null) return { at: dueAt ?? updatedAt, zone: 'UTC' };
  const { at, zone } = schedule;
  return { at, zone };
}

/** Null when the account is not there any more, or can't be opened. */
async function sentPageFor(deps: Delivery, { accountId }: MailRecord): Promise<string | null> {
  const account = accountId === null ? null : await orNoAccount(deps, accountId);
  const provider = account && deps.accounts.provider(account.providerId);
  return provider && sentPageOf(provider.declaration, account.address);
}

/** An account that can't be opened takes none of its mails from the list. */
async function orNoAccount(deps: Delivery, accountId: string): Promise<AccountView | null> {
  try {
    return await deps.accounts.get(accountId);
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

/** The provider's words lie, sealed, with the account. */
async function detailOf(deps: Delivery, { accountId }: MailRecord): Promise<string> {
  if (accountId === null) return '';
  const account = await orNoAccount(deps, accountId);
  return account?.health.kind === 'refused' ? account.health.detail : '';
}

function recipientsOf({ to, cc, bcc }: DraftContent): string {
  const [first, ...others] = [...to, ...cc, ...bcc];
  if (!first) return '';
  const rest = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${formatMailbox(first)}${rest}`;
}
