import type { GoogleAccount, GoogleClient } from './google-options.ts';

/** Three people: a consumer, a Workspace member with an alias, and somebody with a name in another script. */
export const DEMO_ACCOUNTS = {
  ada: {
    email: 'ada.lovelace@gmail.example',
    name: 'Ada Lovelace',
    password: 'engine',
    subject: '110000000000000000001',
  },
  grace: {
    email: 'grace@hopper.example',
    name: 'Grace Hopper',
    password: 'compiler',
    subject: '110000000000000000002',
    aliases: ['sales@hopper.example'],
    hostedDomain: 'hopper.example',
  },
  tomoko: {
    email: 'tomoko@gmail.example',
    name: '山田 朋子',
    password: 'kanji',
    subject: '110000000000000000003',
  },
} as const satisfies Record<string, GoogleAccount>;

/** A Web client for the redirect addresses of one extension (PROVIDERS.md A1: register with and without a path). */
export function demoClient(
  redirectUris: readonly string[],
  more: Partial<GoogleClient> = {},
): GoogleClient {
  return {
    id: '123456789012-posterntest.apps.googleusercontent.com',
    type: 'web',
    secret: 'GOCSPX-local-stand-in-secret',
    redirectUris,
    appName: 'Postern',
    ...more,
  };
}
