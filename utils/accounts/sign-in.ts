import type { Grant, OAuthClient } from '../oauth/oauth.ts';
import type { Identity, MailProvider, ProviderId, Rung } from '../providers/providers.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { LinkOutcome } from './accounts.ts';
import { needsAdmin } from './admin-approval.ts';

/** A person who was in the provider's window, and what they gave there. Nothing of it is stored yet. */
export interface SignedIn {
  readonly kind: 'signed-in';
  readonly provider: MailProvider;
  readonly client: OAuthClient;
  readonly rung: Rung;
  readonly grant: Grant;
  readonly identity: Identity;
}

/** Why nobody signed in. */
export type NotSignedIn = Exclude<LinkOutcome, { readonly kind: 'linked' }>;

/** Who is expected; null for whom the person chooses. */
export interface KnownPerson {
  readonly accountId: string;
  readonly record: AccountRecord;
}

/** Opens the provider's window for one rung, and asks who came out of it. */
export async function signIn(
  desk: AccountsDesk,
  wanted: { readonly providerId: ProviderId; readonly rung: Rung },
  known: KnownPerson | null,
): Promise<SignedIn | NotSignedIn> {
  const { rung } = wanted;
  const provider = desk.providers.get(wanted.providerId);
  if (!provider) return { kind: 'refused', code: 'no_provider', detail: '' };
  const client = await desk.clients.current(wanted.providerId);
  if (!client) return { kind: 'no-client' };
  const { authorization: server, rungs } = provider.declaration;
  const outcome = await desk.oauth.authorize({
    server,
    client,
    scopes: rungs[rung] ?? [],
    prompt: known ? server.promptToReturn : server.promptToLink,
    loginHint: known ? loginHintOf(known.record) : null,
    accountId: known?.accountId ?? null,
  });
  switch (outcome.kind) {
    case 'granted':
      break;
    case 'signed-out':
      return { kind: 'refused', code: outcome.why, detail: '' };
    case 'needs-admin':
      return needsAdmin(provider.declaration, outcome, {
        client,
        rung,
        tenant: known?.record.tenant ?? null,
      });
    default:
      return outcome;
  }
  const { grant } = outcome;
  const who = await provider.identify(grant.accessToken, known?.accountId ?? null);
  switch (who.kind) {
    case 'identified': {
      const { identity } = who;
      if (known && identity.subject !== known.record.subject) {
        return { kind: 'other-address', address: identity.address };
      }
      return { kind: 'signed-in', provider, client, rung, grant, identity };
    }
    case 'refused':
      return { kind: 'refused', code: who.code, detail: '' };
    default:
      return who;
  }
}

/** What the provider is told of whom to sign in. */
export function loginHintOf({ signInName, address }: AccountRecord): string {
  return signInName ?? address;
}
