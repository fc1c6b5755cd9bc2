import type { AccountView } from '../../accounts/accounts.ts';
import { fillContent } from '../../merge/merge.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { fileOwner } from '../delivery/ready-mail.ts';
import { copyFile } from '../files/copy-file.ts';
import { OutboxError } from '../outbox-error.ts';
import type { QueueOutcome } from '../outbox.ts';
import { openContent, sealContent, type MailContent } from '../sealed-mail.ts';
import { draftRecord } from '../store/mail-record.ts';
import type { StoredMail } from '../store/mail-store.ts';
import type { TestMerge } from './merges.ts';

/** How a mail is sent that is a draft until then. */
type Send = (id: string) => Promise<QueueOutcome>;

const NO_BYTES: QueueOutcome = { kind: 'problems', problems: ['attachments: no-bytes'] };

/**
 * Sends the mail that a recipient would get, files and headers and all, to the account's own address.
 * Whatever stands in its way leaves the draft as it is and nothing beside it.
 */
export async function sendTest(deps: Delivery, test: TestMerge, send: Send): Promise<QueueOutcome> {
  const stored = await deps.store.find(test.draftId);
  if (stored?.record.state.kind !== 'draft' || !stored.content) return { kind: 'gone' };
  const { accountId } = stored.record;
  const account = accountId === null ? null : await deps.accounts.get(accountId);
  if (!account) return { kind: 'no-account' };
  const id = deps.random.uuid();
  try {
    await makeCopy(deps, { stored, test, account, id });
    const outcome = await send(id);
    const isUnderWay = ['queued', 'held', 'already-queued'].includes(outcome.kind);
    if (!isUnderWay) await remove(deps, id);
    return outcome;
  } catch (error) {
    await remove(deps, id);
    if (error instanceof OutboxError && error.code === 'no-bytes') return NO_BYTES;
    throw error;
  }
}

/** A draft of its own, filled in, with files of its own: it goes on when the merge's draft does not. */
async function makeCopy(
  { store, vault, ...deps }: Delivery,
  copy: {
    readonly stored: StoredMail;
    readonly test: TestMerge;
    readonly account: AccountView;
    readonly id: string;
  },
): Promise<void> {
  const { stored, test, account, id } = copy;
  const draftId = stored.record.id;
  if (!stored.content) throw new OutboxError('superseded');
  const draft = await openContent(vault, draftId, stored.content);
  const { name, address } = account;
  const content = {
    ...fillContent(draft.content, test.fields, test.recipient),
    to: [{ name, address }],
  };
  const mailWith = (attachments: MailContent['content']['attachments']): MailContent => ({
    content: { ...content, attachments },
    suggestions: [],
    alsoFound: '',
    mergePlan: '',
    sharedFiles: [],
    unsubscribe: test.unsubscribe,
    rejection: null,
    fixed: null,
  });
  const bare = await sealContent(vault, id, mailWith([]));
  const record = draftRecord(id, account.id, deps.clock.now());
  await store.add({ record, content: bare });
  const files = [];
  for (const file of draft.content.attachments) {
    const from = fileOwner(stored.record, draft, file.id);
    files.push(await copyFile({ store, vault, ...deps }, file, { from, to: id }));
  }
  const whole = await sealContent(vault, id, mailWith(files));
  // Sealed anew meanwhile: without its files it would not be what a recipient gets.
  if (!(await store.exchangeContent(id, bare, whole))) throw new OutboxError('superseded');
}

async function remove({ store, onChange }: Delivery, id: string): Promise<void> {
  await store.remove(id, (found) => found.readable && found.record.state.kind === 'draft');
  onChange();
}
