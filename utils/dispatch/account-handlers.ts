import type { Handlers } from './dispatch.ts';
import { removeAccount } from './remove-account.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

type AccountHandlers = Pick<
  Handlers,
  | 'accounts.link'
  | 'accounts.reconnect'
  | 'accounts.revoke'
  | 'accounts.remove'
  | 'accounts.make-default'
  | 'accounts.grant-rung'
  | 'accounts.step-down'
  | 'accounts.reorder'
  | 'accounts.describe'
  | 'accounts.set-other-senders'
  | 'clients.save'
  | 'clients.remove'
  | 'clients.test'
>;

/** What pages may do with accounts and OAuth clients. */
export function accountHandlers(rooms: Rooms): AccountHandlers {
  const { accounts, settings, changed } = rooms;
  return {
    'accounts.link': async ({ providerId }) => {
      const outcome = await accounts.link(providerId);
      if (outcome.kind === 'linked') {
        await afterSignIn(rooms, outcome.account.id, 'account-linked');
      }
      return outcome;
    },
    'accounts.reconnect': async ({ id }) => {
      const outcome = await accounts.reconnect(id);
      if (outcome.kind === 'linked') await afterSignIn(rooms, id, 'account-reconnected');
      return outcome;
    },
    'accounts.revoke': async ({ id }) => {
      const result = await accounts.revoke(id);
      rooms.activity.recordEvent({ kind: 'account-revoked', accountId: id, code: result.kind });
      changed('accounts');
      return result;
    },
    'accounts.remove': ({ id }) => removeAccount(rooms, id),
    'accounts.make-default': async ({ id }) => {
      await settings.patch({ defaultAccountId: id });
      changed('accounts');
      return DONE;
    },
    ...rightHandlers(rooms),
    ...wordHandlers(rooms),
    ...clientHandlers(rooms),
  };
}

/** Acts that change what an account may do. */
function rightHandlers(rooms: Rooms): Pick<Handlers, 'accounts.grant-rung' | 'accounts.step-down'> {
  const { accounts, activity, changed } = rooms;
  return {
    'accounts.grant-rung': async ({ id, rung }) => {
      const outcome = await accounts.grantRung(id, rung);
      if (outcome.kind === 'granted') await afterSignIn(rooms, id, 'account-right-granted');
      return outcome;
    },
    'accounts.step-down': async ({ id, keep }) => {
      const outcome = await accounts.stepDown(id, keep);
      if (outcome.kind !== 'not-revoked') {
        const { kind: code } = outcome.revoked;
        activity.recordEvent({ kind: 'account-revoked', accountId: id, code });
      }
      if (outcome.kind === 'stepped-down') await afterSignIn(rooms, id, 'account-reconnected');
      else changed('accounts');
      return outcome;
    },
  };
}

/** Acts on what the person says of an account. */
function wordHandlers({
  accounts,
  changed,
}: Rooms): Pick<Handlers, 'accounts.reorder' | 'accounts.describe' | 'accounts.set-other-senders'> {
  return {
    'accounts.reorder': async ({ ids }) => {
      await accounts.reorder(ids);
      changed('accounts');
      return DONE;
    },
    'accounts.describe': async ({ id, ...words }) => {
      const done = await accounts.describe(id, words);
      changed('accounts');
      return { done };
    },
    'accounts.set-other-senders': async ({ id, senders }) => {
      const outcome = await accounts.setOtherSenders(id, senders);
      changed('accounts');
      return outcome;
    },
  };
}

/** Mails that were refused to the client of before may go with another. Sending is not waited for. */
function clientHandlers({
  accounts,
  outbox,
  changed,
}: Rooms): Pick<Handlers, 'clients.save' | 'clients.remove' | 'clients.test'> {
  return {
    'clients.save': async ({ providerId, ...client }) => {
      const outcome = await accounts.saveClient(providerId, client);
      if (outcome.kind !== 'saved') return outcome;
      changed('accounts');
      void outbox.run();
      return outcome;
    },
    'clients.remove': async ({ providerId }) => {
      await accounts.removeClient(providerId);
      changed('accounts');
      void outbox.run();
      return DONE;
    },
    'clients.test': ({ providerId }) => accounts.testClient(providerId),
  };
}

/** A person who signed in wants what waited for it to go. Sending is not waited for. */
async function afterSignIn(
  rooms: Rooms,
  accountId: string,
  kind: 'account-linked' | 'account-reconnected' | 'account-right-granted',
): Promise<void> {
  rooms.activity.recordEvent({ kind, accountId });
  const { defaultAccountId } = await rooms.settings.get();
  if (defaultAccountId === null) await rooms.settings.patch({ defaultAccountId: accountId });
  rooms.changed('accounts');
  void rooms.outbox.run();
}
