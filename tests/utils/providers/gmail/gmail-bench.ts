import type { Mailbox, OtherSender } from '../../../../utils/mail/mail.ts';
import { createNetwork, type CallRecord } from '../../../../utils/network/network.ts';
import { createGmail, declaration } from '../../../../utils/providers/gmail/gmail.ts';
import type { SendJob } from '../../../../utils/providers/providers.ts';
import { createFakeClock, type FakeClock } from '../../../harness/fake-clock.ts';
import { DEMO_ACCOUNTS, demoClient } from '../../../peers/google/google-defaults.ts';
import { createGooglePeer, type GooglePeer } from '../../../peers/google/google-peer.ts';
import { createHostRouter, type HostRouter } from '../../../peers/host-router.ts';
import { peerFetch } from '../../../peers/peer-fetch.ts';
import { sendJob } from '../../../harness/send-job.ts';
import type { ProviderBench } from '../../../contracts/mail-provider-contract.ts';

/** Gmail with a Google of its own. */
export interface GmailBench extends ProviderBench {
  readonly router: HostRouter;
  readonly google: GooglePeer;
  readonly clock: FakeClock;
  readonly calls: CallRecord[];
  /** Body bytes of the requests that carry the message. */
  messageBytes(): number;
  /** A token with these scopes. */
  tokenFor(scopes: readonly string[]): string;
}

/** The account that sends. */
export const ADA = DEMO_ACCOUNTS.ada;
/** Requests that carry message bytes. */
export const BYTES = { method: 'PUT', contentRange: /^bytes \d/ };
/** Questions to a session. */
export const QUESTION = { method: 'PUT', contentRange: /^bytes \*/ };
/** The request that opens a session. */
export const OPENING = { method: 'POST', host: 'gmail.googleapis.com' };

const OWN: Mailbox = { name: ADA.name, address: ADA.email };
const ALIAS: OtherSender = { kind: 'alias', name: 'Ada', address: 'ada@engine.example' };
const ACCOUNT_ID = '6f1c1f57-0000-4000-8000-000000000001';

/** Opens a bench; `allowed` are the hosts that the person has allowed. */
export function openGmailBench(allowed: ReadonlySet<string> = new Set()): GmailBench {
  const clock = createFakeClock();
  const router = createHostRouter({ clock });
  const client = demoClient([]);
  const google = createGooglePeer({
    accounts: [{ ...ADA, aliases: [ALIAS.address] }],
    clients: [client],
    clock: { now: () => clock.now(), advance: (ms) => clock.jump(ms) },
  });
  router.mount(google);
  const calls: CallRecord[] = [];
  const network = createNetwork({
    fetch: peerFetch(router, {
      origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
      hostPermissions: () => [...allowed],
    }),
    clock,
    hosts: declaration.hosts,
    isOnline: () => true,
    record: (call) => calls.push(call),
    hasHostPermission: (host) => Promise.resolve(allowed.has(host)),
  });
  const tokenFor = (scopes: readonly string[]): string =>
    google.grant({ account: ADA.email, client: client.id, scopes }).accessToken;
  const token = tokenFor(declaration.rungs.send ?? []);
  const { faults, log } = router;
  return {
    provider: createGmail({ network, clock }),
    router,
    google,
    clock,
    calls,
    tokenFor,
    job: gmailJob,
    otherSenders: [ALIAS],
    jobFrom: (from) => sendJob({ account: OWN, from, otherSenders: [ALIAS] }),
    delivered: () => google.deliveries.map(({ delivered }) => new TextDecoder().decode(delivered)),
    goodToken: () => token,
    accepted: () => google.deliveries.length,
    requests: () => log.requests().length,
    messageBytes: () =>
      log.requests(BYTES).reduce((sum, { requestBytes }) => sum + requestBytes, 0),
    loseAnswer: () => void faults.add({ match: BYTES, fault: { kind: 'cut-after-accept' } }),
    refuseForNow: (retryAfterSeconds) =>
      void faults.add({ match: {}, fault: { kind: 'too-many-requests', retryAfterSeconds } }),
    refuseToken: (times) => void faults.add({ match: {}, fault: { kind: 'unauthorized' }, times }),
    breakDown: (times) =>
      void faults.add({ match: {}, fault: { kind: 'refuse', status: 503 }, times }),
  };
}

/** A message of exactly this size. */
export function gmailJob(sizeBytes: number, threadId: string | null = null): SendJob {
  // Gmail joins a thread only with a mail that answers one of it (guide "Managing threads").
  const reply =
    threadId === null ? '' : 'In-Reply-To: <0@x.example>\r\nReferences: <0@x.example>\r\n';
  const head = `${reply}From: ${ADA.email}\r\nTo: ann@example.com\r\nSubject: A fence\r\nDate: Mon, 5 Jan 2026 09:00:00 +0000\r\nMessage-ID: <1@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n`;
  const line = 'Larch, oak or chestnut: all of them last.\r\n';
  const body = line
    .repeat(Math.ceil(sizeBytes / line.length))
    .slice(0, sizeBytes - head.length - 2);
  const bytes = new TextEncoder().encode(`${head}${body}\r\n`);
  const { account, parts } = sendJob({ account: OWN });
  return {
    accountId: ACCOUNT_ID,
    account,
    parts,
    threadId,
    message: {
      sizeBytes: bytes.length,
      read: (from, to) => Promise.resolve(bytes.slice(from, to)),
    },
  };
}
