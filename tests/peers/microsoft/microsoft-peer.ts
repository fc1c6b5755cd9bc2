import { randomBytes } from 'node:crypto';
import { createMovableClock, type MovableClock } from '../clock.ts';
import type { Delivery } from '../delivery.ts';
import type { Peer } from '../peer.ts';
import { createSmtpQueue } from '../smtp-queue.ts';
import { createAadstsVoice } from './aadsts.ts';
import { createAuthorizeAnswers, type IssuedCode } from './authorize-answer.ts';
import { createBrowserSessions } from './browser-sessions.ts';
import { createConsents } from './consents.ts';
import { createIdTokens } from './id-token.ts';
import { createMailboxes, type StoredMessage } from './mailbox.ts';
import { defaultSwitches } from './microsoft-defaults.ts';
import { createMicrosoftHosts } from './microsoft-hosts.ts';
import { createMicrosoftIds } from './microsoft-ids.ts';
import {
  accountNamed,
  type MicrosoftAccount,
  type MicrosoftPeerOptions,
  type MicrosoftSwitches,
  tenantOf,
} from './microsoft-options.ts';
import { readScopes } from './scopes.ts';
import { createSignInFlow } from './sign-in-flow.ts';
import { createStandings, type Standing } from './standings.ts';
import { createThrottle } from './throttle.ts';
import { createTokens } from './tokens.ts';
import { createUploadSessions } from './upload-sessions.ts';
import { watchForDueMail } from './watch-for-due-mail.ts';

/** Tokens that were granted without clicking. */
export interface GrantedTokens {
  readonly accessToken: string;
  /** Null unless `offline_access` was among the scopes. */
  readonly refreshToken: string | null;
}

/** A local Microsoft: its hosts for the router, and what a test may look at and turn. */
export interface MicrosoftPeer extends Peer {
  readonly clock: MovableClock;
  /** Every mail that left, oldest first: held mail when its hour has come. */
  readonly deliveries: readonly Delivery[];
  /** Assign to change. */
  readonly switches: MicrosoftSwitches;
  /** All mail that is due has been handed to SMTP; at once when there is no SMTP. */
  settled(): Promise<void>;
  /** What lies in a mailbox, newest first. */
  messages(account: string): readonly StoredMessage[];
  /** As if the person had signed in and accepted these scopes. @throws Error for an unknown account or client. */
  grant(request: {
    readonly account: string;
    readonly client: string;
    readonly scopes: readonly string[];
  }): GrantedTokens;
  /** As if an administrator had approved these scopes for the whole tenant. */
  approve(tenant: string, client: string, scopes: readonly string[]): void;
  /** As if the person had removed every app on Microsoft's page: refresh tokens stop, access tokens run on (PROVIDERS.md B3). */
  revokeAll(account: string): void;
  /** Signs the account out everywhere and kills its refresh tokens (AADSTS50173); access tokens run on. */
  changePassword(account: string): void;
  /** Ends living access tokens now, of one account or all; refresh tokens stay. */
  expireAccessTokens(account?: string): void;
  /**
   * As if a day had gone by for an account's refresh tokens, and for nothing else: a browser's own clock
   * can't be moved, and an id_token of tomorrow would be refused there.
   */
  expireRefreshTokens(account: string): void;
  /** What stands between an account and its tokens beside a password. */
  setStanding(account: string, standing: Standing): void;
  /** Closes the connection to SMTP and stops waiting for held mail. */
  close(): void;
}

