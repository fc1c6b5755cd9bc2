import type { AccountView } from '../../accounts/accounts.ts';
import { createMessageSource } from '../../mime/mime.ts';
import type { EpochMs } from '../../platform/platform.ts';
import type { MailProvider, SendJob } from '../../providers/providers.ts';
import { VaultError } from '../../vault/vault.ts';
import type { Delivery } from './delivery.ts';
import { orphaned } from '../moves/mail-moves.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { queuedParts } from '../queued-message.ts';
import { createSealedFile } from '../files/sealed-file.ts';
import { openContent, type MailContent } from '../sealed-mail.ts';

/** A mail that is ready to be sent or settled. */
export interface ReadyMail {
  readonly record: MailRecord;
  readonly accountId: string;
  readonly provider: MailProvider;
  readonly account: AccountView;
  readonly content: MailContent;
  /** The mail with this Date. @throws MimeError, OutboxError when it can't be made */
  jobAt(dateAt: EpochMs): SendJob;
}

/**
 * Opens a mail. Null when there is nobody to send it as: then it waits for the person.
 * @throws VaultError when its content can't be opened
 */
export async function readyMail(
  deps: Delivery,
  record: MailRecord,
  lane: string,
): Promise<ReadyMail | null> {
  const account = await deps.accounts.get(lane);
  const provider = account && deps.accounts.provider(account.providerId);
  if (!account || !provider) {
    const now = deps.clock.now();
    await deps.store.change(record.id, (current) => {
      const next = orphaned(current, now);
      return next && { record: next };
    });
    return null;
  }
  const stored = await deps.store.find(record.id);
  if (!stored?.content) throw new VaultError('corrupt');
  const content = await openContent(deps.vault, record.id, stored.content);
  const { fixed } = content;
  if (fixed === null) throw new VaultError('corrupt');
  return {
    record,
    accountId: lane,
    provider,
    account,
    content,
    jobAt(dateAt) {
      const keepBcc = provider.declaration.readsBcc;
      const parts = queuedParts(content, fixed, {
        dateAt,
        keepBcc,
        bytesOf: (file) => createSealedFile(deps, fileOwner(record, content, file.id), file),
      });
      return {
        accountId: lane,
        account: sendingAccount(account),
        message: createMessageSource(parts),
        parts,
        threadId: content.content.threading?.threadId ?? null,
      };
    },
  };
}

/** A file of a merge belongs to all of its mails. */
export function fileOwner(
  { id, batchId }: Pick<MailRecord, 'id' | 'batchId'>,
  { sharedFiles }: Pick<MailContent, 'sharedFiles'>,
  fileId: string,
): string {
  return batchId !== null && sharedFiles.includes(fileId) ? batchId : id;
}

function sendingAccount(account: AccountView): SendJob['account'] {
  const { address, name, otherSenders, grantedRungs } = account;
  return { mailbox: { name, address }, otherSenders, grantedRungs };
}
