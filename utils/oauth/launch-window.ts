import type { WebAuthOutcome } from '../platform/platform.ts';
import type { Attempt } from './authorization-attempt.ts';
import type { OAuthParts } from './oauth-parts.ts';

/** What a silent attempt may take. Google's pages pass it on by script, which is not quick. */
const SILENT_TIMEOUT_MS = 15_000;
/** What a person may take, to look for a second factor for example. */
const PERSON_TIMEOUT_MS = 30 * 60_000;
/** A browser that forgets to answer must not hold up a send for ever. */
const GRACE_MS = 5_000;

/** A page that goes nowhere in all that time is asked for once more: it may have been slow. */
const MOST_TRIES = 2;

/** How a window ended, or why it was not waited for. */
export type Launched = WebAuthOutcome | { readonly kind: 'offline' };

/**
 * Opens the window of an attempt and waits for its end, but not for ever. Chromium says of a page that is
 * there and goes nowhere by itself that it wants the person, and always as late as this: of one that did not
 * come it says something else (measured, Chromium 156).
 */
export async function launch(
  parts: OAuthParts,
  attempt: Attempt,
  interactive: boolean,
): Promise<Launched> {
  if (!parts.isOnline()) return { kind: 'offline' };
  const timeoutMs = interactive ? PERSON_TIMEOUT_MS : SILENT_TIMEOUT_MS;
  for (let tried = 1; ; tried += 1) {
    const startedAt = parts.clock.now();
    const launched = await endOfWindow(parts, { url: attempt.url, interactive, timeoutMs });
    const late = parts.clock.now() - startedAt >= timeoutMs;
    if (launched.kind !== 'interaction-required' || !late || tried === MOST_TRIES) return launched;
  }
}

async function endOfWindow(
  { webAuth, clock }: OAuthParts,
  request: Parameters<OAuthParts['webAuth']['launch']>[0],
): Promise<WebAuthOutcome> {
  const answered = new AbortController();
  const tooLate = clock
    .sleep(request.timeoutMs + GRACE_MS, answered.signal)
    .then((): WebAuthOutcome => ({ kind: 'timeout' }));
  try {
    return await Promise.race([webAuth.launch(request), tooLate]);
  } finally {
    answered.abort();
  }
}
