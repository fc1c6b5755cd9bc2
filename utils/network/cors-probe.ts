import { makeCall, type Call } from './make-call.ts';
import { NetworkError } from './network-error.ts';
import type { NetworkParts } from './network-parts.ts';

const PROBE_TIMEOUT_MS = 5_000;
/** A line that breaks now and then may break at the second question alone, which looks like CORS. */
const ROUNDS = 2;

/**
 * Whether a call that got no answer failed because the browser hides the host's answers.
 *
 * The browser says the same (TypeError) when a connection breaks and when CORS forbids to read
 * (Fetch standard, section 4.1), so two questions without content are asked. Is the host there at
 * all? Asked with `no-cors`, which may not be read and so is never refused. If it is: could an
 * answer from this path to these header names be read now? If so, the connection broke, and nobody
 * has to be asked for a permission. Neither carries a body, a query or a header value of the call.
 * CORS refuses each time: one answer that can be read is enough to know that it was the line.
 */
export async function corsRefuses(parts: NetworkParts, call: Call): Promise<boolean> {
  if ((await parts.hasHostPermission?.(call.url.hostname)) === true) return false;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!(await answersUnread(parts, call))) return false;
  }
  return true;
}

/** The host is there, and what it answers can't be read. */
async function answersUnread(parts: NetworkParts, call: Call): Promise<boolean> {
  const { url, init } = call;
  // The call's own path: at `/` some providers redirect to a page for people, on another host.
  const there = new URL(url.origin + url.pathname);
  // Fetch allows no-cors with `follow` alone; there is nothing in it that a redirect could carry on.
  const blind = { method: 'GET', mode: 'no-cors', redirect: 'follow' } as const;
  if (!(await asked(parts, call, { url: there, init: blind }))) return false;
  const names = [...new Headers(init.headers).keys()];
  const readable = await asked(parts, call, {
    url: there,
    init: {
      // CORS is granted by path and method. Without body, query and token there is nothing to act on.
      method: init.method ?? 'GET',
      headers: Object.fromEntries(names.map((name) => [name, 'probe'])),
      redirect: 'manual',
    },
  });
  return !readable;
}

async function asked(
  parts: NetworkParts,
  { about }: Call,
  question: Pick<Call, 'url' | 'init'>,
): Promise<boolean> {
  const call: Call = {
    ...question,
    about: {
      purpose: 'probe-host',
      accountId: about.accountId,
      timeoutMs: PROBE_TIMEOUT_MS,
      ...(about.signal && { signal: about.signal }),
    },
    requestBytes: 0,
  };
  try {
    return await makeCall(parts, call, {
      read: async (response) => {
        await response.body?.cancel();
        return { value: true, status: response.status || null, answerBytes: 0, requestId: null };
      },
      explain: () => Promise.resolve('failed'),
    });
  } catch (error) {
    if (error instanceof NetworkError) return false;
    throw error;
  }
}
