import { randomBytes } from 'node:crypto';
import { createMovableClock, type MovableClock } from '../clock.ts';
import type { Delivery } from '../delivery.ts';
import type { Peer } from '../peer.ts';
import { createSmtpQueue } from '../smtp-queue.ts';
import { createAuthorizeAnswers, type IssuedCode } from './authorize-answer.ts';
import { createBrowserSessions } from './browser-sessions.ts';
import { createConsents } from './consents.ts';
import { createGoogleHosts } from './google-hosts.ts';
import { createGoogleIds } from './google-ids.ts';
import type { GooglePeerOptions, GoogleSwitches } from './google-options.ts';
import { createIdTokens } from './id-token.ts';
import { createMailbox } from './mailbox.ts';
import { createQuota } from './quota.ts';
import { longForm } from './scopes.ts';
import { createSignInFlow } from './sign-in-flow.ts';
import { createTokens, projectOf } from './tokens.ts';
import { createUploadSessions } from './upload-sessions.ts';

/** Tokens that were granted without clicking. */
export interface GrantedTokens {
  readonly accessToken: string;
  /** Null unless `offline` was asked for. */
  readonly refreshToken: string | null;
}

/** A local Google: its hosts for the router, and what a test may look at and turn. */
export interface GooglePeer extends Peer {
  readonly clock: MovableClock;
  /** Every mail that was accepted, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Assign to change. */
  readonly switches: GoogleSwitches;
  /** All accepted mail has been handed to SMTP; at once when there is no SMTP. */
  settled(): Promise<void>;
  /** As if the person had signed in and ticked these scopes. @throws Error for an unknown account or client. */
  grant(request: {
    readonly account: string;
    readonly client: string;
    readonly scopes: readonly string[];
    readonly offline?: boolean;
  }): GrantedTokens;
  /** As if the person had removed every app on Google's account page. */
  revokeAll(account: string): void;
  /** Signs the account out everywhere and kills refresh tokens that hold Gmail scopes (PROVIDERS.md A4). */
  changePassword(account: string): void;
  /** Ends living access tokens now, of one account or all; refresh tokens stay. */
  expireAccessTokens(account?: string): void;
  /** Makes a thread that mail can be sent into, as if this subject had come from outside. */
  addThread(account: string, threadId: string, subject: string): void;
  /** Closes the connection to SMTP. */
  close(): void;
}

/** Like the real one, as far as the sources tell; each default names its source in google-options.ts. */
function defaultSwitches(): GoogleSwitches {
  return {
    consentBoxes: 'unticked',
    quota: true,
    retryTime: 'header-and-text',
    unitsPerMinute: 6_000,
    messagesPerDay: null,
    messageId: 'replace',
    issuer: 'always',
  };
}

/** Makes a Google of its own: accounts, tokens and mail are shared with no other. Mount it on a router. */
export function createGooglePeer(options: GooglePeerOptions): GooglePeer {
  const { accounts, clients, clock = createMovableClock(), accessTokenSeconds = 3599 } = options;
  const switches = defaultSwitches();
  const ids = createGoogleIds(options.randomBytes ?? randomBytes);
  const tokens = createTokens({ clock, ids, lifeMs: accessTokenSeconds * 1000 });
  const consents = createConsents();
  const sessions = createBrowserSessions(ids);
  const codes = new Map<string, IssuedCode>();
  const quota = createQuota(clock, switches);
  const smtp = options.smtpPort === undefined ? null : createSmtpQueue(options.smtpPort);
  const deliver = (delivery: Delivery): void => smtp?.push(delivery);
  const mailbox = createMailbox({ clock, ids, switches, quota, deliver });
  const uploads = createUploadSessions({ clock, ids, mailbox });
  const lifeSeconds = accessTokenSeconds;
  const answers = createAuthorizeAnswers({
    clock,
    ids,
    tokens,
    consents,
    codes,
    switches,
    lifeSeconds,
  });
  const hosts = createGoogleHosts({
    flow: createSignInFlow({ accounts, clients, ids, sessions, consents, answers, switches }),
    token: { clock, clients, accounts, codes, tokens, lifeSeconds, idTokens: createIdTokens() },
    consents,
    gmail: { accounts, tokens, quota, mailbox, sessions: uploads },
    retryTime: () => switches.retryTime,
  });

  return {
    hosts,
    clock,
    switches,
    deliveries: mailbox.deliveries,
    settled: async () => await smtp?.settled(),
    grant: ({ account, client: clientId, scopes, offline = false }) => {
      const client = clients.find(({ id }) => id === clientId);
      if (!client) throw new Error(`no client ${clientId}`);
      if (!accounts.some(({ email }) => email === account))
        throw new Error(`no account ${account}`);
      const granted = new Set(scopes.map(longForm));
      consents.add(account, projectOf(client), { scopes: granted, offline });
      const owner = { account, client, scopes: granted };
      const refreshToken = offline ? tokens.issueRefresh(owner).value : null;
      return { accessToken: tokens.issueAccess({ ...owner, refreshToken }).value, refreshToken };
    },
    revokeAll: (account) => {
      tokens.killAccount(account, 'all');
      for (const client of clients) consents.remove(account, projectOf(client));
    },
    changePassword: (account) => {
      sessions.signOutEverywhere(account);
      tokens.killAccount(account, 'gmail-refresh');
    },
    expireAccessTokens: (account) => {
      const emails = account === undefined ? accounts.map(({ email }) => email) : [account];
      for (const email of emails) tokens.killAccount(email, 'access');
    },
    addThread: (account, threadId, subject) => mailbox.addThread(account, threadId, subject),
    close: () => smtp?.close(),
  };
}
