import type { OtherSender } from '../../../../utils/mail/mail.ts';
import { createNetwork, type CallRecord } from '../../../../utils/network/network.ts';
import { createOutlook, declaration } from '../../../../utils/providers/outlook/outlook.ts';
import type { MailProvider, Rung } from '../../../../utils/providers/providers.ts';
import { createFakeClock, type FakeClock } from '../../../harness/fake-clock.ts';
import { jobOfSize, sendJob, type WantedJob } from '../../../harness/send-job.ts';
import {
  recordedContext,
  type ProviderBench,
  type RecordedContext,
} from '../../../contracts/mail-provider-contract.ts';
import { createHostRouter, type HostRouter } from '../../../peers/host-router.ts';
import {
  DEMO_ACCOUNTS,
  DEMO_TENANTS,
  demoMicrosoftClient,
} from '../../../peers/microsoft/microsoft-defaults.ts';
import {
  createMicrosoftPeer,
  type MicrosoftPeer,
} from '../../../peers/microsoft/microsoft-peer.ts';
import { peerFetch } from '../../../peers/peer-fetch.ts';
import type { SendJob, SendContext } from '../../../../utils/providers/providers.ts';

/** Outlook with a Microsoft of its own. */
export interface OutlookBench extends ProviderBench {
  readonly provider: MailProvider & {
    readonly scheduling: NonNullable<MailProvider['scheduling']>;
  };
  readonly router: HostRouter;
  readonly microsoft: MicrosoftPeer;
  readonly clock: FakeClock;
  readonly calls: CallRecord[];
  /** A mail of Joan's, with the bench's rights. */
  mail(wanted?: WantedJob): SendJob;
  /** A context whose tokens are of the right that is asked for. */
  context(override?: Partial<SendContext>): RecordedContext;
  /** What lies in Joan's Drafts. */
  drafts(): number;
  /** Requests as `POST /me/sendMail`, ids left out. */
  asked(): readonly string[];
}

/** The account that sends. */
export const JOAN = DEMO_ACCOUNTS.joan;
/** The requests after which a mail is on its way. */
export const SENDING = { method: 'POST', path: /\/(?:sendMail|send)$/ };
/** Pieces of a file. */
export const PIECES = { method: 'PUT', host: 'outlook.office.com' };

/** Opens a bench; `rungs` are what Joan has granted, `allowed` the hosts that she has allowed. */
export function openOutlookBench(
  rungs: readonly Rung[] = ['send'],
  allowed: ReadonlySet<string> = new Set(),
): OutlookBench {
  const clock = createFakeClock();
  const router = createHostRouter({ clock });
  const client = demoMicrosoftClient([]);
  const microsoft = createMicrosoftPeer({
    tenants: Object.values(DEMO_TENANTS),
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [client],
    clock: { now: () => clock.now(), advance: (ms) => clock.jump(ms) },
  });
  router.mount(microsoft);
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
  const tokenOf = (rung: Rung): string => {
    const scopes = declaration.rungs[rung] ?? [];
    return microsoft.grant({ account: JOAN.email, client: client.id, scopes }).accessToken;
  };
  const tokens = new Map<Rung, { readonly token: string; readonly at: number }>();
  const goodToken = (rung: Rung = 'send'): string => {
    if (!rungs.includes(rung)) return 'no-such-token';
    const kept = tokens.get(rung);
    // They live for about an hour.
    if (kept && clock.now() - kept.at < 30 * 60 * 1000) return kept.token;
    const token = tokenOf(rung);
    tokens.set(rung, { token, at: clock.now() });
    return token;
  };
  const { faults, log } = router;
  const mail = (wanted: WantedJob = {}): SendJob =>
    sendJob({ account: { name: JOAN.name, address: JOAN.email }, grantedRungs: rungs, ...wanted });
  const otherSenders: readonly OtherSender[] = [
    { kind: 'alias', name: '', address: JOAN.aliases[0] },
    ...(rungs.includes('shared-mailbox')
      ? [{ kind: 'shared-mailbox' as const, name: 'Office', address: JOAN.sharedMailboxes[0] }]
      : []),
  ];
  const provider = createOutlook({ network, clock });
  const { scheduling } = provider;
  if (!scheduling) throw new Error('Outlook schedules');
  return {
    provider: { ...provider, scheduling },
    router,
    microsoft,
    clock,
    calls,
    mail,
    otherSenders,
    jobFrom: (from) => mail({ from, otherSenders }),
    context: (override) => recordedContext({ goodToken }, override),
    goodToken,
    job: (sizeBytes) =>
      jobOfSize(sizeBytes, {
        account: { name: JOAN.name, address: JOAN.email },
        grantedRungs: rungs,
      }),
    accepted: () => microsoft.deliveries.length,
    delivered: () =>
      microsoft.deliveries.map(({ delivered }) => new TextDecoder().decode(delivered)),
    drafts: () => microsoft.messages(JOAN.email).filter(({ isDraft }) => isDraft).length,
    requests: () => log.requests().length,
    asked: () =>
      log.requests().map(({ method, path: encoded }) => {
        const path = decodeURIComponent(encoded);
        return `${method} ${path.replace('/v1.0', '').replaceAll(/\/(messages|attachments)\/(?!createUpload)[^/]+/g, '/$1/*')}`;
      }),
    loseAnswer: () => void faults.add({ match: SENDING, fault: { kind: 'cut-after-accept' } }),
    refuseForNow: (retryAfterSeconds) =>
      void faults.add({ match: {}, fault: { kind: 'too-many-requests', retryAfterSeconds } }),
    refuseToken: (times) => void faults.add({ match: {}, fault: { kind: 'unauthorized' }, times }),
    breakDown: (times) =>
      void faults.add({ match: {}, fault: { kind: 'refuse', status: 503 }, times }),
  };
}
