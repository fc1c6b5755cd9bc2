import type { AccountView } from '../accounts/accounts.ts';
import {
  draftContentSchema,
  draftProblems,
  sameAddress,
  wireAddress,
  type Mailbox,
} from '../mail/mail.ts';
import { createMessageSource, MimeError } from '../mime/mime.ts';
import type { EpochMs } from '../platform/platform.ts';
import { limitsFor, rungForSize, type ProviderDeclaration } from '../providers/providers.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { QueueOutcome } from './outbox.ts';
import { queuedParts, type FixedMail } from './queued-message.ts';
import type { MailContent } from './sealed-mail.ts';

/** Who stands in From, or why the mail can't go from there. */
export type ChosenSender =
  | { readonly kind: 'sender'; readonly from: Mailbox }
  /** Taken off the account since; never sent from another address than the one that was chosen. */
  | { readonly kind: 'no-such-sender' }
  | Extract<QueueOutcome, { kind: 'sender-needs-right' }>;

/** Finds who a mail is from, and whether the account has the rights that it takes to send so. */
export function chosenSender(
  { content: { fromAlias, threading }, unsubscribe }: Pick<MailContent, 'content' | 'unsubscribe'>,
  {
    account: { name, address, otherSenders, grantedRungs },
    declaration,
  }: {
    readonly account: AccountView;
    readonly declaration: Pick<ProviderDeclaration, 'rungForHeadersFromOthers'>;
  },
): ChosenSender {
  if (fromAlias === null) return { kind: 'sender', from: { name, address } };
  const noted = otherSenders.find((each) => sameAddress(each.address, fromAlias));
  if (!noted) return { kind: 'no-such-sender' };
  if (noted.kind === 'shared-mailbox' && !grantedRungs.includes('shared-mailbox')) {
    return { kind: 'sender-needs-right', rung: 'shared-mailbox', why: 'shared-mailbox' };
  }
  const hasHeaders =
    unsubscribe !== null ||
    Boolean(threading?.inReplyTo) ||
    (threading?.references ?? []).length > 0;
  const rung = declaration.rungForHeadersFromOthers;
  if (hasHeaders && rung !== null && !grantedRungs.includes(rung)) {
    const why = unsubscribe === null ? 'answer' : 'unsubscribe';
    return { kind: 'sender-needs-right', rung, why };
  }
  return { kind: 'sender', from: { name: noted.name || name, address: noted.address } };
}

/** Sender and ids of a mail, fixed once. */
export function fix({ random }: Delivery, from: Mailbox): FixedMail {
  const { address } = from;
  const domain = (wireAddress(address) ?? address).split('@').at(-1) ?? '';
  return {
    from,
    messageId: `<${random.uuid()}@${domain}>`,
    boundarySeed: random.uuid().replaceAll('-', ''),
  };
}

/** A mail that may go, with what is fixed of it; or what stands in its way. */
export type Prepared =
  { readonly kind: 'ready'; readonly fixed: FixedMail; readonly sizeBytes: number } | QueueOutcome;

/** Finds who sends a mail of this account, fixes its ids and looks it over. */
export async function prepared(
  deps: Delivery,
  accountId: string | null,
  mail: Pick<MailContent, 'content' | 'unsubscribe'>,
): Promise<Prepared> {
  const account = accountId === null ? null : await deps.accounts.get(accountId);
  const provider = account && deps.accounts.provider(account.providerId);
  if (!account || !provider) return { kind: 'no-account' };
  const { declaration } = provider;
  const sender = chosenSender(mail, { account, declaration });
  if (sender.kind === 'no-such-sender') return NO_SUCH_SENDER;
  if (sender.kind !== 'sender') return sender;
  const fixed = fix(deps, sender.from);
  const looked = lookOver(mail, fixed, { declaration, account, now: deps.clock.now() });
  return looked.kind === 'fits' ? { ...looked, kind: 'ready', fixed } : looked;
}

const NO_SUCH_SENDER = { kind: 'problems', problems: ['from: unknown-alias'] } as const;

type Looked = QueueOutcome | { readonly kind: 'fits'; readonly sizeBytes: number };

/** Whether the provider takes the mail as it is, and how large it is. */
export function lookOver(
  mail: Pick<MailContent, 'content' | 'unsubscribe'>,
  fixed: FixedMail,
  about: {
    readonly declaration: ProviderDeclaration;
    readonly account: Pick<AccountView, 'grantedRungs'>;
    readonly now: EpochMs;
  },
): Looked {
  const { declaration, now } = about;
  const { content } = mail;
  const { grantedRungs } = about.account;
  const limits = limitsFor(declaration, grantedRungs);
  const problems = draftProblems(content).map(({ field, code }) => `${field}: ${code}`);
  if (problems.length > 0) return { kind: 'problems', problems };
  // What a merge filled in may be longer than what is typed, and would be stored but never read again.
  const keepable = draftContentSchema().safeParse(content);
  if (!keepable.success) {
    const [field] = keepable.error.issues[0]?.path ?? [];
    return { kind: 'problems', problems: [`${String(field)}: header-too-long`] };
  }
  const count = content.to.length + content.cc.length + content.bcc.length;
  if (count > limits.recipients) {
    return { kind: 'too-many-recipients', count, limit: limits.recipients };
  }
  try {
    const parts = queuedParts(mail, fixed, { dateAt: now, keepBcc: declaration.readsBcc });
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
