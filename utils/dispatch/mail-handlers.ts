import { EMPTY_CONTENT, isEmptyDraft } from '../mail/mail.ts';
import type { DraftView } from '../messaging/messaging.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };
/** What the popup has room for: nothing else is opened when something changes. */
const AT_A_GLANCE = {
  'needs-you': 10,
  failed: 10,
  waiting: 5,
  sending: 5,
  drafts: 4,
  sent: 3,
} as const;
/** An untouched draft is a new one: looking further back finds none. */
const DRAFTS_LOOKED_AT = 20;

type MailHandlers = Pick<
  Handlers,
  | 'compose.new'
  | 'compose.show'
  | 'drafts.open'
  | 'drafts.save'
  | 'drafts.discard'
  | 'outbox.list'
  | 'outbox.page'
  | 'outbox.show'
  | 'outbox.send'
  | 'outbox.retry'
  | 'outbox.pause'
  | 'outbox.edit'
  | 'outbox.decide'
  | 'outbox.dismiss'
>;

/** What pages may do with drafts and mails. */
export function mailHandlers(rooms: Rooms): MailHandlers {
  const { outbox, surface } = rooms;
  return {
    'compose.new': async ({ accountId, content = EMPTY_CONTENT }) => {
      const { defaultAccountId } = await rooms.settings.get();
      const sender = accountId ?? defaultAccountId;
      const untouched = content === EMPTY_CONTENT ? await untouchedDraft(outbox, sender) : null;
      const begun = {
        accountId: sender,
        content: { ...content, attachments: [] },
        suggestions: [],
      };
      const draft = untouched ?? (await outbox.createDraft(begun));
      await surface.openWindow(composePath(draft.id));
      return DONE;
    },
    'compose.show': async ({ id }) => {
      await surface.openWindow(composePath(id));
      return DONE;
    },
    'drafts.open': ({ id }) => outbox.openDraft(id),
    'drafts.save': (draft) => outbox.saveDraft(draft),
    'drafts.discard': async ({ id }) => {
      await outbox.discardDraft(id);
      return DONE;
    },
    ...outboxHandlers(rooms),
  };
}

/**
 * A draft of this sender in which nothing was ever written, so that pressing "Write a mail" again
 * and again does not pile them up. Null when there is none.
 */
async function untouchedDraft(
  outbox: Rooms['outbox'],
  accountId: string | null,
): Promise<DraftView | null> {
  const drafts = await outbox.page({ group: 'drafts', offset: 0, limit: DRAFTS_LOOKED_AT });
  const blank = drafts.find(
    (mail) =>
      mail.state.kind === 'draft' &&
      mail.accountId === accountId &&
      mail.subject === '' &&
      mail.recipients === '' &&
      mail.unreadable === null,
  );
  const draft = blank ? await outbox.openDraft(blank.id) : null;
  const untouched = draft?.suggestions.length === 0 && isEmptyDraft(draft.content);
  return untouched ? draft : null;
}

/** The path of the window that shows a draft. */
export function composePath(draftId: string): string {
  return `/compose.html?draft=${draftId}`;
}

function outboxHandlers({
  outbox,
}: Rooms): Pick<
  Handlers,
  | 'outbox.list'
  | 'outbox.page'
  | 'outbox.show'
  | 'outbox.send'
  | 'outbox.retry'
  | 'outbox.pause'
  | 'outbox.edit'
  | 'outbox.decide'
  | 'outbox.dismiss'
> {
  return {
    'outbox.list': async () => {
      const [mails, counts, merges] = await Promise.all([
        outbox.list(AT_A_GLANCE),
        outbox.counts(),
        outbox.merges.unfinished(),
      ]);
      return { mails, counts, merges };
    },
    'outbox.page': async (page) => {
      const [mails, counts] = await Promise.all([outbox.page(page), outbox.counts()]);
      return { mails, counts };
    },
    'outbox.show': ({ id }) => outbox.show(id),
    'outbox.send': ({ id }) => outbox.send(id),
    'outbox.retry': async ({ id }) => ({ done: await outbox.retry(id) }),
    'outbox.pause': async ({ id }) => ({ done: await outbox.pause(id) }),
    'outbox.edit': async ({ id }) => ({ done: await outbox.backToDraft(id) }),
    'outbox.decide': async ({ id, decision }) => ({ done: await outbox.decide(id, decision) }),
    'outbox.dismiss': async ({ id }) => {
      await outbox.dismiss(id);
      return DONE;
    },
  };
}
