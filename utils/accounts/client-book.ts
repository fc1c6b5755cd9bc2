import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import type { OAuth, OAuthClient } from '../oauth/oauth.ts';
import { secret } from '../platform/platform.ts';
import type { MailProvider, ProviderId } from '../providers/providers.ts';
import type { SealedRecords } from '../vault/vault.ts';
import { isUnreadable } from './account-book.ts';
import type { ClientView } from './accounts.ts';

/** An OAuth client that the person entered: sealed, in storage.local, under the provider's id. */
export const clientRecords = {
  kind: 'oauth-client',
  version: 1,
  schema: once(() =>
    z.object({
      clientId: z.string().check(z.minLength(1)),
      clientSecret: z.nullable(z.string().check(z.minLength(1))),
    }),
  ),
} as const;

/** A client as stored, or as a build carries it. */
export type ClientRecord = z.infer<ReturnType<typeof clientRecords.schema>>;

/** The OAuth clients: the person's own before the build's. */
export interface ClientBook {
  /** Null when there is none. One that can't be opened is none: the person enters it again. */
  current(providerId: ProviderId): Promise<OAuthClient | null>;
  views(): Promise<readonly ClientView[]>;
  save(providerId: ProviderId, client: ClientRecord): Promise<void>;
  remove(providerId: ProviderId): Promise<void>;
}

/** The book over a store of sealed records. */
export function createClientBook(parts: {
  readonly clients: SealedRecords<ClientRecord>;
  readonly defaultClients: ReadonlyMap<ProviderId, ClientRecord>;
  readonly providers: ReadonlyMap<ProviderId, MailProvider>;
  readonly oauth: OAuth;
}): ClientBook {
  const { clients, defaultClients, providers, oauth } = parts;

  const found = async (
    providerId: ProviderId,
  ): Promise<{ readonly client: ClientRecord | null; readonly origin: ClientView['origin'] }> => {
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
      const { clientId, clientSecret } = client;
      return { clientId, clientSecret: clientSecret === null ? null : secret(clientSecret) };
    },
    views: () =>
      Promise.all(
        [...providers.values()].map(async ({ declaration: { id, authorization } }) => {
          const { client, origin } = await found(id);
          return {
            providerId: id,
            clientId: client?.clientId ?? '',
            hasSecret: (client?.clientSecret ?? null) !== null,
            redirectUri: oauth.redirectUri(authorization),
            origin,
          };
        }),
      ),
    async save(providerId, { clientId, clientSecret }) {
      const takesSecret = providers.get(providerId)?.declaration.authorization.flowWithSecret;
      const kept = takesSecret ? clientSecret?.trim() : null;
      await clients.put(providerId, { clientId: clientId.trim(), clientSecret: kept || null });
    },
    remove: (providerId) => clients.remove(providerId),
  };
}
