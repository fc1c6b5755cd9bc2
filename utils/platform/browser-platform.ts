/**
 * The real browser behind the shapes of `platform.ts`, for compositions in entrypoints/ alone.
 *
 * Only the files beside this one import webextension-polyfill. Nothing here keeps state that has
 * to outlive the worker.
 */
import browser from 'webextension-polyfill';
import { createChannel } from './browser-messages.ts';
import { createNotices } from './browser-notices.ts';
import { createPasskeys } from './browser-passkeys.ts';
import { createStorageArea } from './browser-storage.ts';
import { createTraces } from './browser-traces.ts';
import { createWebAuth } from './browser-web-auth.ts';
import type {
  Alarms,
  Clock,
  HostPermissions,
  Idle,
  KeepAlive,
  Log,
  PageBrowser,
  Presence,
  Random,
  StorageArea,
  StoredDatabases,
  Traces,
  WebAuth,
} from './platform.ts';
import { createStoredDatabases } from './stored-databases.ts';

export { closeToContentScripts } from './browser-storage.ts';
export { answerMessages, createChannel } from './browser-messages.ts';
export { createNotices, onNoticeClick } from './browser-notices.ts';
export { createSurface, onMenuClick } from './browser-surface.ts';

/** The browser, for the worker. */
export interface BrowserPlatform {
  readonly clock: Clock;
  readonly random: Random;
  readonly local: StorageArea;
  readonly session: StorageArea;
  /** Follows the person to their other browsers: nothing goes there that they did not ask for. */
  readonly sync: StorageArea;
  readonly databases: StoredDatabases;
  readonly traces: Traces;
  readonly alarms: Alarms;
  readonly keepAlive: KeepAlive;
  readonly idle: Idle;
  readonly webAuth: WebAuth;
  readonly log: Log;
  /** For the room network alone. */
  readonly fetch: typeof globalThis.fetch;
  readonly isOnline: () => boolean;
  /** One holder of a name at a time, in all contexts of the extension (Web Locks). */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/** Until the first message of a start is there and has asked for what it needs; no other context writes. */
const READ_AHEAD_MS = 100;

/** Puts the real browser together, and begins to read what storage holds. Touches nothing else until a part is used. */
export function createBrowserPlatform(): BrowserPlatform {
  const [local, session] = [createStorageArea('local'), createStorageArea('session')];
  local.readAhead(READ_AHEAD_MS);
  session.readAhead(READ_AHEAD_MS);
  return {
    clock: createClock(),
    random: createRandom(),
    local,
    session,
    sync: createStorageArea('sync'),
    databases: createStoredDatabases(indexedDB),
    traces: createTraces(),
    alarms: {
      async setAt(name, at) {
        await browser.alarms.create(name, { when: at, periodInMinutes: 1 });
      },
      async clear(name) {
        await browser.alarms.clear(name);
      },
    },
    keepAlive: createKeepAlive(),
    idle: {
      tellAfter: (delayMs) => browser.idle.setDetectionInterval(Math.ceil(delayMs / 1000)),
      presence: (untouchedMs) => browser.idle.queryState(Math.ceil(untouchedMs / 1000)),
    },
    webAuth: createWebAuth(),
    log: createLog(),
    fetch: (...request) => fetch(...request),
    isOnline: () => navigator.onLine,
    exclusively: (name, work) => navigator.locks.request(name, work),
  };
}

/** The browser, for a page of ours. */
export function createPageBrowser(): PageBrowser {
  return {
    channel: createChannel(),
    hostPermissions: createHostPermissions(),
    notices: createNotices(),
    passkeys: createPasskeys(),
  };
}

/** Hears what starts work without a page. To be called in the worker's first tick. */
export function onBrowserEvents(listeners: {
  readonly alarm: (name: string) => void;
  readonly started: () => void;
  readonly installed: () => void;
  readonly online: () => void;
  readonly hostAllowed: () => void;
  readonly synced: () => void;
  readonly presence: (presence: Presence) => void;
}): void {
  browser.alarms.onAlarm.addListener((alarm) => listeners.alarm(alarm.name));
  browser.runtime.onStartup.addListener(listeners.started);
  browser.runtime.onInstalled.addListener(listeners.installed);
  browser.idle.onStateChanged.addListener(listeners.presence);
  browser.permissions.onAdded.addListener(listeners.hostAllowed);
  browser.storage.sync.onChanged.addListener(listeners.synced);
  globalThis.addEventListener('online', listeners.online);
}

/** Optional host permissions, for pages (asking) and the worker (looking). */
export function createHostPermissions(): HostPermissions {
  const patterns = (hosts: readonly string[]): string[] => hosts.map((host) => `https://${host}/*`);
  return {
    has: (hosts) => browser.permissions.contains({ origins: patterns(hosts) }),
    request: (hosts) => browser.permissions.request({ origins: patterns(hosts) }),
    async granted() {
      return (await browser.permissions.getAll()).origins ?? [];
    },
    remove: (hosts) => browser.permissions.remove({ origins: patterns(hosts) }),
  };
}

function createClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, delayMs);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

function createRandom(): Random {
  return {
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    uuid: () => crypto.randomUUID(),
    fraction: () => Math.random(),
  };
}

/** Chrome ends a worker after 30 s without a call to its API, even in the middle of a fetch. */
const KEEP_ALIVE_EVERY_MS = 20_000;

function createKeepAlive(): KeepAlive {
  return {
    async during(work) {
      const touch = (): void => void browser.runtime.getPlatformInfo();
      const timer = setInterval(touch, KEEP_ALIVE_EVERY_MS);
      touch();
      try {
        return await work();
      } finally {
        clearInterval(timer);
      }
    },
  };
}

function createLog(): Log {
  return {
    report(where, error) {
      const name = error instanceof Error ? error.name : typeof error;
      const code =
        error instanceof Error && 'code' in error && typeof error.code === 'string'
          ? ` ${error.code}`
          : '';
      // eslint-disable-next-line no-console -- the one place that prints; names and codes only
      console.warn(`[postern] ${where}: ${name}${code}`);
    },
  };
}
