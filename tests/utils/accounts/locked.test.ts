import { expect, test } from 'vitest';
import { createAccounts } from '../../../utils/accounts/accounts.ts';
import { createGmail } from '../../../utils/providers/gmail/gmail.ts';
import { VaultError, type SealedRecords } from '../../../utils/vault/vault.ts';
import { createExclusively } from '../../harness/exclusively.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createTestRandom } from '../../harness/test-random.ts';

const locked = (): Promise<never> => Promise.reject(new VaultError('locked'));
const records: SealedRecords<never> = {
  get: locked,
  put: locked,
  list: locked,
  remove: locked,
  sealAnew: locked,
};

/** Accounts over a vault that is locked, in front of a world that must not be asked. */
function lockedAccounts(): ReturnType<typeof createAccounts> {
  const clock = createFakeClock(0);
  const nobody = (): Promise<never> => Promise.reject(new Error('nobody is to be asked'));
  return createAccounts({
    records,
    clients: records,
    session: records,
    oauth: {
      redirectUri: () => 'https://x.chromiumapp.org/google',
      authorize: nobody,
      refresh: nobody,
      tryClient: nobody,
    },
    providers: new Map([['gmail', createGmail({ network: { request: nobody }, clock })]]),
    defaultClients: new Map(),
    clock,
    random: createTestRandom(),
    exclusively: createExclusively(),
  });
}

test.each([
  ['list', (accounts) => accounts.list()],
  ['get', (accounts) => accounts.get('a')],
  ['unreadable', (accounts) => accounts.unreadable()],
  ['link', (accounts) => accounts.link('gmail')],
  ['reconnect', (accounts) => accounts.reconnect('a')],
  ['token', (accounts) => accounts.token('a', 'send')],
  ['grantRung', (accounts) => accounts.grantRung('a', 'drafts')],
  ['stepDown', (accounts) => accounts.stepDown('a', ['send'])],
  ['describe', (accounts) => accounts.describe('a', { label: '', colour: null })],
  ['reorder', (accounts) => accounts.reorder(['a'])],
  ['setOtherSenders', (accounts) => accounts.setOtherSenders('a', [])],
  ['noteHealth', (accounts) => accounts.noteHealth('a', { kind: 'works' })],
  ['markUsed', (accounts) => accounts.markUsed('a')],
  ['revoke', (accounts) => accounts.revoke('a')],
  ['forget', (accounts) => accounts.forget('a')],
  ['clients', (accounts) => accounts.clients()],
  [
    'saveClient',
    (accounts) => accounts.saveClient('gmail', { clientId: 'c', clientSecret: null, tenant: null }),
  ],
  ['removeClient', (accounts) => accounts.removeClient('gmail')],
  ['testClient', (accounts) => accounts.testClient('gmail')],
] as const satisfies readonly (readonly [
  string,
  (accounts: ReturnType<typeof createAccounts>) => Promise<unknown>,
])[])('%s says that the vault is locked, and asks nobody', async (_, act) => {
  await expect(act(lockedAccounts())).rejects.toMatchObject({ name: 'VaultError', code: 'locked' });
});
