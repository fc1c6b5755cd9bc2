import { flowOf, type Grant, type OAuthClient } from '../oauth/oauth.ts';
import type { Identity, MailProvider, ProviderId, Rung } from '../providers/providers.ts';
import { inOrder, rungsOf, viewOf, type AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { LinkOutcome } from './accounts.ts';
import { withRefreshToken } from './with-refresh-token.ts';

/** Linking asks for the lowest rung; further ones are steps of their own. */
const RUNG: Rung = 'send';

type NotLinked = Exclude<LinkOutcome, { readonly kind: 'linked' }>;

interface SignedIn {
  readonly kind: 'signed-in';
  readonly provider: MailProvider;
  readonly client: OAuthClient;
  readonly grant: Grant;
  readonly identity: Identity;
}

/** Links whom the person chooses in the provider's window. */
export async function linkAccount(
  desk: AccountsDesk,
  providerId: ProviderId,
): Promise<LinkOutcome> {
  const signedIn = await signIn(desk, providerId, null);
  return signedIn.kind === 'signed-in' ? await store(desk, signedIn) : signedIn;
}

/** Signs in again as the same person. */
export async function reconnectAccount(
  desk: AccountsDesk,
  accountId: string,
): Promise<LinkOutcome> {
  const record = await desk.book.find(accountId);
  if (!record) return { kind: 'refused', code: 'no_account', detail: '' };
  const signedIn = await signIn(desk, record.providerId, { accountId, address: record.address });
  if (signedIn.kind !== 'signed-in') return signedIn;
  const { identity } = signedIn;
  return identity.subject === record.subject
    ? await store(desk, signedIn)
    : { kind: 'other-address', address: identity.address };
}

/** Everything that has to hold before anything is stored. */
async function signIn(
  desk: AccountsDesk,
  providerId: ProviderId,
  known: { readonly accountId: string; readonly address: string } | null,
): Promise<SignedIn | NotLinked> {
  const provider = desk.providers.get(providerId);
  if (!provider) return { kind: 'refused', code: 'no_provider', detail: '' };
  const client = await desk.clients.current(providerId);
  if (!client) return { kind: 'no-client' };
  const { authorization: server, rungs } = provider.declaration;
  const outcome = await desk.oauth.authorize({
    server,
    client,
    scopes: rungs[RUNG] ?? [],
    // Consent is asked for each time: else a box once unticked is never shown again, and Google
    // gives a refresh token with a consent only (PROVIDERS A1).
    prompt: known ? 'consent' : 'select_account consent',
    loginHint: known?.address ?? null,
    accountId: known?.accountId ?? null,
  });
  if (outcome.kind === 'signed-out') return { kind: 'refused', code: outcome.why, detail: '' };
  if (outcome.kind !== 'granted') return outcome;
  const { grant } = outcome;
  const who = await provider.identify(grant.accessToken, known?.accountId ?? null);
  switch (who.kind) {
    case 'identified':
      return { kind: 'signed-in', provider, client, grant, identity: who.identity };
    case 'refused':
      return { kind: 'refused', code: who.code, detail: '' };
    default:
      return who;
  }
}

/** One person at one provider is one account, however often and in whatever windows they are linked. */
async function store(desk: AccountsDesk, signedIn: SignedIn): Promise<LinkOutcome> {
  const { provider, identity, grant } = signedIn;
  const { declaration } = provider;
  return await desk.exclusively('postern.accounts', async () => {
    const { records } = await desk.book.list();
    const known = records.find(
      ({ value }) => value.providerId === declaration.id && value.subject === identity.subject,
    );
    const id = known?.id ?? desk.random.uuid();
    const issuedAt = desk.clock.now();
    const record = await desk.book.put(
      id,
      (before) => linkedRecord(signedIn, before, issuedAt),
      async ({ rungs }) => {
        await desk.tokens.drop(id, RUNG);
        if (!rungs.includes(RUNG)) return;
        const { accessToken: token, expiresAt } = grant;
        await desk.tokens.put(id, RUNG, { token, issuedAt, expiresAt, replacesRejected: false });
      },
    );
    return {
      kind: 'linked',
      account: viewOf(id, record, declaration),
      canSend: record.rungs.includes(RUNG),
      relinked: known !== undefined,
    };
  });
}

function linkedRecord(
  { provider, client, grant, identity }: SignedIn,
  before: AccountRecord | null,
  now: number,
): AccountRecord {
  const { declaration } = provider;
  const { clientId } = client;
  const others = before?.rungs.filter((rung) => rung !== RUNG) ?? [];
  // A client that asks for tokens only can use none of these any more.
  const usable = flowOf(declaration.authorization, client) === 'code';
  const earlier = before?.refreshTokens.filter((each) => each.rung !== RUNG || usable) ?? [];
  return {
    providerId: declaration.id,
    subject: identity.subject,
    address: identity.address,
    name: identity.name || (before?.name ?? ''),
    granted: true,
    rungs: inOrder([...others, ...rungsOf(declaration, grant.scopes)]),
    refreshTokens: withRefreshToken(earlier, {
      rung: RUNG,
      token: grant.refreshToken,
      clientId,
      obtainedAt: now,
    }),
    health: { kind: 'works' },
    linkedAt: before?.linkedAt ?? now,
    lastUsedAt: before?.lastUsedAt ?? null,
  };
}
