import type {
  MicrosoftAccount,
  MicrosoftClient,
  MicrosoftSwitches,
  MicrosoftTenant,
} from './microsoft-options.ts';

/** Two companies: one leaves consent to Microsoft's default, one to its administrators. */
export const DEMO_TENANTS = {
  bletchley: {
    id: '5f1c9a52-7d31-4a6e-9b0a-2f4be5c1a001',
    domain: 'bletchley.example',
    name: 'Bletchley Translations',
  },
  langley: {
    id: '5f1c9a52-7d31-4a6e-9b0a-2f4be5c1a002',
    domain: 'langley.example',
    name: 'Langley Computing',
    userConsent: 'nobody',
  },
} as const satisfies Record<string, MicrosoftTenant>;

/** A work account, its administrator, one whose company decides for it, and a personal account. */
export const DEMO_ACCOUNTS = {
  joan: {
    email: 'joan.clarke@bletchley.example',
    name: 'Joan Clarke',
    password: 'banburismus',
    id: '7b6d2f10-93c4-4d0e-8a5b-1c2d3e4f5001',
    tenant: DEMO_TENANTS.bletchley.id,
    aliases: ['joan@bletchley.example'],
    sharedMailboxes: ['office@bletchley.example'],
  },
  alan: {
    email: 'alan.turing@bletchley.example',
    name: 'Alan Turing',
    password: 'bombe',
    id: '7b6d2f10-93c4-4d0e-8a5b-1c2d3e4f5002',
    tenant: DEMO_TENANTS.bletchley.id,
    isAdmin: true,
  },
  katherine: {
    email: 'katherine.johnson@langley.example',
    name: 'Katherine Johnson',
    password: 'orbit',
    id: '7b6d2f10-93c4-4d0e-8a5b-1c2d3e4f5003',
    tenant: DEMO_TENANTS.langley.id,
  },
  dorothy: {
    email: 'dorothy.vaughan@langley.example',
    name: 'Dorothy Vaughan',
    password: 'fortran',
    id: '7b6d2f10-93c4-4d0e-8a5b-1c2d3e4f5004',
    tenant: DEMO_TENANTS.langley.id,
    isAdmin: true,
  },
  hedy: {
    email: 'hedy.lamarr@outlook.example',
    name: 'Hedy Lamarr',
    password: 'frequency',
    id: '48d31887fad3f849',
  },
} as const satisfies Record<string, MicrosoftAccount>;

/** A registration with these redirect addresses as "Single-page application" (PROVIDERS.md B1). */
export function demoMicrosoftClient(
  redirectUris: readonly string[],
  more: Partial<MicrosoftClient> = {},
): MicrosoftClient {
  return {
    id: 'c0ffee00-1111-4222-8333-444455556666',
    appName: 'Postern',
    redirectUris: redirectUris.map((uri) => ({ uri, type: 'spa' })),
    ...more,
  };
}

/** Like the real one, as far as the sources tell; each switch names its source in microsoft-options.ts. */
export function defaultSwitches(): MicrosoftSwitches {
  return {
    quota: true,
    retryAfter: 'fraction',
    messagesPerMinute: 30,
    messagesPerDay: null,
    messageId: 'replace',
    scopeForm: 'long',
    tokenScopes: 'as-real',
    nullOrigin: 'counts',
    spaEnd: 'carried',
    staySignedIn: 'ask',
    approvalRefused: 'AADSTS90094',
    declined: 'access_denied',
    silentConsent: 'interaction_required',
    bigMime: 'accepted',
    uploadHost: 'outlook.office.com',
    sentCopy: 'at-once',
    deletion: 'out-of-sight',
    rangesSpelling: 'nextExpectedRanges',
    deferredSendMail: 'held',
  };
}
