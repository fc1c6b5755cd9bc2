import type { WebAuthOutcome } from '../platform/platform.ts';
import type { Attempt } from './authorization-attempt.ts';
import type { OAuthParts } from './oauth-parts.ts';

/** What a silent attempt may take. Google's pages pass it on by script, which is not quick. */
const SILENT_TIMEOUT_MS = 15_000;
/** What a person may take, to look for a second factor for example. */
const PERSON_TIMEOUT_MS = 30 * 60_000;
/** A browser that forgets to answer must not hold up a send for ever. */
const GRACE_MS = 5_000;

/** How a window ended, or why it was not waited for. */
export type Launched = WebAuthOutcome | { readonly kind: 'timeout' } | { readonly kind: 'offline' };

/** Opens the window of an attempt and waits for its end, but not for ever. */
export async function launch(
  parts: OAuthParts,
  attempt: Attempt,
  interactive: boolean,
): Promise<Launched> {
  if (!parts.isOnline()) return { kind: 'offline' };
  const { webAuth, clock } = parts;
  const timeoutMs = interactive ? PERSON_TIMEOUT_MS : SILENT_TIMEOUT_MS;
  const startedAt = clock.now();
  const answered = new AbortController();
  const tooLate = clock
    .sleep(timeoutMs + GRACE_MS, answered.signal)
    .then((): Launched => ({ kind: 'timeout' }));
  try {
    const launched = await Promise.race([
      webAuth.launch({ url: attempt.url, interactive, timeoutMs }),
      tooLate,
    ]);
    // A browser says of a page that was merely slow that it wants the person.
    const slow = launched.kind === 'interaction-required' && clock.now() - startedAt >= timeoutMs;
    return slow ? { kind: 'timeout' } : launched;
  } finally {
    answered.abort();
  }
}
