import type { ProviderId, Rung } from '../providers/providers.ts';
import { viewAccount } from './account-view.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { LinkOutcome } from './accounts.ts';
import { renewOtherRungs } from './renew-other-rungs.ts';
import { signIn, type SignedIn } from './sign-in.ts';
import { keepAccessToken, recordAfterSignIn } from './store-grant.ts';

/** Linking asks for the lowest rung; further ones are steps of their own. */
const RUNG: Rung = 'send';

/** Links whom the person chooses in the provider's window. */
export async function linkAccount(
  desk: AccountsDesk,
  providerId: ProviderId,
): Promise<LinkOutcome> {
  const signedIn = await signIn(desk, { providerId, rung: RUNG }, null);
  return signedIn.kind === 'signed-in' ? await linked(desk, signedIn) : signedIn;
}

/** Signs in again as the same person. */
export async function reconnectAccount(
  desk: AccountsDesk,
  accountId: string,
): Promise<LinkOutcome> {
  const record = await desk.book.find(accountId);
  if (!record) return { kind: 'refused', code: 'no_account', detail: '' };
  const { providerId } = record;
  const signedIn = await signIn(desk, { providerId, rung: RUNG }, { accountId, record });
  return signedIn.kind === 'signed-in' ? await linked(desk, signedIn) : signedIn;
}

/** One person at one provider is one account, however often and in whatever windows they are linked. */
async function linked(desk: AccountsDesk, signedIn: SignedIn): Promise<LinkOutcome> {
  const { id, relinked } = await desk.exclusively('postern.accounts', () => store(desk, signedIn));
  const lostRungs = relinked ? await renewOtherRungs(desk, id, RUNG) : [];
  const record = await desk.book.find(id);
  if (!record) return { kind: 'refused', code: 'no_account', detail: '' };
  return {
    kind: 'linked',
    account: await viewAccount(desk, id, record),
    canSend: record.rungs.includes(RUNG),
    relinked,
    lostRungs,
  };
}

async function store(
  desk: AccountsDesk,
  signedIn: SignedIn,
): Promise<{ readonly id: string; readonly relinked: boolean }> {
  const { provider, identity, grant } = signedIn;
  const { records } = await desk.book.list();
  const known = records.find(
    ({ value }) =>
      value.providerId === provider.declaration.id && value.subject === identity.subject,
  );
  const id = known?.id ?? desk.random.uuid();
  const issuedAt = desk.clock.now();
  await desk.book.put(
    id,
    (before) => recordAfterSignIn(signedIn, before, issuedAt),
    ({ rungs }) => keepAccessToken(desk, id, { rung: RUNG, rungs, grant, issuedAt }),
  );
  return { id, relinked: known !== undefined };
}
