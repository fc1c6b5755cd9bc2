import { packPeople, type Mailbox } from '../mail/mail.ts';
import { createTurns } from './delivery/alarm-turns.ts';
import type { Delivery } from './delivery/delivery.ts';
import { draftRecord } from './store/mail-record.ts';
import type { DraftView, Outbox, SaveOutcome } from './outbox.ts';
import { openContent, sealContent, type MailContent } from './sealed-mail.ts';

/** Drafts: made, opened, saved and discarded. A save never overwrites what another window saved. */
export function createDrafts(
  deps: Delivery,
): Pick<Outbox, 'createDraft' | 'addFound' | 'openDraft' | 'saveDraft' | 'discardDraft'> {
  const { store, vault, clock, onChange } = deps;
  // Both read the content, change a part of it and store it whole.
  const inTurn = createTurns();
  return {
    async createDraft({ accountId, content, suggestions }) {
      const record = draftRecord(deps.random.uuid(), accountId, clock.now());
      const mail = {
        content,
        suggestions: [...suggestions],
        alsoFound: '',
        mergePlan: '',
        sharedFiles: [],
        unsubscribe: null,
        rejection: null,
        fixed: null,
      };
      await store.add({ record, content: await sealContent(vault, record.id, mail) });
      onChange();
      return view(record, mail);
    },

    addFound: (id, people) => inTurn(() => addFound(deps, id, people)),

    async openDraft(id) {
      const stored = await store.find(id);
      if (stored?.record.state.kind !== 'draft' || !stored.content) return null;
      return view(stored.record, await openContent(vault, id, stored.content));
    },

    saveDraft: (draft) => inTurn(() => saveDraft(deps, draft)),

    async discardDraft(id) {
      await store.remove(id, (found) => found.readable && found.record.state.kind === 'draft');
      onChange();
    },
  };
}

type DraftFields = Pick<DraftView, 'id' | 'accountId' | 'updatedAt' | 'revision'>;

function view(record: DraftFields, mail: MailContent): DraftView {
  const { id, accountId, updatedAt, revision } = record;
  const { content, suggestions, alsoFound, rejection } = mail;
  return { id, accountId, updatedAt, revision, content, suggestions, alsoFound, rejection };
}

type Saving = Parameters<Outbox['saveDraft']>[0];

async function saveDraft(
  { store, vault, clock, onChange }: Delivery,
  { id, accountId, content, revision }: Saving,
): Promise<SaveOutcome> {
  const stored = await store.find(id);
  if (stored?.record.state.kind !== 'draft' || !stored.content) return { kind: 'not-a-draft' };
  const before = await openContent(vault, id, stored.content);
  // The worker that stored it may have ended before it answered, and the window asks again.
  const isThere =
    stored.record.accountId === accountId &&
    JSON.stringify(before.content) === JSON.stringify(content);
  const sealed = await sealContent(vault, id, { ...before, content, fixed: null });
  let outcome: SaveOutcome = { kind: 'not-a-draft' };
  await store.change(id, (current) => {
    if (current.state.kind !== 'draft') return null;
    if (isThere && current.revision === stored.record.revision) {
      outcome = { kind: 'saved', revision: current.revision };
      return null;
    }
    if (current.revision !== revision) {
      outcome = { kind: 'conflict', revision: current.revision };
      return null;
    }
    outcome = { kind: 'saved', revision: revision + 1 };
    const record = { ...current, accountId, revision: revision + 1, updatedAt: clock.now() };
    return { record, content: sealed };
  });
  onChange();
  return outcome;
}

async function addFound(
  { store, vault }: Delivery,
  id: string,
  people: readonly Mailbox[],
): Promise<void> {
  const stored = await store.find(id);
  if (stored?.record.state.kind !== 'draft' || !stored.content) return;
  const before = await openContent(vault, id, stored.content);
  const after = { ...before, alsoFound: packPeople(people) };
  // Without a new revision: a window that is writing has nothing to take over.
  await store.exchangeContent(id, stored.content, await sealContent(vault, id, after));
}