/** Makes a Microsoft of its own: accounts, tokens and mail are shared with no other. Mount it on a router. */
export function createMicrosoftPeer(options: MicrosoftPeerOptions): MicrosoftPeer {
  const { tenants, accounts, clients, clock = createMovableClock() } = options;
  const switches = defaultSwitches();
  const ids = createMicrosoftIds(options.randomBytes ?? randomBytes);
  const tokens = createTokens({
    clock,
    ids,
    switches,
    lifeSeconds: options.accessTokenSeconds ?? null,
  });
  const consents = createConsents();
  const standings = createStandings();
  const sessions = createBrowserSessions({ ids, clock });
  const voice = createAadstsVoice({ clock, ids });
  const codes = new Map<string, IssuedCode>();
  const throttle = createThrottle(clock, switches);
  const smtp = options.smtpPort === undefined ? null : createSmtpQueue(options.smtpPort);
  const deliver = (delivery: Delivery): void => smtp?.push(delivery);
  const mailboxes = createMailboxes({ clock, ids, switches, throttle, tenants, deliver });
  const uploads = createUploadSessions({ clock, ids, switches, throttle, mailboxes });
  const watch = watchForDueMail(mailboxes, clock);
  const answers = createAuthorizeAnswers({ clock, ids, voice, codes });
  const facts = { tenants, accounts, clients, consents, standings, switches };
  const hosts = createMicrosoftHosts({
    flow: createSignInFlow({ ...facts, ids, sessions, answers, voice }),
    token: {
      ...facts,
      clock,
      codes,
      tokens,
      voice,
      idTokens: createIdTokens(),
      unreadable: new WeakSet(),
    },
    graph: { clock, ids, switches, accounts, tokens, throttle, mailboxes, uploads, watch },
    consentPages: { accounts, clients, consents },
  });

  const accountOf = (email: string): MicrosoftAccount => {
    const account = accountNamed(accounts, email);
    if (!account) throw new Error(`no account ${email}`);
    return account;
  };

  return {
    hosts,
    clock,
    switches,
    get deliveries() {
      mailboxes.sendDue();
      return mailboxes.deliveries;
    },
    settled: async () => {
      mailboxes.sendDue();
      await smtp?.settled();
    },
    messages: (email) => {
      mailboxes.sendDue();
      return mailboxes.list(accountOf(email), null);
    },
    grant: ({ account: email, client: clientId, scopes: wanted }) => {
      const account = accountOf(email);
      const client = clients.find(({ id }) => id === clientId);
      if (!client) throw new Error(`no client ${clientId}`);
      const scopes = new Set(namesOf(wanted));
      consents.add({ account: account.email, tenant: tenantOf(account), client: clientId }, scopes);
      const isSpa = client.redirectUris.some(({ type }) => type === 'spa');
      const refresh = scopes.has('offline_access')
        ? tokens.issueRefresh({ account, client, isSpa, scopes })
        : null;
      const access = tokens.issueAccess({ account, client, scopes, resource: 'graph' });
      return { accessToken: access.value, refreshToken: refresh?.value ?? null };
    },
    approve: (tenant, client, scopes) => {
      const signIn = ['openid', 'profile', 'email', 'offline_access'];
      consents.approve(tenant, client, [...signIn, ...namesOf(scopes)]);
    },
    revokeAll: (email) => {
      const account = accountOf(email);
      for (const { id } of clients)
        consents.remove({ account: account.email, tenant: tenantOf(account), client: id });
    },
    changePassword: (email) => {
      sessions.signOutEverywhere(accountOf(email).email);
      tokens.revokeRefresh(accountOf(email).email);
    },
    expireAccessTokens: (email) => {
      const emails =
        email === undefined ? accounts.map((each) => each.email) : [accountOf(email).email];
      for (const each of emails) tokens.expireAccess(each);
    },
    expireRefreshTokens: (email) => tokens.expireRefresh(accountOf(email).email),
    setStanding: (email, standing) => standings.set(accountOf(email).email, standing),
    close: () => {
      watch.stop();
      smtp?.close();
    },
  };
}

/** Short names of scopes in either form. @throws Error for one that there is not. */
function namesOf(scopes: readonly string[]): readonly string[] {
  const read = readScopes(scopes.join(' '));
  if (read.unknown.length > 0) throw new Error(`no scope ${read.unknown.join(', ')}`);
  return read.scopes.map(({ name }) => name);
}
