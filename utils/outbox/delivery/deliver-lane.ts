import type { AccountView } from '../../accounts/accounts.ts';
import { limitsFor } from '../../providers/providers.ts';
import { VaultError } from '../../vault/vault.ts';
import type { Delivery } from './delivery.ts';
import { attemptMail } from './attempt-mail.ts';
import { heldByBatch } from '../batches/held-by-batch.ts';
import { takeBack } from './hand-over.ts';
import { askAboutLate, askedIfLate, waitFromNow } from './late-mails.ts';
import { certainlyNotSent, dueNow, WAITING_KINDS } from '../moves/mail-moves.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { NO_WALL, stoppedBy, wallAfter } from './lane-wall.ts';
import { OutboxError } from '../outbox-error.ts';
import { readyMail } from './ready-mail.ts';
import { settleMail } from './settle-mail.ts';

/** A mail that could not be worked on is left alone this long, unless something changes. */
const ASIDE_MS = 60 * 60 * 1000;
/** The same where the browser's storage was at fault. */
const STORAGE_ASIDE_MS = 60 * 1000;

/**
 * Works on the mails of one account, one after the other, until none is due. What an ended worker
 * left in the middle is settled before anything new of it is sent. To be called by one context at a
 * time for each lane.
 */
export async function deliverLane(deps: Delivery, lane: string): Promise<void> {
  await waitFromNow(deps, lane);
  await wakeWaiting(deps, lane);
  await askAboutLate(deps, lane);
  let wall = NO_WALL;
  let lastTurn = '';
  while (deps.isOnline()) {
    const now = deps.clock.now();
    const heldUntil = await deps.store.heldUntil(lane);
    if (heldUntil !== null && heldUntil > now) return;
    const record = await deps.store.nextDue(lane, now, new Set(deps.aside.keys()));
    if (record === null) return;
    // While the vault is locked, and while the lock falls, nothing new begins.
    if (!(await deps.vault.isOpen())) return;
    if (await askedIfLate(deps, record)) continue;
    if (record.earlier === null && (await deps.store.readyAt(lane, now)) > now) return;
    // Each piece of work counts up one of these: a mail that comes again unchanged is stuck.
    const turn = `${record.id} ${record.attempts} ${record.failures}`;
    if (turn === lastTurn) deps.aside.set(record.id, now + ASIDE_MS);
    else if (!(await stoppedBy(deps, wall, { record, now }))) {
      await workOn(deps, record, lane);
      wall = await wallAfter(deps, wall, record.id);
    }
    lastTurn = turn;
  }
}

/** Puts mails back in the queue whose sign-in, right or host has come meanwhile. */
async function wakeWaiting(deps: Delivery, lane: string): Promise<void> {
  const waiting = await deps.store.inState(lane, WAITING_KINDS);
  if (waiting.length === 0 || !(await deps.vault.isOpen())) return;
  const account = await accountOf(deps, lane);
  for (const record of waiting) {
    if (!(await hasCome(deps, record, account))) continue;
    const now = deps.clock.now();
    await deps.store.change(record.id, (current) => {
      const next = current.dueAt === null ? dueNow(current, now) : null;
      return next && { record: next };
    });
    deps.onChange();
  }
}

/** Null also for an account that can't be opened: what waits for it goes on waiting. */
async function accountOf(deps: Delivery, lane: string): Promise<AccountView | null> {
  try {
    return await deps.accounts.get(lane);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    deps.log.report('outbox', error);
    return null;
  }
}

async function hasCome(
  deps: Delivery,
  record: MailRecord,
  account: AccountView | null,
): Promise<boolean> {
  const { state } = record;
  if (account === null) return false;
  switch (state.kind) {
    case 'waiting-for-sign-in':
      return canTry(account) && account.grant !== 'none';
    case 'waiting-for-right':
      return account.grantedRungs.includes(state.rung) || goesWithout(deps, record, account);
    case 'refused':
      return canTry(account);
    case 'waiting-for-host':
      return deps.canReadAllHeaders(state.host);
    default:
      return false;
  }
}

/**
 * True for a mail that waits for a further right, and would go with those that are left: it is small
 * enough, and nothing that was begun with that right can have been handed in.
 */
function goesWithout(deps: Delivery, record: MailRecord, account: AccountView): boolean {
  const { state, schedule, sizeBytes } = record;
  if (state.kind !== 'waiting-for-right') return false;
  // These are about who sends, and not about how: nothing goes without them.
  if (state.rung === 'send' || state.rung === 'shared-mailbox') return false;
  if (schedule?.by === 'provider' || !certainlyNotSent(record)) return false;
  const provider = deps.accounts.provider(account.providerId);
  if (!provider || !account.grantedRungs.includes('send')) return false;
  return sizeBytes <= limitsFor(provider.declaration, account.grantedRungs).messageBytes;
}

/** Nothing is known that stands in the way; where the next send may have to ask, it is tried. */
function canTry({ health }: AccountView): boolean {
  return health.kind === 'works' || health.kind === 'will-ask';
}

/** Takes one mail a step further. Whatever breaks, the others go on. */
async function workOn(deps: Delivery, record: MailRecord, lane: string): Promise<void> {
  try {
    if (await heldByBatch(deps, record)) return;
    const mail = await readyMail(deps, record, lane);
    if (mail === null) return;
    if (record.state.kind === 'taking-back') await takeBack(deps, mail);
    else if (record.earlier === null) await attemptMail(deps, mail, null);
    else await settleMail(deps, mail);
  } catch (error) {
    deps.log.report('outbox', error);
    const passing =
      error instanceof OutboxError || (error instanceof VaultError && error.code === 'storage');
    deps.aside.set(record.id, deps.clock.now() + (passing ? STORAGE_ASIDE_MS : ASIDE_MS));
  } finally {
    deps.onChange();
  }
}
