import type { DraftContent, Mailbox } from '../../utils/mail/mail.ts';
import { readRecipients } from './read-recipients.ts';

/** The fields that take recipients. */
export type RecipientFieldId = 'to' | 'cc' | 'bcc';

/** What stands in the window. */
export interface Version {
  readonly accountId: string | null;
  readonly content: DraftContent;
  /** What was typed into a recipient field and is not a recipient yet. */
  readonly pending: Readonly<Record<RecipientFieldId, string>>;
}

/** Nothing typed in any recipient field. */
export const NOTHING_PENDING: Version['pending'] = { to: '', cc: '', bcc: '' };

/**
 * The version with everything that was typed taken as recipients, the half-typed too: so it is
 * stored, and so it is sent. What can't be one stays pending.
 */
export function takePending(version: Version): Version {
  const { content, pending } = version;
  const take = (field: RecipientFieldId): { list: readonly Mailbox[]; rest: string } => {
    const read = readRecipients(pending[field], content[field]);
    return { list: [...content[field], ...read.mailboxes], rest: read.rest };
  };
  if (pending.to + pending.cc + pending.bcc === '') return version;
  const [to, cc, bcc] = [take('to'), take('cc'), take('bcc')];
  return {
    ...version,
    content: { ...content, to: to.list, cc: cc.list, bcc: bcc.list },
    pending: { to: to.rest, cc: cc.rest, bcc: bcc.rest },
  };
}
