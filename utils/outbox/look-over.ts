import type { AccountView } from '../accounts/accounts.ts';
import { draftProblems, sameAddress, wireAddress, type Mailbox } from '../mail/mail.ts';
import { createMessageSource, MimeError } from '../mime/mime.ts';
import type { EpochMs } from '../platform/platform.ts';
import { limitsFor, rungForSize, type ProviderDeclaration } from '../providers/providers.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { QueueOutcome } from './outbox.ts';
import { queuedParts, type FixedMail } from './queued-message.ts';
import type { MailContent } from './sealed-mail.ts';

/** Who stands in From; null when the account has no such alias. */
export function senderOf(
  { name, address, aliases }: AccountView,
  alias: string | null,
): Mailbox | null {
  if (alias === null) return { name, address };
  const noted = aliases.find((each) => sameAddress(each.address, alias));
  return noted ? { name: noted.name || name, address: noted.address } : null;
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
