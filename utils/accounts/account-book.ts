import type { SealedRecords } from '../vault/vault.ts';
import { VaultError } from '../vault/vault.ts';
import type { AccountRecord } from './account-record.ts';
import type { Exclusively } from './accounts.ts';

/** The stored accounts. Every change reads and writes under one lock, whichever context asks. */
export interface AccountBook {
  /** Null when there is none. @throws VaultError when it can't be opened. */
  find(id: string): Promise<AccountRecord | null>;
  list: SealedRecords<AccountRecord>['list'];
  /**
   * Writes what `change` makes of the record, then runs `then` under the same lock. Null, and
   * nothing done, when there is no record or `change` gives null.
   */
  change(
    id: string,
    change: (record: AccountRecord) => AccountRecord | null,
    then?: (after: AccountRecord) => Promise<void>,
  ): Promise<AccountRecord | null>;
  /** Writes what `make` gives for the record that is there, null for none; then as `change`. */
  put(
    id: string,
    make: (before: AccountRecord | null) => AccountRecord,
    then: (after: AccountRecord) => Promise<void>,
  ): Promise<AccountRecord>;
  /** Runs `then` under the lock, then removes the record, whether or not it can be opened. */
  remove(id: string, then: () => Promise<void>): Promise<void>;
}

/** The book over a store of sealed records. */
export function createAccountBook(
  records: SealedRecords<AccountRecord>,
  exclusively: Exclusively,
): AccountBook {
  const locked = <T>(id: string, work: () => Promise<T>): Promise<T> =>
    exclusively(`postern.account.${id}`, work);
  return {
    find: (id) => records.get(id),
    list: () => records.list(),
    change: (id, change, then) =>
      locked(id, async () => {
        const before = await records.get(id);
        const after = before && change(before);
        if (!after) return null;
        if (JSON.stringify(after) !== JSON.stringify(before)) await records.put(id, after);
        await then?.(after);
        return after;
      }),
    put: (id, make, then) =>
      locked(id, async () => {
        const after = make(await records.get(id));
        await records.put(id, after);
        await then(after);
        return after;
      }),
    remove: (id, then) =>
      locked(id, async () => {
        await then();
        await records.remove(id);
      }),
  };
}

/** True when a record itself is at fault, and not the vault or the store. */
export function isUnreadable(error: unknown): error is VaultError {
  if (!(error instanceof VaultError)) return false;
  return ['wrong-key', 'corrupt', 'unsupported-version', 'no-key'].includes(error.code);
}
