import {
  accessTokenRecords,
  accountRecords,
  clientRecords,
  createAccounts,
  type Accounts,
  type AccountView,
} from '../../../utils/accounts/accounts.ts';
import { createNetwork, type CallRecord } from '../../../utils/network/network.ts';
import { createOAuth } from '../../../utils/oauth/oauth.ts';
import { createGmail, declaration as gmail } from '../../../utils/providers/gmail/gmail.ts';
import type { MailProvider } from '../../../utils/providers/providers.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { createExclusively } from '../../harness/exclusively.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea, type FakeStorageArea } from '../../harness/fake-storage.ts';
import { declaration as outlook } from '../../../utils/providers/outlook/outlook.ts';
import { createTestRandom } from '../../harness/test-random.ts';
import { createPerson, type Person } from '../../peers/google/person.ts';
import { createHostRouter, type HostRouter } from '../../peers/host-router.ts';
import {
  DEMO_ACCOUNTS,
  DEMO_TENANTS,
  demoMicrosoftClient,
} from '../../peers/microsoft/microsoft-defaults.ts';
import type { MicrosoftClient } from '../../peers/microsoft/microsoft-options.ts';
import { createMicrosoftPeer, type MicrosoftPeer } from '../../peers/microsoft/microsoft-peer.ts';
import { peerFetch } from '../../peers/peer-fetch.ts';
import { freshVault } from '../vault/test-vault.ts';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
export const REDIRECT_URI = `https://${ID}.chromiumapp.org/outlook`;
export const { joan, katherine, hedy, alan } = DEMO_ACCOUNTS;
export const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;

/** One browser profile with a Microsoft and a person before it. */
export interface MicrosoftWorld {
  readonly accounts: Accounts;
  /** Another context over the same stores and locks. */
  worker(): Accounts;
  readonly microsoft: MicrosoftPeer;
  readonly person: Person;
  readonly router: HostRouter;
  readonly clock: FakeClock;
  readonly local: FakeStorageArea;
  readonly session: FakeStorageArea;
  readonly calls: CallRecord[];
  /** Every address that the sign-in window was opened with, oldest first. */
  readonly launches: readonly URL[];
  /** Hosts whose answers can be read whatever they say of CORS. */
  allowed: readonly string[];
  /** Links whom the person is set to be, and fails when that fails. */
  linked(): Promise<AccountView>;
}

/** `client`: what the registration differs in. */
export async function microsoftWorld(
  client: Partial<MicrosoftClient> = {},
  tenant: string | null = null,
): Promise<MicrosoftWorld> {
  const registered = demoMicrosoftClient([REDIRECT_URI], client);
  const router = createHostRouter();
  const clock = createFakeClock(Date.UTC(2026, 10, 22, 10));
  const microsoft = createMicrosoftPeer({
    tenants: Object.values(DEMO_TENANTS),
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [registered],
    clock: { now: () => clock.now(), advance: (ms) => clock.jump(ms) },
  });
  router.mount(microsoft);
  const person = createPerson(router, { account: joan, extensionId: ID });
  const local = createFakeStorageArea();
  const session = createFakeStorageArea();
  const vault = freshVault();
  const calls: CallRecord[] = [];
  const launches: URL[] = [];
  const exclusively = createExclusively();

  const worker = (): Accounts => {
    const fetchHere = peerFetch(router, {
      origin: `chrome-extension://${ID}`,
      hostPermissions: () => made.allowed,
    });
    const network = createNetwork({
      fetch: fetchHere,
      clock,
      hosts: [...outlook.hosts, ...gmail.hosts],
      isOnline: () => true,
      record: (call) => calls.push(call),
    });
    const random = createTestRandom();
    const provider: MailProvider = {
      ...createGmail({ network, clock }),
      declaration: outlook,
      identify: async (token) => {
        const url = outlook.authorization.userinfoEndpoint;
        const headers = { Authorization: `Bearer ${token.reveal()}` };
        const answer = await fetchHere(url, { headers });
        if (!answer.ok) return { kind: 'refused', code: String(answer.status) };
        const me = (await answer.json()) as Record<string, string>;
        const address = me['mail'] ?? me['userPrincipalName'] ?? '';
        const identity = { subject: me['id'] ?? '', address, name: me['displayName'] ?? '' };
        return { kind: 'identified', identity };
      },
    };
    return createAccounts({
      records: createSealedRecords({ vault, area: local, ...accountRecords }),
      clients: createSealedRecords({ vault, area: local, ...clientRecords }),
      session: createSealedRecords({ vault, area: session, ...accessTokenRecords }),
      oauth: createOAuth({
        network,
        webAuth: {
          ...person.webAuth,
          launch: (request) => {
            launches.push(new URL(request.url));
            return person.webAuth.launch(request);
          },
        },
        random,
        clock,
        isOnline: () => true,
      }),
      providers: new Map([['outlook', provider]]),
      defaultClients: new Map(),
      clock,
      random,
      exclusively,
    });
  };

  const made: MicrosoftWorld = {
    accounts: worker(),
    worker,
    microsoft,
    person,
    router,
    clock,
    local,
    session,
    calls,
    launches,
    allowed: [],
    async linked() {
      const outcome = await made.accounts.link('outlook');
      if (outcome.kind !== 'linked') throw new Error(`not linked: ${JSON.stringify(outcome)}`);
      return outcome.account;
    },
  };
  await made.accounts.saveClient('outlook', {
    clientId: registered.id,
    clientSecret: null,
    tenant,
  });
  return made;
}
