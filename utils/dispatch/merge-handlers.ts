import { EMPTY_CONTENT, addressKey } from '../mail/mail.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

type MergeHandlers = Pick<
  Handlers,
  | 'merges.open'
  | 'merges.list'
  | 'merges.show'
  | 'merges.start'
  | 'merges.test'
  | 'merges.pause'
  | 'merges.resume'
  | 'merges.cancel'
  | 'merges.back'
  | 'merges.plan'
  | 'merges.retry'
  | 'merges.decide'
  | 'merges.dismiss'
>;

/** What pages may do with mails to many. */
export function mergeHandlers(rooms: Rooms): MergeHandlers {
  const { merges } = rooms.outbox;
  return {
    'merges.open': async ({ id }) => {
      await rooms.surface.openTab(`/merge.html?id=${id ?? (await emptyDraft(rooms))}`);
      return DONE;
    },
    'merges.list': async () => ({ merges: await merges.list() }),
    'merges.show': ({ id }) => merges.show(id),
    'merges.start': async ({ unsubscribe, ...start }) => {
      // The page has left them out; whoever came onto the list since is not written to either.
      const keys = await rooms.suppressions.keys();
      const stopped = start.recipients.filter(({ address }) => keys.has(addressKey(address)));
      if (stopped.length > 0) {
        return { kind: 'do-not-mail', addresses: stopped.map(({ address }) => address) };
      }
      const at = unsubscribe ? await unsubscribeAt(rooms, start.draftId) : null;
      return merges.start({ ...start, unsubscribe: at });
    },
    'merges.test': async ({ unsubscribe, ...test }) => {
      const at = unsubscribe ? await unsubscribeAt(rooms, test.draftId) : null;
      return merges.test({ ...test, unsubscribe: at });
    },
    'merges.pause': async ({ id }) => ({ done: await merges.pause(id) }),
    'merges.resume': async ({ id }) => ({ done: await merges.resume(id) }),
    'merges.cancel': async ({ id }) => ({ done: await merges.cancel(id) }),
    'merges.back': async ({ id }) => ({ done: await merges.backToDraft(id) }),
    'merges.plan': async ({ id }) => ({ plan: await merges.planOf(id) }),
    'merges.retry': async ({ id }) => ({ done: await merges.retryRejected(id) }),
    'merges.decide': async ({ id, decision }) => ({ done: await merges.decideAll(id, decision) }),
    'merges.dismiss': async ({ id }) => ({ done: await merges.dismiss(id) }),
  };
}

async function emptyDraft({ outbox, settings }: Rooms): Promise<string> {
  const { defaultAccountId: accountId } = await settings.get();
  const draft = { accountId, content: EMPTY_CONTENT, suggestions: [] };
  return (await outbox.createDraft(draft)).id;
}

/** The address that a draft is written from; null when there is no account. */
async function senderOf({ outbox, accounts }: Rooms, draftId: string): Promise<string | null> {
  const draft = await outbox.openDraft(draftId);
  const account = draft?.accountId ? await accounts.get(draft.accountId) : null;
  return account && (draft?.content.fromAlias ?? account.address);
}

/** RFC 2369 section 3.2, with RFC 6068 for the URI: what a press on "Unsubscribe" writes, and to whom. */
async function unsubscribeAt(rooms: Rooms, draftId: string): Promise<string | null> {
  const address = await senderOf(rooms, draftId);
  if (address === null) return null;
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}?subject=unsubscribe`;
}
