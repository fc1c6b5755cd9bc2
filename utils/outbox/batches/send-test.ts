import { fillContent } from '../../merge/merge.ts';
import { alarmFirst, type QueueParts } from '../delivery/alarm-first.ts';
import { goingNow } from '../delivery/departure.ts';
import { fileOwner } from '../delivery/ready-mail.ts';
import { copyFiles } from '../files/copy-files.ts';
import { prepared } from '../look-over.ts';
import type { QueueOutcome } from '../outbox.ts';
import { departed, madeQueued, NO_BYTES, orNoBytes } from '../queue-mail.ts';
import { openContent, sealContent, type MailContent } from '../sealed-mail.ts';
import type { TestMerge } from './merges.ts';

/**
 * Sends the mail that a recipient would get, files and headers and all, to the account's own address.
 * It is there with its first record, queued and with files of its own: it goes on when the merge's
 * draft does not, and whatever stands in its way leaves nothing beside the draft.
 */
export async function sendTest(parts: QueueParts, test: TestMerge): Promise<QueueOutcome> {
  const { deps } = parts;
  const { store, vault, random, clock } = deps;
  const stored = await store.find(test.draftId);
  if (stored?.record.state.kind !== 'draft' || !stored.content) return { kind: 'gone' };
  const { record } = stored;
  const account = record.accountId === null ? null : await deps.accounts.get(record.accountId);
  if (!account) return { kind: 'no-account' };
  const draft = await openContent(vault, record.id, stored.content);
  const { name, address } = account;
  const { recipient, fields, unsubscribe } = test;
  const content = { ...fillContent(draft.content, fields, recipient), to: [{ name, address }] };
  const ready = await prepared(deps, account.id, { content, unsubscribe });
  if (ready.kind !== 'ready') return ready;
  const { fixed, sizeBytes } = ready;
  const departure = goingNow((await deps.choices()).undoSeconds);
  const id = random.uuid();
  return orNoBytes(NO_BYTES, async () => {
    const keepFiles = await copyFiles(deps, content.attachments, {
      ownerOf: (file) => fileOwner(record, draft, file.id),
      to: id,
    });
    const sealed = await sealContent(
      vault,
      id,
      testMail({ content, unsubscribe, fixed }, keepFiles),
    );
    return alarmFirst(parts, async () => {
      const going = madeQueued(id, account.id, { sizeBytes, now: clock.now(), departure });
      await store.add({ record: going, content: sealed, keepFiles });
      return departed(going);
    });
  });
}

function testMail(
  { content, ...mail }: Pick<MailContent, 'content' | 'unsubscribe' | 'fixed'>,
  attachments: MailContent['content']['attachments'],
): MailContent {
  return {
    ...mail,
    content: { ...content, attachments },
    suggestions: [],
    alsoFound: '',
    mergePlan: '',
    sharedFiles: [],
    rejection: null,
  };
}
