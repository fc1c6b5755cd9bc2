import type { Act, Said, Unanswered, Wire } from './graph-call.ts';
import { findCopies, lookAt, type FoundMail } from './mail-lookup.ts';

/** Where a mail is that was written as a draft. */
export type Whereabouts =
  | { readonly kind: 'draft'; readonly mail: FoundMail }
  | { readonly kind: 'sent'; readonly mail: FoundMail }
  /**
   * Nothing of it is to be seen. That proves nothing soon after it was handed in: its copy in Sent
   * may come late, and under another id (PROVIDERS B2).
   */
  | { readonly kind: 'nowhere' }
  | Exclude<Unanswered, { kind: 'not-found' }>;

/** Looks for the draft by its lasting id, then for a sent mail with the same Message-ID. */
export async function whereIs(wire: Wire, act: Act, id: string): Promise<Whereabouts> {
  const seen = await lookAt(wire, act, id);
  if (seen.kind === 'said') {
    return { kind: seen.value.isDraft ? 'draft' : 'sent', mail: seen.value };
  }
  if (seen.kind !== 'not-found') return seen;
  return sentAmong(await findCopies(wire, act));
}

/** Only what was sent counts: another draft with this Message-ID is a leftover, not this mail. */
function sentAmong(copies: Said<readonly FoundMail[]>): Whereabouts {
  if (copies.kind === 'not-found') return { kind: 'nowhere' };
  if (copies.kind !== 'said') return copies;
  const sent = copies.value.find(({ isDraft }) => !isDraft);
  return sent ? { kind: 'sent', mail: sent } : { kind: 'nowhere' };
}
