import {
  accessTokenRecords,
  accountRecords,
  clientRecords,
  createAccounts,
  type Accounts,
} from '../../../utils/accounts/accounts.ts';
import type { AuthorizeOutcome, OAuth, RefreshOutcome } from '../../../utils/oauth/oauth.ts';
import { secret, type Secret } from '../../../utils/platform/platform.ts';
import { declaration as gmail } from '../../../utils/providers/gmail/gmail.ts';
import type {
  IdentifyOutcome,
  MailProvider,
  ProviderDeclaration,
  RevokeOutcome,
} from '../../../utils/providers/providers.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { createExclusively } from '../../harness/exclusively.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea, type FakeStorageArea } from '../../harness/fake-storage.ts';
import { createTestRandom } from '../../harness/test-random.ts';
import { freshVault } from '../vault/test-vault.ts';

/** A provider like Outlook: code flow without a secret, rotated refresh tokens that end early. */
export const outlookLike: ProviderDeclaration = {
  ...gmail,
  id: 'outlook',
  name: 'Outlook',
  rungs: {
    send: ['openid', 'email', 'offline_access', 'User.Read', 'Mail.Send'],
    drafts: ['openid', 'email', 'offline_access', 'User.Read', 'Mail.Send', 'Mail.ReadWrite'],
    read: null,
    files: null,
    'shared-mailbox': null,
  },
  authorization: {
    ...gmail.authorization,
    redirectPath: 'microsoft',
    flowWithoutSecret: 'code',
    flowWithSecret: null,
    issRequiredIn: [],
  },
};

/** Everything that is said outside is said by the test; the stores are real. */
export interface ScriptedWorld {
  readonly accounts: Accounts;
  readonly clock: FakeClock;
  readonly local: FakeStorageArea;
  readonly session: FakeStorageArea;
  /** What was asked, in order, with the token that was shown. */
  readonly asked: string[];
  authorize: (prompt: string) => AuthorizeOutcome | Promise<AuthorizeOutcome>;
  refresh: (token: string) => RefreshOutcome | Promise<RefreshOutcome>;
  identify: (token: string) => IdentifyOutcome;
  revoke: (token: string) => RevokeOutcome;
}

export const person: IdentifyOutcome = {
  kind: 'identified',
  identity: { subject: 's-1', address: 'ann@example.com', name: 'Ann' },
};

/** A grant of an hour; `scopes` are those of the rung `send` unless given. */
export function granted(
  accessToken: string,
  refreshToken: string | null,
  { scopes = outlookLike.rungs.send ?? [], now = 0 } = {},
): Extract<RefreshOutcome, { readonly kind: 'granted' }> {
  return {
    kind: 'granted',
    grant: {
      accessToken: secret(accessToken),
      expiresAt: now + 3_600_000,
      scopes,
      refreshToken: refreshToken === null ? null : secret(refreshToken),
      refreshTokenEndsAt: null,
      person: null,
    },
  };
}

/** A world in which everybody says yes at first. The clock stands at 0. */
export async function scriptedWorld(
  declaration: ProviderDeclaration = outlookLike,
): Promise<ScriptedWorld> {
  const clock = createFakeClock(0);
  const local = createFakeStorageArea();
  const session = createFakeStorageArea();
  const asked: string[] = [];
  const oauth: OAuth = {
    redirectUri: ({ redirectPath }) => `https://x.chromiumapp.org/${redirectPath}`,
    authorize: async ({ prompt, loginHint }) => {
      asked.push(`authorize ${prompt ?? 'as needed'} ${loginHint ?? '-'}`);
      return await made.authorize(prompt ?? 'as needed');
    },
    refresh: async ({ refreshToken }) => {
      asked.push(`refresh ${refreshToken.reveal()}`);
      return await made.refresh(refreshToken.reveal());
    },
    tryClient: ({ client }) =>
      Promise.resolve(
        client.clientSecret ? { kind: 'works', typeSeen: true } : { kind: 'not-recognised' },
      ),
  };
  const provider: MailProvider = {
    declaration,
    identify: (token: Secret) => {
      asked.push(`identify ${token.reveal()}`);
      return Promise.resolve(made.identify(token.reveal()));
    },
    revoke: (token) => {
      asked.push(`revoke ${token.reveal()}`);
      return Promise.resolve(made.revoke(token.reveal()));
    },
    send: () => Promise.reject(new Error('nobody sends here')),
    settle: () => Promise.reject(new Error('nobody sends here')),
    scheduling: null,
  };
  const vault = freshVault();
  const accounts = createAccounts({
    records: createSealedRecords({ vault, area: local, ...accountRecords }),
    clients: createSealedRecords({ vault, area: local, ...clientRecords }),
    session: createSealedRecords({ vault, area: session, ...accessTokenRecords }),
    oauth,
    providers: new Map([[declaration.id, provider]]),
    defaultClients: new Map([
      [declaration.id, { clientId: 'built-in', clientSecret: null, tenant: null }],
    ]),
    clock,
    random: createTestRandom(),
    exclusively: createExclusively(),
  });
  const made: ScriptedWorld = {
    accounts,
    clock,
    local,
    session,
    asked,
    authorize: () => granted('at-0', 'rt-0'),
    refresh: () => granted('at-1', 'rt-1'),
    identify: () => person,
    revoke: () => ({ kind: 'revoked', confirmed: true }),
  };
  return await Promise.resolve(made);
}

/** Links, and forgets that anything was asked for it. */
export async function linkedId(made: ScriptedWorld): Promise<string> {
  const [providerId] = (await made.accounts.clients()).map((client) => client.providerId);
  const outcome = await made.accounts.link(providerId ?? 'outlook');
  if (outcome.kind !== 'linked') throw new Error(JSON.stringify(outcome));
  made.asked.length = 0;
  return outcome.account.id;
}
