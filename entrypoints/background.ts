/**
 * The worker, put together: every room is named here once and handed what it needs.
 *
 * All listeners are registered in the first tick; no room reads anything before it is first used,
 * but for the key, which almost every start needs. Chromium reads the code of most rooms when it is
 * first used, too (bundling/part-of-module.ts). Nothing here outlives the worker.
 */
import { defineBackground } from 'wxt/utils/define-background';
import {
  accessTokenRecords,
  accountRecords,
  clientRecords,
  createAccounts,
} from '../utils/accounts/accounts.ts';
import { createActivity } from '../utils/activity/activity.ts';
import * as dispatch from '../utils/dispatch/dispatch.ts';
import { createNetwork } from '../utils/network/network.ts';
import { createOAuth } from '../utils/oauth/oauth.ts';
import { createMailStore, createOutbox } from '../utils/outbox/outbox.ts';
import * as browser from '../utils/platform/browser-platform.ts';
import { gmail } from '../utils/providers/gmail/gmail.ts';
import { outlook } from '../utils/providers/outlook/outlook.ts';
import '../utils/schemas/schemas.ts';
import { createSuppressions, suppressionRecords } from '../utils/suppressions/suppressions.ts';
import { createFollowingSettings } from '../utils/settings/settings.ts';
import {
  createKeyStore,
  createSealedRecords,
  createVault,
  type Vault,
} from '../utils/vault/vault.ts';

/** Every provider: what it declares, and how it is made. */
const PROVIDERS = [gmail, outlook] as const;

/** Long enough for a first answer, and nothing beside the 30 s that the browser gives a worker. */
const TAKE_UP_AFTER_MS = 100;

export default defineBackground(() => {
  const platform = browser.createBrowserPlatform();
  const rooms = openRooms(platform);
  listen(rooms, platform);
  browser.closeToContentScripts().catch((error: unknown) => platform.log.report('storage', error));
  // The last worker may have died in mid-send. What woke this one is answered first: one thread.
  void platform.clock.sleep(TAKE_UP_AFTER_MS).then(() => rooms.outbox.run());
});

type OpenRooms = dispatch.Rooms & { readonly surface: ReturnType<typeof browser.createSurface> };

function openRooms(platform: browser.BrowserPlatform): OpenRooms {
  const { clock, local, session, sync, databases, traces, log } = platform;
  const hostPermissions = browser.createHostPermissions();
  const canReadAllHeaders = (host: string): Promise<boolean> => hostPermissions.has([host]);
  const surface = browser.createSurface('/read-page.js', clock);
  const declarations = PROVIDERS.map(({ declaration }) => declaration);
  const hosts = declarations.flatMap((declaration) => declaration.hosts);

  const vault = createVault({
    ...platform,
    keys: createKeyStore(),
    onUnfinishedChange: () => void locking.finishChange(),
  });
  // The disk looks for it while the rest is put together.
  vault.warmUp();
  const settings = createFollowingSettings({ area: local, sync, clock, log });
  const activity = createActivity({ clock, log, hosts, choices: () => settings.get() });
  const network = createNetwork({
    ...platform,
    hosts,
    record: (call) => activity.recordCall(call),
    hasHostPermission: canReadAllHeaders,
  });
  const sealed = sealedRecords(vault, platform);
  const wire = { ...platform, network };
  const accounts = createAccounts({
    ...platform,
    ...sealed,
    oauth: createOAuth({ ...platform, network }),
    providers: new Map(PROVIDERS.map(({ declaration, create }) => [declaration.id, create(wire)])),
    defaultClients: dispatch.clientsOfBuild(declarations, import.meta.env),
  });
  const outbox = createOutbox({
    ...platform,
    ...{ vault, accounts, canReadAllHeaders, store: createMailStore() },
    choices: () => settings.get(),
    recordEvent: (event) => activity.recordEvent(event),
    onChange: () => changed('outbox'),
  });
  const suppressions = createSuppressions({ ...platform, records: sealed.suppressed });
  const [channel, notices] = [browser.createChannel(), browser.createNotices()];
  const news = { accounts, outbox, vault, surface, notices, log, channel, clock };
  const changed = dispatch.createNews(news);
  const holders = [...Object.values(sealed), outbox];
  const house = { vault, outbox, settings, changed };
  const locking = dispatch.createLocking({ ...platform, ...house, holders });
  return {
    ...{ ...house, accounts, activity, locking, suppressions, declarations, hostPermissions },
    ...{ local, session, sync, databases, traces, surface },
  };
}

function sealedRecords(vault: Vault, { local, session }: browser.BrowserPlatform) {
  return {
    records: createSealedRecords({ vault, area: local, ...accountRecords }),
    clients: createSealedRecords({ vault, area: local, ...clientRecords }),
    session: createSealedRecords({ vault, area: session, ...accessTokenRecords }),
    suppressed: createSealedRecords({ vault, area: local, ...suppressionRecords }),
  };
}

/** Registers every listener. Must run in the worker's first tick. */
function listen(rooms: OpenRooms, { log }: browser.BrowserPlatform): void {
  const handlers = dispatch.createHandlers(rooms);
  browser.answerMessages(dispatch.createDispatch({ handlers, log, ...rooms.vault.lock }));
  const writeTo = dispatch.createWriteTo({ ...rooms, log });
  browser.onNoticeClick(() => void rooms.surface.openTab('/outbox.html'));
  browser.onMenuClick((click) => void writeTo(click));
  browser.onBrowserEvents(dispatch.createListeners(rooms, { ...rooms, log }));
}
