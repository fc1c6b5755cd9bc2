import { readText } from './answer-text.ts';
import { corsRefuses } from './cors-probe.ts';
import { makeCall, note, type Call } from './make-call.ts';
import { NetworkError } from './network-error.ts';
import type { HttpRequest, Network } from './network.ts';
import type { NetworkParts } from './network-parts.ts';

/** Statuses that redirect (Fetch standard, "redirect status"). */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Builds the only way out. */
export function createNetwork(parts: NetworkParts): Network {
  const hosts = new Set(parts.hosts);
  return {
    async request(request) {
      const url = allowedUrl(request.url, hosts);
      if (!url) throw refused(parts, request);
      const call = callOf(url, request);
      return await makeCall(parts, call, {
        read: async (response) => {
          if (isRedirect(response, request)) {
            await response.body?.cancel();
            throw new NetworkError('redirected', url.hostname);
          }
          const { text, sizeBytes } = await readText(response.body);
          const { status, headers } = response;
          const value = { status, text, header: (name: string) => headers.get(name) };
          const requestId = request.traceHeader ? headers.get(request.traceHeader) : null;
          return { value, status, answerBytes: sizeBytes, requestId };
        },
        explain: async () => ((await corsRefuses(parts, call)) ? 'cors-refused' : 'failed'),
      });
    },
  };
}

/** The URL, parsed once, so that what was checked is what is called. Null when it may not be. */
function allowedUrl(text: string, hosts: ReadonlySet<string>): URL | null {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username || url.password) return null;
  return hosts.has(url.hostname) ? url : null;
}

function refused(parts: NetworkParts, request: HttpRequest): NetworkError {
  const hostname = URL.parse(request.url)?.hostname ?? '';
  const at = parts.clock.now();
  note(
    parts,
    { url: { hostname }, about: request, requestBytes: 0 },
    {
      at,
      durationMs: 0,
      status: null,
      answerBytes: 0,
      requestId: null,
      result: 'host-not-allowed',
    },
  );
  return new NetworkError('host-not-allowed', hostname);
}

function callOf(url: URL, request: HttpRequest): Call {
  const { method, headers, body } = request;
  const requestBytes =
    typeof body === 'string' ? new TextEncoder().encode(body).length : (body?.byteLength ?? 0);
  // Why these two modes: docs/decisions/0002-redirects.md.
  const redirect = request.allows308 === true ? 'follow' : 'manual';
  return { url, about: request, init: { method, headers, body, redirect }, requestBytes };
}

/**
 * A status that redirects counts even where no Location came with it: only the caller knows of a
 * server that means something else by 308.
 */
function isRedirect(response: Response, request: HttpRequest): boolean {
  if (response.type === 'opaqueredirect' || response.redirected) return true;
  const meansIncomplete = request.allows308 === true && response.status === 308;
  return REDIRECTS.includes(response.status) && !meansIncomplete;
}
