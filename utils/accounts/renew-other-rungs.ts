import type { Rung } from '../providers/providers.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import { freshToken } from './fresh-token.ts';

/**
 * After a new sign-in: asks silently for the further rungs that the account had, so that what waits
 * for them goes on as well. Resolves to those that the provider gives to the person only; they are
 * no longer the account's. What could not be asked now stays.
 */
export async function renewOtherRungs(
  desk: AccountsDesk,
  accountId: string,
  signedInFor: Rung,
): Promise<Rung[]> {
  const record = await desk.book.find(accountId);
  const others = record?.rungs.filter((rung) => rung !== signedInFor) ?? [];
  const lost: Rung[] = [];
  for (const rung of others) {
    const outcome = await freshToken(desk, { accountId, rung, rejected: false });
    if (outcome.kind === 'needs-sign-in' || outcome.kind === 'missing-right') lost.push(rung);
  }
  if (lost.length === 0) return lost;
  // Whoever signed in a moment ago is signed in: it is these rights that are gone.
  await desk.book.change(accountId, (after) => ({
    ...after,
    rungs: after.rungs.filter((rung) => !lost.includes(rung)),
    refreshTokens: after.refreshTokens.filter(({ rung }) => !lost.includes(rung)),
    health: { kind: 'works' },
  }));
  return lost;
}
