import { EMPTY_CONTENT } from './empty-content.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

type MailHandlers = Pick<
  Handlers,
  | 'compose.new'
  | 'compose.show'
  | 'drafts.open'
  | 'drafts.save'
  | 'drafts.discard'
  | 'outbox.list'
  | 'outbox.send'
  | 'outbox.retry'
  | 'outbox.edit'
  | 'outbox.decide'
  | 'outbox.dismiss'
>;

/** What pages may do with drafts and mails. */
export function mailHandlers(rooms: Rooms): MailHandlers {
  const { outbox, surface } = rooms;
  return {
    'compose.new': async ({ accountId }) => {
      const { defaultAccountId } = await rooms.settings.get();
      const draft = await outbox.createDraft({
        accountId: accountId ?? defaultAccountId,
        content: EMPTY_CONTENT,
        suggestions: [],
      });
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

/** The path of the window that shows a draft. */
export function composePath(draftId: string): string {
  return `/compose.html?draft=${draftId}`;
}

function outboxHandlers({
  outbox,
}: Rooms): Pick<
  Handlers,
  | 'outbox.list'
  | 'outbox.send'
  | 'outbox.retry'
  | 'outbox.edit'
  | 'outbox.decide'
  | 'outbox.dismiss'
> {
  return {
    'outbox.list': async () => ({ mails: await outbox.list() }),
    'outbox.send': ({ id }) => outbox.send(id),
    'outbox.retry': async ({ id }) => ({ done: await outbox.retry(id) }),
    'outbox.edit': async ({ id }) => ({ done: await outbox.backToDraft(id) }),
    'outbox.decide': async ({ id, decision }) => ({ done: await outbox.decide(id, decision) }),
    'outbox.dismiss': async ({ id }) => {
      await outbox.dismiss(id);
      return DONE;
    },
  };
}
