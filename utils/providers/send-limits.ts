import { RUNGS, type Rung } from '../vocabulary/vocabulary.ts';
import type { ProviderDeclaration } from './providers.ts';

/** What a provider takes. */
export interface SendLimits {
  /** The whole message in bytes, as sent. */
  readonly messageBytes: number;
  /** To, Cc and Bcc together, per message. */
  readonly recipients: number;
  readonly sendsPerMinute: number;
  /** Null when the provider publishes none. */
  readonly sendsPerDay: number | null;
  readonly concurrentSends: number;
}

type Limited = Pick<ProviderDeclaration, 'limits' | 'limitsWith'>;

/** What the provider takes from somebody who granted these rights. Pure. */
export function limitsFor({ limits, limitsWith }: Limited, granted: readonly Rung[]): SendLimits {
  return granted.reduce((found, rung) => ({ ...found, ...limitsWith[rung] }), limits);
}

/** The lowest right, not granted yet, with which a message of this size could go; null for none. */
export function rungForSize(
  declaration: Limited,
  granted: readonly Rung[],
  sizeBytes: number,
): Rung | null {
  const missing = RUNGS.filter((rung) => !granted.includes(rung));
  const helps = (rung: Rung): boolean =>
    limitsFor(declaration, [...granted, rung]).messageBytes >= sizeBytes;
  return missing.find(helps) ?? null;
}
