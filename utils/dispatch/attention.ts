import type { Accounts } from '../accounts/accounts.ts';
import { assertNever } from '../result/result.ts';
import type { AccountView, MailView } from '../messaging/messaging.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Log, Surface } from '../platform/platform.ts';

/** What the toolbar button shows. */
export interface Badge {
  /** '' when nobody is needed. */
  readonly text: string;
  readonly title: string;
}

/** Keeps the badge true to what needs the person. Returns the act that looks again; it never throws. */
export function createAttention(parts: {
  readonly accounts: Pick<Accounts, 'list' | 'unreadable'>;
  readonly outbox: Pick<Outbox, 'list'>;
  readonly surface: Pick<Surface, 'showBadge'>;
  readonly log: Log;
}): () => void {
  const look = async (): Promise<void> => {
    const [accounts, unreadable, mails] = await Promise.all([
      parts.accounts.list(),
      parts.accounts.unreadable(),
      parts.outbox.list(),
    ]);
    const badge = badgeFor(accounts, mails, unreadable.length);
    await parts.surface.showBadge(badge.text, badge.title);
  };
  // One look at a time, or an older one might end last and leave what it saw.
  let wanted = 0;
  const lookUntilSeen = async (): Promise<void> => {
    const seen = wanted;
    await look().catch((error: unknown) => parts.log.report('attention', error));
    if (wanted > seen) await lookUntilSeen();
    else wanted = 0;
  };
  return () => {
    wanted += 1;
    if (wanted === 1) void lookUntilSeen();
  };
}

/** The badge for what there is: the number of mails and accounts that need the person. */
export function badgeFor(
  accounts: readonly AccountView[],
  mails: readonly MailView[],
  unreadableAccounts = 0,
): Badge {
  const waiting = mails.filter(needsPerson).length;
  const signIns =
    accounts.filter(({ health }) => health.kind !== 'works' && health.kind !== 'will-ask').length +
    unreadableAccounts;
  const count = waiting + signIns;
  if (count === 0) return { text: '', title: 'Postern' };
  const parts = [
    ...(waiting > 0 ? [waiting === 1 ? '1 mail needs you' : `${waiting} mails need you`] : []),
    ...(signIns > 0
      ? [signIns === 1 ? '1 account needs you' : `${signIns} accounts need you`]
      : []),
  ];
  return { text: count > 99 ? '99+' : String(count), title: `Postern: ${parts.join(', ')}` };
}

function needsPerson(mail: MailView): boolean {
  const { state } = mail;
  // The popup shows these among those that need the person, whatever they waited for.
  if (mail.unreadable !== null && state.kind !== 'sent') return true;
  switch (state.kind) {
    case 'draft':
      return state.reason !== null;
    case 'waiting-for-sign-in':
    case 'waiting-for-host':
    case 'waiting-for-right':
    case 'refused':
    case 'overdue':
    case 'unconfirmed':
      return true;
    case 'held':
    case 'scheduled':
    case 'queued':
    case 'sending':
    case 'retry':
    case 'sent':
      return false;
    default:
      return assertNever(state);
  }
}
