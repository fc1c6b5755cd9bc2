import type { SendContext, SendOutcome } from './sending.ts';

/** From this many setbacks on nobody waits any longer for a provider that takes nothing: some hours. */
const SETBACKS_UNTIL_BACK = 10;

/**
 * The end of an attempt in which the provider answered, and took no byte or said nothing sensible: as long as
 * the mail has met little else it is tried again, then it comes back to the person. Only for a mail
 * whose last bytes never left.
 */
export function endOfStuck({
  setbacks,
}: Pick<SendContext, 'setbacks'>): Extract<SendOutcome, { kind: 'rejected' }> | null {
  return setbacks < SETBACKS_UNTIL_BACK
    ? null
    : { kind: 'rejected', code: 'upload_stuck', detail: '' };
}
