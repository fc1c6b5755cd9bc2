import type { PeerClock } from '../clock.ts';
import type { PeerAnswer } from '../peer.ts';
import { rateLimited } from './google-errors.ts';
import type { GoogleAccount, GoogleSwitches } from './google-options.ts';

/** Units that a method costs (PROVIDERS.md A3, "Units"). */
export const UNITS = {
  send: 100,
  'drafts.send': 100,
  'drafts.create': 10,
  'drafts.update': 15,
  'drafts.get': 20,
  'messages.get': 20,
  'attachments.get': 20,
  'threads.get': 40,
  'threads.list': 10,
  'messages.list': 5,
  'history.list': 2,
  getProfile: 1,
  'labels.list': 1,
  'sendAs.list': 1,
} as const;

/** Counts what an account uses. */
export interface Quota {
  /** Takes units from the running minute; the refusal when they are not there. */
  spend(account: string, project: string, units: number): PeerAnswer | null;
  /** Counts a message of the day; the refusal when the day is full. */
  countMessage(account: GoogleAccount): PeerAnswer | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * 6,000 units a minute per user and project since 1 May 2026, 500 messages a day for consumers and 2,000 for
 * Workspace (PROVIDERS.md A3). Both are counted over the last minute and day: Google does not publish its windows.
 */
export function createQuota(clock: PeerClock, switches: GoogleSwitches): Quota {
  const spent = new Map<string, { readonly at: number; readonly units: number }[]>();
  const sentAt = new Map<string, number[]>();

  return {
    spend: (account, project, units) => {
      if (!switches.quota) return null;
      const now = clock.now();
      const key = `${project} ${account}`;
      const recent = spent.get(key) ?? [];
      spent.set(key, recent);
      while (recent[0] && recent[0].at <= now - MINUTE_MS) recent.shift();
      let used = recent.reduce((sum, each) => sum + each.units, 0);
      if (used + units <= switches.unitsPerMinute) {
        recent.push({ at: now, units });
        return null;
      }
      const freeing = recent.find(
        (each) => (used -= each.units) + units <= switches.unitsPerMinute,
      );
      const retryAt = (freeing?.at ?? now) + MINUTE_MS;
      return rateLimited('per-minute-quota', { now, retryAt, said: switches.retryTime });
    },
    countMessage: ({ email, hostedDomain }) => {
      if (!switches.quota) return null;
      const now = clock.now();
      const limit = switches.messagesPerDay ?? (hostedDomain === undefined ? 500 : 2_000);
      const recent = sentAt.get(email) ?? [];
      sentAt.set(email, recent);
      while (recent[0] !== undefined && recent[0] <= now - DAY_MS) recent.shift();
      if (recent.length < limit) {
        recent.push(now);
        return null;
      }
      const retryAt = (recent[recent.length - limit] ?? now) + DAY_MS;
      return rateLimited('sending-limit', { now, retryAt, said: switches.retryTime });
    },
  };
}
