import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  NetworkError,
  type CallRecord,
  type HttpRequest,
} from '../../../utils/network/network.ts';
import { declaration } from '../../../utils/providers/gmail/gmail.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createGooglePeer } from '../../peers/google/google-peer.ts';
import { createHostRouter } from '../../peers/host-router.ts';
import { peerFetch } from '../../peers/peer-fetch.ts';

const ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const ACCOUNT = { email: 'ann@example.com', name: 'Ann', password: 'x', subject: '1' };
const CLIENT = {
  id: 'client',
  type: 'web',
  secret: 's3cret',
  redirectUris: [],
  appName: 'Postern',
} as const;
const SEND = 'https://www.googleapis.com/auth/gmail.send';
const TOTAL_BYTES = 600_000;
const SLICE_BYTES = 262_144;

function world(granted: readonly string[] = []) {
  const router = createHostRouter();
  const google = createGooglePeer({ accounts: [ACCOUNT], clients: [CLIENT] });
  router.mount(google);
  const { accessToken } = google.grant({
    account: ACCOUNT.email,
    client: CLIENT.id,
    scopes: [SEND],
  });
  const records: CallRecord[] = [];
  const network = createNetwork({
    fetch: peerFetch(router, { origin: ORIGIN, hostPermissions: () => granted }),
    clock: createFakeClock(),
    hosts: declaration.hosts,
    isOnline: () => true,
    record: (call) => records.push(call),
    hasHostPermission: (host) => Promise.resolve(granted.includes(host)),
  });
  const opening: HttpRequest = {
    url: 'https://gmail.googleapis.com/resumable/upload/gmail/v1/users/me/messages/send?uploadType=resumable',
    method: 'POST',
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'Content-Type': 'application/json',
      'X-Upload-Content-Type': 'message/rfc822',
      'X-Upload-Content-Length': String(TOTAL_BYTES),
    },
    body: '{}',
    purpose: 'open-upload',
    accountId: 'a',
    timeoutMs: 30_000,
  };
  const firstSlice = (uri: string): HttpRequest => ({
    ...opening,
    url: uri,
    method: 'PUT',
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'Content-Type': 'message/rfc822',
      'Content-Range': `bytes 0-${SLICE_BYTES - 1}/${TOTAL_BYTES}`,
    },
    body: new Uint8Array(SLICE_BYTES).fill(65),
    purpose: 'send-mail',
    allows308: true,
  });
  return { router, network, records, opening, firstSlice };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof NetworkError ? error.code : error),
  );

describe('the network and an upload session', () => {
  test('hands over a 308 with its Range, and opens no other way to be redirected', async () => {
    const { network, opening, firstSlice } = world();
    const uri = (await network.request(opening)).header('location');
    expect(uri).toMatch(/^https:\/\/gmail\.googleapis\.com\//);
    const answer = await network.request(firstSlice(uri ?? ''));
    expect([answer.status, answer.header('range')]).toEqual([308, `bytes=0-${SLICE_BYTES - 1}`]);
    const unmarked: HttpRequest = { ...firstSlice(uri ?? ''), allows308: false };
    expect(await codeOf(network.request(unmarked))).toBe('redirected');
  });
});

describe('the network and CORS', () => {
  test('says so when the host refuses to be read, and not when the person allowed the host', async () => {
    const { router, network, opening, records } = world();
    router.cors.set('refused');
    expect(await codeOf(network.request(opening))).toBe('cors-refused');
    expect(records.map(({ purpose, result }) => `${purpose} ${result}`)).toEqual([
      'probe-host answered',
      'probe-host failed',
      'probe-host answered',
      'probe-host failed',
      'open-upload cors-refused',
    ]);
    const allowed = world(['gmail.googleapis.com']);
    allowed.router.cors.set('refused');
    expect((await allowed.network.request(allowed.opening)).status).toBe(200);
  });

  test.each(['cut-before-body', 'cut-after-accept'] as const)(
    'does not blame CORS for a connection that broke: %s',
    async (kind) => {
      const { router, network, opening } = world();
      router.faults.add({ match: { method: 'POST' }, fault: { kind } });
      expect(await codeOf(network.request(opening))).toBe('failed');
    },
  );

  test('does not blame CORS for an answer that broke off', async () => {
    const { router, network, opening } = world();
    router.faults.add({ match: {}, fault: { kind: 'cut-mid-answer', afterBytes: 0 } });
    expect(await codeOf(network.request({ ...opening, body: '{' }))).toBe('failed');
  });

  test('says of the revocation endpoint, which never lets itself be read, that it can not be read', async () => {
    const { network, opening } = world();
    const revoking: HttpRequest = {
      ...opening,
      url: 'https://oauth2.googleapis.com/revoke',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'token=none',
      purpose: 'revoke',
    };
    expect(await codeOf(network.request(revoking))).toBe('cors-refused');
  });
});
