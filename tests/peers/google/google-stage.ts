import { createHostRouter, type HostRouter } from '../host-router.ts';
import { peerFetch } from '../peer-fetch.ts';
import { createGooglePeer, type GooglePeer } from './google-peer.ts';
import { DEMO_ACCOUNTS, demoClient } from './google-defaults.ts';
import type { GoogleClient, GooglePeerOptions } from './google-options.ts';

/** The extension id that the staged client is registered for. */
export const EXTENSION_ID = 'abcdefghijklmnopabcdefghijklmnop';
export const EXTENSION_ORIGIN = `chrome-extension://${EXTENSION_ID}`;
export const REDIRECT_URI = `https://${EXTENSION_ID}.chromiumapp.org/google`;
export const GMAIL_SEND = 'https://www.googleapis.com/auth/gmail.send';
export const SEND_URL = 'https://gmail.googleapis.com/gmail/v1/users/me/messages/send';
export const UPLOAD_URL = 'https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send';

/** A local Google with one client and three accounts, in memory: what most unit tests start from. */
export interface GoogleStage {
  readonly router: HostRouter;
  readonly google: GooglePeer;
  readonly client: GoogleClient;
  readonly accounts: typeof DEMO_ACCOUNTS;
  /** No CORS filter: what goes over the wire. */
  readonly fetch: typeof fetch;
  /** As the extension's worker fetches, without any host permission. */
  readonly extensionFetch: typeof fetch;
  /** An access token of Ada's; for sending unless told otherwise. */
  token(scopes?: readonly string[]): string;
  /** Address of the authorisation endpoint; the parameters of a send-only token request unless told otherwise; null leaves one out. */
  authorizeUrl(parameters?: Readonly<Record<string, string | null>>): string;
}

/** Sets the stage anew: nothing is shared with other tests. */
export function stageGoogle(
  options: Partial<GooglePeerOptions> & { readonly client?: Partial<GoogleClient> } = {},
): GoogleStage {
  const { client: more, ...peerOptions } = options;
  const client = demoClient([REDIRECT_URI], more);
  const google = createGooglePeer({
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [client],
    ...peerOptions,
  });
  const router = createHostRouter({ clock: google.clock });
  router.mount(google);
  return {
    router,
    google,
    client,
    accounts: DEMO_ACCOUNTS,
    fetch: peerFetch(router),
    extensionFetch: peerFetch(router, { origin: EXTENSION_ORIGIN }),
    token: (scopes = ['openid', 'email', GMAIL_SEND]) =>
      google.grant({ account: DEMO_ACCOUNTS.ada.email, client: client.id, scopes }).accessToken,
    authorizeUrl: (parameters = {}) => {
      const all: Readonly<Record<string, string | null>> = {
        client_id: client.id,
        redirect_uri: REDIRECT_URI,
        response_type: 'token',
        scope: `openid email ${GMAIL_SEND}`,
        state: 'state-1',
        ...parameters,
      };
      const given = Object.entries(all).filter(
        (each): each is [string, string] => each[1] !== null,
      );
      return `https://accounts.google.com/o/oauth2/v2/auth?${new URLSearchParams(given).toString()}`;
    },
  };
}

/** A small mail from Ada; `head` replaces fields or, with null, leaves them out. */
export function mailText(
  head: Readonly<Record<string, string | null>> = {},
  body = 'Hello\r\n',
): string {
  const fields: Readonly<Record<string, string | null>> = {
    From: 'Ada Lovelace <ada.lovelace@gmail.example>',
    To: 'Bob <bob@crm.example>',
    Subject: 'Greetings',
    ...head,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\r\n`],
  );
  return `${lines.join('')}\r\n${body}`;
}
