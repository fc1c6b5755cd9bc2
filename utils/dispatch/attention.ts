import type { Accounts } from '../accounts/accounts.ts';
import type { AccountView, Change } from '../messaging/messaging.ts';
import type { GroupCounts, Outbox } from '../outbox/outbox.ts';
import type { VaultLock } from '../vault/vault.ts';
import type { Channel, Clock, Log, Notices, Surface } from '../platform/platform.ts';

/** What the toolbar button shows. */
export interface Badge {
  /** '' when nobody is needed. */
  readonly text: string;
  readonly title: string;
}

/** What the badge is made from. */
export interface AttentionParts {
  readonly accounts: Pick<Accounts, 'all'>;
  readonly outbox: Pick<Outbox, 'counts'> & {
    readonly merges: Pick<Outbox['merges'], 'needingPerson'>;
  };
  readonly vault: { readonly lock: Pick<VaultLock, 'isClosing'> };
  readonly surface: Pick<Surface, 'showBadge' | 'badgeText'>;
  readonly notices: Pick<Notices, 'show'>;
  readonly log: Log;
}

/**
 * Tells open pages and the badge what has changed, each thing once, after the turn in which it is
 * said: the answer to who changed it goes out first. All pages of an extension share one thread, and
 * news keeps each of them busy there. It never throws.
 */
export function createNews(
  parts: AttentionParts & {
    readonly channel: Pick<Channel, 'tell'>;
    readonly clock: Pick<Clock, 'sleep'>;
  },
): (change: Change) => void {
  const showAttention = createAttention(parts);
  const untold = new Set<Change>();
  function tellAll(): void {
    const changes = [...untold];
    // First: what is not empty waits to be told, and what comes after it would be waiting with it.
    untold.clear();
    showAttention();
    for (const change of changes) parts.channel.tell(change);
  }
  return (change) => {
    untold.add(change);
    if (untold.size > 1) return;
    parts.clock
      .sleep(0)
      .then(tellAll)
      .catch((error: unknown) => parts.log.report('news', error));
  };
}

/** Keeps the badge true to what needs the person. Returns the act that looks again; it never throws. */
function createAttention(parts: AttentionParts): () => void {
  const look = async (): Promise<void> => {
    const badge = await badgeNow(parts).catch(badgeWhileLocked);
    const before = await parts.surface.badgeText();
    await parts.surface.showBadge(badge.text, badge.title);
    // It names nobody and nothing: a notification is seen by whoever looks at the screen.
    if (badge !== LOCKED && countIn(badge.text) > countIn(before))
      await parts.notices.show(NEEDS_YOU);
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

/** Rejects with the code `locked` when that is why nothing can be counted. */
async function badgeNow({ accounts, outbox, vault }: AttentionParts): Promise<Badge> {
  if (vault.lock.isClosing()) return LOCKED;
  const [all, counts, merges] = await Promise.all([
    accounts.all(),
    outbox.counts(),
    outbox.merges.needingPerson(),
  ]);
  return badgeFor(all.accounts, counts, { unreadableAccounts: all.unreadable.length, merges });
}

const NEEDS_YOU = {
  title: 'Postern needs you',
  text: 'A mail or an account waits for your answer. Click to see which.',
} as const;

/** How many the badge says. When that is not said, nothing that comes after it is more. */
function countIn(text: string): number {
  if (text === '') return 0;
  return /^\d+$/.test(text) ? Number(text) : Infinity;
}

const LOCKED: Badge = { text: 'lock', title: 'Postern is locked: unlock it to go on' };

function badgeWhileLocked(error: unknown): Badge {
  if (error instanceof Error && 'code' in error && error.code === 'locked') return LOCKED;
  throw error;
}

/** The badge for what there is: the number of mails and accounts that need the person. */
export function badgeFor(
  accounts: readonly AccountView[],
  counts: Pick<GroupCounts, 'needs-you' | 'failed'>,
  beside: { readonly unreadableAccounts?: number; readonly merges?: number } = {},
): Badge {
  const { unreadableAccounts = 0, merges = 0 } = beside;
  const waiting = counts['needs-you'] + counts.failed;
  const signIns =
    accounts.filter(({ health }) => health.kind !== 'works' && health.kind !== 'will-ask').length +
    unreadableAccounts;
  const count = waiting + signIns + merges;
  if (count === 0) return { text: '', title: 'Postern' };
  const parts = [
    ...(waiting > 0 ? [waiting === 1 ? '1 mail needs you' : `${waiting} mails need you`] : []),
    ...(signIns > 0
      ? [signIns === 1 ? '1 account needs you' : `${signIns} accounts need you`]
      : []),
    ...(merges > 0 ? [merges === 1 ? '1 merge needs you' : `${merges} merges need you`] : []),
  ];
  return { text: count > 99 ? '99+' : String(count), title: `Postern: ${parts.join(', ')}` };
}
