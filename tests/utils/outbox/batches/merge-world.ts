import type { MergeStart, MergeView, Outbox, StartMerge } from '../../../../utils/outbox/outbox.ts';
import { ACCOUNT_ID, writeDraft, type MailWorld } from '../../../harness/mail-world.ts';

/** As many people as wanted, each with an address of their own. */
export function people(count: number): StartMerge['recipients'] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Person ${index}`,
    address: `person.${index}@example.com`,
    values: [`Name${index}`],
  }));
}

/** A merge of this many, ready to be started. */
export async function planMerge(
  world: MailWorld,
  count: number,
  more: Partial<StartMerge> = {},
): Promise<StartMerge> {
  const draftId = await writeDraft(world, {
    to: [],
    subject: 'For {{name|you}}',
    text: 'Dear {{name|you}},\nthe fence is ready.\n',
  });
  return {
    draftId,
    revision: 1,
    fields: ['name'],
    recipients: people(count),
    spread: false,
    unsubscribe: null,
    plan: '',
    ...more,
  };
}

/** Starts a merge of this many in a worker of its own. */
export async function startMerge(
  world: MailWorld,
  count: number,
  more: Partial<StartMerge> = {},
): Promise<{ readonly id: string; readonly outcome: MergeStart; readonly worker: Outbox }> {
  const plan = await planMerge(world, count, more);
  const worker = world.worker();
  return { id: plan.draftId, outcome: await worker.merges.start(plan), worker };
}

/** @throws Error when there is no such merge */
export async function resultOf(world: MailWorld, id: string): Promise<MergeView> {
  const view = await world.worker().merges.show(id);
  if (!view) throw new Error(`no merge ${id}`);
  return view;
}

/** To whom mails have arrived, each as often as it did. */
export function arrivedAt(world: MailWorld): readonly string[] {
  return world.google.deliveries.map(({ envelope }) => envelope.to.join()).sort();
}

/** Google accepts the first mail, nobody hears of it, and the session is forgotten. */
export function loseOneForEver({ router }: MailWorld): void {
  router.faults.add({
    match: { method: 'PUT', contentRange: /^bytes \d/ },
    fault: { kind: 'cut-after-accept' },
  });
  router.faults.add({
    match: { method: 'PUT', contentRange: /^bytes \*/ },
    fault: { kind: 'forget-session', status: 410 },
  });
}

/** Attaches a file to a draft, as a compose window does. */
export async function attach(
  world: MailWorld,
  mailId: string,
  bytes = new TextEncoder().encode('a plan of the fence'),
): Promise<void> {
  const worker = world.worker();
  const begun = await worker.beginFile({ mailId, sizeBytes: bytes.length });
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  const { fileId, pieceBytes } = begun;
  for (let index = 0; index * pieceBytes < bytes.length; index += 1) {
    const piece = bytes.slice(index * pieceBytes, (index + 1) * pieceBytes);
    await worker.putPiece({ mailId, fileId, index, bytes: piece });
  }
  await worker.finishFile({ mailId, fileId });
  const draft = await worker.openDraft(mailId);
  if (!draft) throw new Error('no draft');
  const file = {
    id: fileId,
    fileName: 'plan.txt',
    mediaType: 'text/plain',
    sizeBytes: bytes.length,
    contentId: null,
  };
  const content = { ...draft.content, attachments: [file] };
  await worker.saveDraft({ id: mailId, accountId: ACCOUNT_ID, content, revision: draft.revision });
}
