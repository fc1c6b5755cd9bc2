import type { AccountView } from '../accounts/accounts.ts';
import {
  draftProblems,
  sameAddress,
  wireAddress,
  type DraftContent,
  type Mailbox,
} from '../mail/mail.ts';
import { createMessageSource, MimeError } from '../mime/mime.ts';
import type { EpochMs } from '../platform/platform.ts';
import { limitsFor, rungForSize, type ProviderDeclaration } from '../providers/providers.ts';
import { alarmFirst, type QueueParts } from './alarm-first.ts';
import type { Delivery } from './delivery.ts';
import type { Departure } from './departure.ts';
import { queued } from './mail-moves.ts';
import type { MailRecord } from './mail-record.ts';
import type { Change, StoredMail } from './mail-store.ts';
import { OutboxError } from './outbox-error.ts';
import type { QueueOutcome } from './outbox.ts';
import { queuedParts, type FixedMail } from './queued-message.ts';
import { openContent, sealContent } from './sealed-mail.ts';

/** Fixes sender, ids and content of a draft as it was last saved, and queues it once. */
export async function queueMail(
  parts: QueueParts,
  id: string,
  departure: Departure,
): Promise<QueueOutcome> {
  const { deps } = parts;
  for (;;) {
    const stored = await deps.store.find(id);
    if (!stored) return { kind: 'gone' };
    const { record } = stored;
    if (record.state.kind !== 'draft' || !stored.content) return { kind: 'already-queued' };
    const account = record.accountId === null ? null : await deps.accounts.get(record.accountId);
    const provider = account && deps.accounts.provider(account.providerId);
    if (!account || !provider) return { kind: 'no-account' };
    const mail = await openContent(deps.vault, id, stored.content);
    const from = senderOf(account, mail.content.fromAlias);
    if (!from) return NO_ALIAS;
    const fixed = fix(deps, from);
    const { declaration } = provider;
    const looked = look(mail.content, fixed, { declaration, account, now: deps.clock.now() });
    if (looked.kind !== 'fits') return looked;
    if (!(await haveBytes(deps, id, mail.content))) return NO_BYTES;
    const content = await sealContent(deps.vault, id, { ...mail, rejection: null, fixed });
    const going = { sizeBytes: looked.sizeBytes, departure };
    const keepFiles = mail.content.attachments;
    const outcome = await commit(parts, { record, content, keepFiles }, going);
    // Another window saved in between: what it saved is the draft as it was last saved.
    if (outcome.kind !== 'changed') return outcome;
  }
}

/** Taken off the account since; never sent from another address than the one that was chosen. */
const NO_ALIAS: QueueOutcome = { kind: 'problems', problems: ['from: unknown-alias'] };
const NO_BYTES: QueueOutcome = { kind: 'problems', problems: ['attachments: no-bytes'] };

/** Looked at before anything is set going; the transaction looks again. */
async function haveBytes(
  { store }: Delivery,
  mailId: string,
  { attachments }: DraftContent,
): Promise<boolean> {
  for (const { id: fileId, sizeBytes } of attachments) {
    const file = await store.findFile({ mailId, fileId });
    if (file?.complete !== true || file.sizeBytes !== sizeBytes) return false;
  }
  return true;
}

/** One transaction, after the alarm is set that will wake the worker for the mail. */
async function commit(
  parts: QueueParts,
  { record: seen, ...kept }: StoredMail & Pick<Change, 'keepFiles'>,
  going: { readonly sizeBytes: number; readonly departure: Departure },
): Promise<QueueOutcome | { readonly kind: 'changed' }> {
  const { id, revision } = seen;
  const { deps } = parts;
  return alarmFirst(parts, async () => {
    let outcome: QueueOutcome | { readonly kind: 'changed' } = { kind: 'gone' };
    try {
      await deps.store.change(id, (current) => {
        const record = queued(current, { ...going, now: deps.clock.now() });
        outcome = { kind: 'already-queued' };
        if (record === null) return null;
        outcome = { kind: 'changed' };
        if (current.revision !== revision) return null;
        outcome = departed(record);
        return { record, ...kept };
      });
    } catch (error) {
      if (!(error instanceof OutboxError) || error.code !== 'no-bytes') throw error;
      return NO_BYTES;
    }
    return outcome;
  });
}

function departed({ state, schedule }: MailRecord): QueueOutcome {
  if (state.kind === 'held') return { kind: 'held', until: state.until };
  return schedule === null ? { kind: 'queued' } : { kind: 'scheduled', at: schedule.at };
}

/** Who stands in From; null when the account has no such alias. */
function senderOf({ name, address, aliases }: AccountView, alias: string | null): Mailbox | null {
  if (alias === null) return { name, address };
  const noted = aliases.find((each) => sameAddress(each.address, alias));
  return noted ? { name: noted.name || name, address: noted.address } : null;
}

function fix({ random }: Delivery, from: Mailbox): FixedMail {
  const { address } = from;
  const domain = (wireAddress(address) ?? address).split('@').at(-1) ?? '';
  return {
    from,
    messageId: `<${random.uuid()}@${domain}>`,
    boundarySeed: random.uuid().replaceAll('-', ''),
  };
}

type Looked = QueueOutcome | { readonly kind: 'fits'; readonly sizeBytes: number };

function look(
  content: DraftContent,
  fixed: FixedMail,
  about: {
    readonly declaration: ProviderDeclaration;
    readonly account: Pick<AccountView, 'grantedRungs'>;
    readonly now: EpochMs;
  },
): Looked {
  const { declaration, now } = about;
  const { grantedRungs } = about.account;
  const limits = limitsFor(declaration, grantedRungs);
  const problems = draftProblems(content).map(({ field, code }) => `${field}: ${code}`);
  if (problems.length > 0) return { kind: 'problems', problems };
  const count = content.to.length + content.cc.length + content.bcc.length;
  if (count > limits.recipients) {
    return { kind: 'too-many-recipients', count, limit: limits.recipients };
  }
  try {
    const parts = queuedParts({ content }, fixed, { dateAt: now, keepBcc: declaration.readsBcc });
    const { sizeBytes } = createMessageSource(parts);
    const limitBytes = limits.messageBytes;
    if (sizeBytes <= limitBytes) return { kind: 'fits', sizeBytes };
    const helpfulRung = rungForSize(declaration, grantedRungs, sizeBytes);
    return { kind: 'too-large', sizeBytes, limitBytes, helpfulRung };
  } catch (error) {
    if (!(error instanceof MimeError)) throw error;
    return { kind: 'problems', problems: [`${error.field}: ${error.code}`] };
  }
}
