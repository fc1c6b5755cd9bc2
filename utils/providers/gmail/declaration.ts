/** Gmail as plain data: what it takes, which hosts it lives on, and how a person links it. */
import type { ProviderDeclaration } from '../providers.ts';

const IDENTITY = ['openid', 'email'] as const;
const SEND = 'https://www.googleapis.com/auth/gmail.send';

/**
 * Gmail and Google Workspace. Scopes follow
 * https://developers.google.com/workspace/gmail/api/auth/scopes, limits
 * https://developers.google.com/workspace/gmail/api/reference/quota and the discovery document of
 * gmail v1 (`users.messages.send`), endpoints https://accounts.google.com/.well-known/openid-configuration.
 */
export const declaration: ProviderDeclaration = {
  id: 'gmail',
  name: 'Gmail',
  rungs: {
    send: [...IDENTITY, SEND],
    drafts: [...IDENTITY, SEND, 'https://www.googleapis.com/auth/gmail.compose'],
    read: [...IDENTITY, SEND, 'https://www.googleapis.com/auth/gmail.readonly'],
    // The picker's flow refuses to be asked for anything beside this one scope.
    files: ['https://www.googleapis.com/auth/drive.file'],
    'shared-mailbox': null,
  },
  workRungs: [],
  rungForHeadersFromOthers: null,
  limits: {
    messageBytes: 36_700_160,
    recipients: 500,
    // 6,000 quota units a minute for one person, 100 for one messages.send.
    sendsPerMinute: 60,
    // A private address; Google Workspace allows 2,000.
    sendsPerDay: 500,
    concurrentSends: 1,
  },
  // No further right changes what Gmail takes.
  limitsWith: {},
  readsBcc: true,
  // accounts.google.com is opened in the browser's own window, never fetched.
  hosts: ['oauth2.googleapis.com', 'openidconnect.googleapis.com', 'gmail.googleapis.com'],
  hostsToAllowInFirefox: [],
  // `authuser` chooses the account among those that the browser is signed in with.
  sentPage: 'https://mail.google.com/mail/u/?authuser={address}#sent',
  authorization: {
    issuer: 'https://accounts.google.com',
    tenancy: null,
    authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenEndpoint: 'https://oauth2.googleapis.com/token',
    revocationEndpoint: 'https://oauth2.googleapis.com/revoke',
    userinfoEndpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
    redirectPath: 'google',
    flowWithoutSecret: 'token',
    flowWithSecret: 'code',
    issRequiredIn: ['code'],
    extraParameters: {
      // A token that sends must not read because another rung was granted earlier.
      token: { include_granted_scopes: 'false' },
      code: { include_granted_scopes: 'false', access_type: 'offline' },
    },
    // Consent is asked for each time: else a box once unticked is never shown again, and Google
    // gives a refresh token with a consent only (PROVIDERS A1).
    promptToLink: 'select_account consent',
    promptToReturn: 'consent',
    scopePrefix: '',
    refreshTokenLifeMs: null,
    errorCodes: {
      pattern: null,
      meanings: {
        admin_policy_enforced: 'blocked-by-policy',
        org_internal: 'blocked-by-policy',
      },
    },
    consentPage: 'https://myaccount.google.com/connections',
    clientFields: [
      {
        id: 'clientId',
        label: 'Client ID',
        required: true,
        secret: false,
        help: 'Ends in .apps.googleusercontent.com.',
        pattern: String.raw`^[\w-]+\.apps\.googleusercontent\.com$`,
        initial: '',
        choices: [],
      },
      {
        id: 'clientSecret',
        label: 'Client secret',
        required: false,
        secret: true,
        help: 'Optional. With it you stay signed in until you revoke; without it Postern asks Google again about every hour, silently while you are signed in to Google.',
        pattern: null,
        initial: '',
        choices: [],
      },
    ],
    setupSteps: [
      'Open the Google Cloud console, create a project (or choose one) and enable the Gmail API under “APIs & Services › Library”.',
      'Set up the consent screen under “Google Auth Platform”: give it a name and your address, and add the scope https://www.googleapis.com/auth/gmail.send. While its status is “Testing”, add each person who will send as a test user.',
      'Under “Clients”, create an OAuth client of the type “Web application”. No other type works with a browser extension.',
      'Add exactly this address under “Authorised redirect URIs”: {redirectUri}',
      'Copy the client ID here, and the client secret too if you want to stay signed in; then press “Save” and “Test this client”.',
    ],
    setupPage: 'https://console.cloud.google.com/apis/credentials',
  },
};
