import { createOutlook, declaration } from '../../utils/providers/outlook/outlook.ts';
import type { MailProvider, Rung } from '../../utils/providers/providers.ts';
import type { HostRouter } from '../peers/host-router.ts';
import {
  DEMO_ACCOUNTS,
  DEMO_TENANTS,
  demoMicrosoftClient,
} from '../peers/microsoft/microsoft-defaults.ts';
import { createMicrosoftPeer, type MicrosoftPeer } from '../peers/microsoft/microsoft-peer.ts';
import type { FakeClock } from './fake-clock.ts';

/** Where the accounts of a mail world live, when that is not Google. */
export interface OutlookHome {
  readonly microsoft: MicrosoftPeer;
  readonly hosts: readonly string[];
  readonly person: { readonly email: string; readonly name: string };
  /** A new token of Joan's for this right. */
  grant(rung: Rung): string;
  create(wire: Parameters<typeof createOutlook>[0]): MailProvider;
}

/** Joan, at a Microsoft of her own. */
export function openOutlookHome(router: HostRouter, clock: FakeClock): OutlookHome {
  const client = demoMicrosoftClient([]);
  const { joan } = DEMO_ACCOUNTS;
  const microsoft = createMicrosoftPeer({
    tenants: Object.values(DEMO_TENANTS),
    accounts: Object.values(DEMO_ACCOUNTS),
    clients: [client],
    clock: { now: () => clock.now(), advance: (ms) => clock.jump(ms) },
  });
  router.mount(microsoft);
  return {
    microsoft,
    hosts: declaration.hosts,
    person: joan,
    grant: (rung) => {
      const scopes = declaration.rungs[rung] ?? [];
      return microsoft.grant({ account: joan.email, client: client.id, scopes }).accessToken;
    },
    create: createOutlook,
  };
}
