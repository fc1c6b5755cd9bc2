/**
 * Room `suppressions`: the do-not-mail list, addresses that no merge writes to.
 *
 * One sealed record in the browser's storage; it holds addresses and when and how each came there,
 * and nothing of what was sent to them. It refuses what is no address, and a list that grows without
 * end. A single mail is not stopped by it: the compose window says that somebody is on it.
 * Called by dispatch.
 */
import * as z from 'zod/mini';
import { addressKey, isAddress } from '../mail/mail.ts';
import type { SuppressionOutcome, SuppressionView } from '../messaging/messaging.ts';
import { once } from '../once/once.ts';
import type { Clock } from '../platform/platform.ts';
import type { SealedRecords } from '../vault/vault.ts';

/** As many addresses as fit well into the browser's storage. */
export const MOST_SUPPRESSIONS = 20_000;

const ID = 'list';

/** The list as it is stored: sealed, in storage.local. */
export const suppressionRecords = {
  kind: 'suppressions',
  version: 1,
  schema: once(() =>
    z.object({
      entries: z.array(
        z.object({
          address: z.string(),
          addedAt: z.number(),
          why: z.enum(['by-hand', 'import', 'result']),
        }),
      ),
    }),
  ),
} as const;

type StoredList = z.infer<ReturnType<typeof suppressionRecords.schema>>;

/** The do-not-mail list. @throws VaultError when it can't be opened: then nothing is written over it */
export interface Suppressions {
  /** Newest first. */
  list(): Promise<readonly SuppressionView[]>;
  /** The keys (`addressKey` of mail) of all addresses. */
  keys(): Promise<ReadonlySet<string>>;
  /** `first` is done before the list is stored with them, and not when it is not. */
  add(
    addresses: readonly string[],
    why: SuppressionView['why'],
    first?: () => Promise<void>,
  ): Promise<SuppressionOutcome>;
  /** False when it was not there. */
  remove(address: string): Promise<boolean>;
}

/** Builds the room over its record. */
export function createSuppressions(parts: {
  readonly records: SealedRecords<StoredList>;
  readonly clock: Clock;
  /** One holder of a name at a time, in all contexts: two additions at once both count. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}): Suppressions {
  const { records, clock } = parts;
  const read = async (): Promise<StoredList['entries']> => (await records.get(ID))?.entries ?? [];
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => parts.exclusively('suppressions', work);

  return {
    list: async () => (await read()).toSorted((a, b) => b.addedAt - a.addedAt),
    keys: async () => new Set((await read()).map(({ address }) => addressKey(address))),
    add: (addresses, why, first) =>
      inTurn(async () => {
        const wrong = addresses.filter((address) => !isAddress(address)).length;
        if (wrong > 0) return { kind: 'not-addresses', count: wrong };
        const entries = await read();
        const known = new Set(entries.map(({ address }) => addressKey(address)));
        const fresh = addresses.filter((address) => {
          const key = addressKey(address);
          return !known.has(key) && known.add(key);
        });
        if (entries.length + fresh.length > MOST_SUPPRESSIONS) {
          return { kind: 'list-full', limit: MOST_SUPPRESSIONS };
        }
        await first?.();
        const addedAt = clock.now();
        const added = fresh.map((address) => ({ address, addedAt, why }));
        if (added.length > 0) await records.put(ID, { entries: [...entries, ...added] });
        return { kind: 'added', added: added.length, known: addresses.length - added.length };
      }),
    remove: (address) =>
      inTurn(async () => {
        const entries = await read();
        const key = addressKey(address);
        const left = entries.filter((entry) => addressKey(entry.address) !== key);
        if (left.length === entries.length) return false;
        await records.put(ID, { entries: left });
        return true;
      }),
  };
}
