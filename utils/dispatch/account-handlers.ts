import type { ProviderView } from '../messaging/messaging.ts';
import type { ProviderDeclaration } from '../providers/providers.ts';
import type { Handlers } from './dispatch.ts';
import { removeAccount } from './remove-account.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

type AccountHandlers = Pick<
  Handlers,
  | 'accounts.list'
  | 'accounts.link'
  | 'accounts.reconnect'
  | 'accounts.revoke'
  | 'accounts.remove'
  | 'accounts.make-default'
  | 'clients.save'
  | 'clients.remove'
  | 'clients.test'
>;

/** What pages may do with accounts and OAuth clients. */
export function accountHandlers(rooms: Rooms): AccountHandlers {
  const { accounts, settings, changed } = rooms;
  return {
    'accounts.list': async () => ({
      accounts: await accounts.list(),
      unreadable: await accounts.unreadable(),
      clients: await accounts.clients(),
      providers: rooms.declarations.map(describeProvider),
      defaultAccountId: (await settings.get()).defaultAccountId,
    }),
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
    ...clientHandlers(rooms),
  };
}

/** Mails that were refused to the client of before may go with another. Sending is not waited for. */
function clientHandlers({
  accounts,
  outbox,
  changed,
}: Rooms): Pick<Handlers, 'clients.save' | 'clients.remove' | 'clients.test'> {
  return {
    'clients.save': async ({ providerId, clientId, clientSecret }) => {
      await accounts.saveClient(providerId, { clientId, clientSecret });
      changed('accounts');
      void outbox.run();
      return DONE;
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
  kind: 'account-linked' | 'account-reconnected',
): Promise<void> {
  rooms.activity.recordEvent({ kind, accountId });
  const { defaultAccountId } = await rooms.settings.get();
  if (defaultAccountId === null) await rooms.settings.patch({ defaultAccountId: accountId });
  rooms.changed('accounts');
  void rooms.outbox.run();
}

function describeProvider(declaration: ProviderDeclaration): ProviderView {
  const { authorization, limits } = declaration;
  return {
    id: declaration.id,
    name: declaration.name,
    hosts: declaration.hosts,
    consentPage: authorization.consentPage,
    setupPage: authorization.setupPage,
    setupSteps: authorization.setupSteps,
    clientFields: authorization.clientFields,
    limits: { messageBytes: limits.messageBytes, recipients: limits.recipients },
  };
}
