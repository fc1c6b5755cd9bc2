import type { EpochMs } from '../platform/platform.ts';
import {
  limitsFor,
  rungForSize,
  type ProviderDeclaration,
  type Rung,
} from '../providers/providers.ts';
import type { TokensSeen } from './access-tokens.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { AccountHealth, AccountView } from './accounts.ts';

/**
 * Who was at the provider's window, or came through it silently, within this time is taken to be
 * signed in there still.
 */
const SIGN_IN_KNOWN_MS = 24 * 60 * 60_000;

/** What a page may see of an account. */
export async function viewAccount(
  {
    providers,
    tokens,
    clock,
  }: Pick<AccountsDesk, 'providers' | 'clock'> & { readonly tokens: TokensSeen },
  id: string,
  record: AccountRecord,
): Promise<AccountView> {
  const declaration = providers.get(record.providerId)?.declaration ?? null;
  const { providerId, address, name, accountType, label, colour, otherSenders } = record;
  const { rungs, carriesMore, linkedAt, lastUsedAt } = record;
  const access = record.health.kind === 'works' ? await tokens.get(id, 'send') : null;
  const limits = declaration && limitsFor(declaration, rungs);
  const hasToken = access !== null && tokens.isFresh(access);
  return {
    ...{ id, providerId, address, name, accountType, label, colour, otherSenders },
    providerName: declaration?.name ?? providerId,
    grantedRungs: rungs,
    grants: rungs.map((rung) => {
      const kept = record.refreshTokens.find((each) => each.rung === rung);
      const { obtainedAt = null, endsAt = null } = kept ?? {};
      return { rung, lasting: kept !== undefined, obtainedAt, endsAt };
    }),
    carriesMore,
    health: hasToken ? record.health : healthWithoutToken(record, clock.now()),
    grant: grantOf(record),
    limits: limits && { messageBytes: limits.messageBytes, recipients: limits.recipients },
    larger: declaration && largerWith(declaration, rungs),
    consentPage: declaration ? consentPageOf(declaration, record) : '',
    linkedAt,
    lastUsedAt,
  };
}

/** The lowest right, not given yet, that lets larger mails go, and how large; null for none. */
function largerWith(
  declaration: ProviderDeclaration,
  rungs: readonly Rung[],
): AccountView['larger'] {
  const { messageBytes } = limitsFor(declaration, rungs);
  const rung = rungForSize(declaration, rungs, messageBytes + 1);
  if (rung === null) return null;
  return { rung, messageBytes: limitsFor(declaration, [...rungs, rung]).messageBytes };
}

/** The provider's page where this person withdraws consent by hand. */
export function consentPageOf(
  { authorization }: ProviderDeclaration,
  { accountType }: Pick<AccountRecord, 'accountType'>,
): string {
  const { tenancy, consentPage } = authorization;
  return tenancy && accountType === 'personal' ? tenancy.personalConsentPage : consentPage;
}

/** Whether the next send may have to ask, by what is known here: nobody is asked for it. */
function healthWithoutToken(record: AccountRecord, now: EpochMs): AccountHealth {
  if (record.health.kind !== 'works' || !record.granted) return record.health;
  const kept = record.refreshTokens.find(({ rung }) => rung === 'send');
  if (kept && (kept.endsAt === null || kept.endsAt > now)) return record.health;
  const seenAt = Math.max(record.signedInAt, record.silentAt ?? 0);
  if (now - seenAt < SIGN_IN_KNOWN_MS) return record.health;
  return { kind: 'will-ask', why: kept ? 'token-ended' : 'nothing-kept' };
}

function grantOf({ granted, refreshTokens }: AccountRecord): AccountView['grant'] {
  if (!granted) return 'none';
  return refreshTokens.length > 0 ? 'lasting' : 'per-session';
}
