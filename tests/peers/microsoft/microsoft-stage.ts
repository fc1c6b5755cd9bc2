import { createHash } from 'node:crypto';
import { createMovableClock } from '../clock.ts';
import { createHostRouter, type HostRouter } from '../host-router.ts';
import { peerFetch } from '../peer-fetch.ts';
import { DEMO_ACCOUNTS, DEMO_TENANTS, demoMicrosoftClient } from './microsoft-defaults.ts';
import type { MicrosoftClient, MicrosoftPeerOptions } from './microsoft-options.ts';
import { createMicrosoftPeer, type MicrosoftPeer } from './microsoft-peer.ts';

/** The extension id that the staged client is registered for. */
export const EXTENSION_ID = 'abcdefghijklmnopabcdefghijklmnop';
export const EXTENSION_ORIGIN = `chrome-extension://${EXTENSION_ID}`;
export const REDIRECT_URI = `https://${EXTENSION_ID}.chromiumapp.org/outlook`;
export const LOGIN = 'https://login.microsoftonline.com';
export const GRAPH = 'https://graph.microsoft.com/v1.0';
export const SEND_SCOPES = 'openid profile email offline_access User.Read Mail.Send';
/** When a stage is set: all of a test happens at once, but for what it advances. */
export const STAGED_AT = Date.UTC(2026, 10, 22, 10);
/** A verifier of the least length (RFC 7636 section 4.1). */
export const VERIFIER = 'v'.repeat(43);

/** A local Microsoft with one SPA client and five accounts, in memory: what most unit tests start from. */
export interface MicrosoftStage {
  readonly router: HostRouter;
  readonly microsoft: MicrosoftPeer;
  readonly client: MicrosoftClient;
  readonly accounts: typeof DEMO_ACCOUNTS;
  readonly tenants: typeof DEMO_TENANTS;
  /** No CORS filter: what goes over the wire. */
  readonly fetch: typeof fetch;
  /** As the extension's worker fetches, without any host permission. */
  readonly extensionFetch: typeof fetch;
  /** An access token of Joan's; for sending unless told otherwise. */
  token(scopes?: readonly string[], account?: string): string;
  /** A call of Graph with a token of Joan's for these scopes. */
  graph(path: string, call?: GraphRequest): Promise<Response>;
  /** Address of the authorisation endpoint; a send-only code request unless told otherwise; null leaves one out. */
  authorizeUrl(parameters?: Readonly<Record<string, string | null>>, authority?: string): string;
  /** POSTs a form to the token endpoint as the extension would. `origin` null: without an Origin. */
  redeem(
    form: Readonly<Record<string, string | null>>,
    options?: {
      readonly authority?: string;
      readonly origin?: string | null;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Response>;
}

/** A call of Graph. */
export interface GraphRequest {
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Sent as JSON; takes the place of `body`. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly scopes?: readonly string[];
  readonly token?: string;
}

/** Sets the stage anew: nothing is shared with other tests. */
export function stageMicrosoft(
  options: Partial<MicrosoftPeerOptions> & { readonly client?: Partial<MicrosoftClient> } = {},
): MicrosoftStage {
  const { client: more, ...peerOptions } = options;
  const client = demoMicrosoftClient([REDIRECT_URI], more);
  const microsoft = createMicrosoftPeer({
    tenants: Object.values(DEMO_TENANTS),
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [client],
    // Stands still unless moved: what expires after an hour does so to the millisecond.
    clock: createMovableClock(() => STAGED_AT),
    ...peerOptions,
  });
  const router = createHostRouter({ clock: microsoft.clock });
  router.mount(microsoft);
  const plainFetch = peerFetch(router);
  const token: MicrosoftStage['token'] = (
    scopes = ['User.Read', 'Mail.Send'],
    account = DEMO_ACCOUNTS.joan.email,
  ) => microsoft.grant({ account, client: client.id, scopes }).accessToken;
  return {
    router,
    microsoft,
    client,
    accounts: DEMO_ACCOUNTS,
    tenants: DEMO_TENANTS,
    fetch: plainFetch,
    extensionFetch: peerFetch(router, { origin: EXTENSION_ORIGIN }),
    token,
    graph: async (path, { method = 'GET', body, json, headers, scopes, token: given } = {}) =>
      await plainFetch(GRAPH + path, {
        method,
        headers: {
          authorization: `Bearer ${given ?? token(scopes)}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? body !== undefined && { body } : { body: JSON.stringify(json) }),
      }),
    authorizeUrl: (parameters = {}, authority = 'common') => {
      const query = present({
        client_id: client.id,
        redirect_uri: REDIRECT_URI,
        response_type: 'code',
        scope: SEND_SCOPES,
        state: 'state-1',
        code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
        code_challenge_method: 'S256',
        ...parameters,
      });
      return `${LOGIN}/${authority}/oauth2/v2.0/authorize?${query.toString()}`;
    },
    redeem: async (
      form,
      { authority = 'common', origin = EXTENSION_ORIGIN, headers = {} } = {},
    ) => {
      const fetchAs =
        origin === null
          ? plainFetch
          : peerFetch(router, { origin, hostPermissions: () => ['login.microsoftonline.com'] });
      return await fetchAs(`${LOGIN}/${authority}/oauth2/v2.0/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: present({ client_id: client.id, ...form }).toString(),
      });
    },
  };
}

/** The fields of a code's redemption. */
export function codeForm(code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  };
}

/** A small mail from Joan as MIME; `head` replaces fields or, with null, leaves them out. */
export function mimeText(
  head: Readonly<Record<string, string | null>> = {},
  body = 'Hello\r\n',
): string {
  const fields: Readonly<Record<string, string | null>> = {
    From: 'Joan Clarke <joan.clarke@bletchley.example>',
    To: 'Bob <bob@crm.example>',
    Subject: 'Greetings',
    'Message-ID': '<fixed-id@postern.example>',
    Date: 'Sun, 22 Nov 2026 10:00:00 +0000',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...head,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\r\n`],
  );
  return `${lines.join('')}\r\n${body}`;
}

/** A Graph request that sends, or drafts, this MIME. */
export function mimeRequest(mime: string, more: GraphRequest = {}): GraphRequest {
  const { headers, ...rest } = more;
  return {
    method: 'POST',
    body: Buffer.from(mime).toString('base64'),
    headers: { 'content-type': 'text/plain', ...headers },
    ...rest,
  };
}

function present(all: Readonly<Record<string, string | null>>): URLSearchParams {
  const given = Object.entries(all).filter((each): each is [string, string] => each[1] !== null);
  return new URLSearchParams(given);
}
