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
import type { WebAuth } from '../../../utils/platform/platform.ts';
import { createGmail, declaration } from '../../../utils/providers/gmail/gmail.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { createExclusively } from '../../harness/exclusively.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea, type FakeStorageArea } from '../../harness/fake-storage.ts';
import { createTestRandom } from '../../harness/test-random.ts';
import { DEMO_ACCOUNTS, demoClient } from '../../peers/google/google-defaults.ts';
import { createGooglePeer, type GooglePeer } from '../../peers/google/google-peer.ts';
import { createPerson, type Person } from '../../peers/google/person.ts';
import { createHostRouter, type HostRouter } from '../../peers/host-router.ts';
import { peerFetch } from '../../peers/peer-fetch.ts';
import { freshVault } from '../vault/test-vault.ts';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
export const SEND = 'https://www.googleapis.com/auth/gmail.send';
export const { ada, grace } = DEMO_ACCOUNTS;
export const googleClient = demoClient([`https://${ID}.chromiumapp.org/google`]);

/** One browser profile with a Google and a person before it. */
export interface World {
  /** The worker of the beginning. */
  readonly accounts: Accounts;
  /** Another context over the same stores and locks. */
  worker(): Accounts;
  readonly google: GooglePeer;
  readonly person: Person;
  readonly router: HostRouter;
  readonly clock: FakeClock;
  readonly local: FakeStorageArea;
  readonly session: FakeStorageArea;
  /** Every call that left, oldest first. */
  readonly calls: CallRecord[];
  online: boolean;
  /** What the person does to the address before the window loads it. Assign to change. */
  detour: (url: URL) => void;
  /** Links and fails when that fails. */
  linked(): Promise<AccountView>;
}

/** `client`: whether the person has entered Google's client, and with its secret. */
export async function world(client: 'none' | 'id' | 'id and secret' = 'id'): Promise<World> {
  const router = createHostRouter();
  const clock = createFakeClock(Date.now());
  const movable = { now: () => clock.now(), advance: (ms: number) => clock.jump(ms) };
  const google = createGooglePeer({
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [googleClient],
    clock: movable,
  });
  router.mount(google);
  const person = createPerson(router, { account: ada, extensionId: ID });
  const local = createFakeStorageArea();
  const session = createFakeStorageArea();
  const vault = freshVault();
  const calls: CallRecord[] = [];
  const exclusively = createExclusively();

  const webAuth: WebAuth = {
    redirectUri: (path) => person.webAuth.redirectUri(path),
    launch: async (request) => {
      const url = new URL(request.url);
      made.detour(url);
      return await person.webAuth.launch({ ...request, url: url.href });
    },
  };

  const worker = (): Accounts => {
    const network = createNetwork({
      fetch: peerFetch(router, { origin: `chrome-extension://${ID}`, online: () => made.online }),
      clock,
      hosts: declaration.hosts,
      isOnline: () => made.online,
      record: (call) => calls.push(call),
    });
    const random = createTestRandom();
    const isOnline = (): boolean => made.online;
    return createAccounts({
      records: createSealedRecords({ vault, area: local, ...accountRecords }),
      clients: createSealedRecords({ vault, area: local, ...clientRecords }),
      session: createSealedRecords({ vault, area: session, ...accessTokenRecords }),
      oauth: createOAuth({ network, webAuth, random, clock, isOnline }),
      providers: new Map([['gmail', createGmail({ network, clock })]]),
      defaultClients: new Map(),
      clock,
      random,
      exclusively,
    });
  };

  const made: World = {
    accounts: worker(),
    worker,
    google,
    person,
    router,
    clock,
    local,
    session,
    calls,
    online: true,
    detour: () => {},
    async linked() {
      const outcome = await made.accounts.link('gmail');
      if (outcome.kind !== 'linked') throw new Error(`not linked: ${JSON.stringify(outcome)}`);
      return outcome.account;
    },
  };
  if (client !== 'none') {
    const clientSecret = client === 'id' ? null : googleClient.secret;
    await made.accounts.saveClient('gmail', {
      clientId: googleClient.id,
      clientSecret,
      tenant: null,
    });
  }
  return made;
}

/** What the calls since `from` were for. */
export function purposes({ calls }: World, from = 0): readonly string[] {
  return calls.slice(from).map(({ purpose }) => purpose);
}
