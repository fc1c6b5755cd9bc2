import type { OAuth, OAuthClient } from '../oauth/oauth.ts';
import { secret } from '../platform/platform.ts';
import type { MailProvider, ProviderDeclaration, ProviderId } from '../providers/providers.ts';
import type { SealedRecords } from '../vault/vault.ts';
import { isUnreadable } from './account-book.ts';
import type { ClientView, SaveClientOutcome } from './accounts.ts';
import { recordOfTyped, type ClientRecord, type TypedClient } from './client-record.ts';

/** The OAuth clients: the person's own before the build's. */
export interface ClientBook {
  /** Null when there is none. One that can't be opened is none: the person enters it again. */
  current(providerId: ProviderId): Promise<OAuthClient | null>;
  views(): Promise<readonly ClientView[]>;
  save(providerId: ProviderId, client: TypedClient): Promise<SaveClientOutcome>;
  remove(providerId: ProviderId): Promise<void>;
}

interface FoundClient {
  readonly client: ClientRecord | null;
  readonly origin: ClientView['origin'];
}

/** The book over a store of sealed records. */
export function createClientBook(parts: {
  readonly clients: SealedRecords<ClientRecord>;
  readonly defaultClients: ReadonlyMap<ProviderId, ClientRecord>;
  readonly providers: ReadonlyMap<ProviderId, MailProvider>;
  readonly oauth: OAuth;
}): ClientBook {
  const { clients, defaultClients, providers, oauth } = parts;

  const found = async (providerId: ProviderId): Promise<FoundClient> => {
    try {
      const client = await clients.get(providerId);
      if (client) return { client, origin: 'person' };
    } catch (error) {
      // Never the build's in its place: a person would not know under whose name they sign in.
      if (isUnreadable(error)) return { client: null, origin: 'none' };
      throw error;
    }
    const client = defaultClients.get(providerId) ?? null;
    return { client, origin: client ? 'build' : 'none' };
  };

  return {
    async current(providerId) {
      const { client } = await found(providerId);
      if (!client) return null;
      const { clientId, clientSecret, tenant } = client;
      return {
        clientId,
        clientSecret: clientSecret === null ? null : secret(clientSecret),
        tenant,
      };
    },
    views: () =>
      Promise.all(
        [...providers.values()].map(async ({ declaration }) =>
          viewOf(declaration, await found(declaration.id), oauth),
        ),
      ),
    async save(providerId, typed) {
      const declaration = providers.get(providerId)?.declaration;
      const record = recordOfTyped(declaration?.authorization ?? null, typed);
      if (!record) return { kind: 'bad-tenant' };
      await clients.put(providerId, record);
      return { kind: 'saved' };
    },
    remove: (providerId) => clients.remove(providerId),
  };
}

/** What a page may see of it: not its secret. */
function viewOf(
  { id, authorization }: ProviderDeclaration,
  { client, origin }: FoundClient,
  oauth: Pick<OAuth, 'redirectUri'>,
): ClientView {
  return {
    providerId: id,
    clientId: client?.clientId ?? '',
    hasSecret: (client?.clientSecret ?? null) !== null,
    tenant: client?.tenant ?? authorization.tenancy?.defaultTenant ?? null,
    redirectUri: oauth.redirectUri(authorization),
    origin,
  };
}
