import type * as z from 'zod/mini';
import type { StorageArea } from '../platform/platform.ts';
import { leftBehind, type SealAnew, type SealedHolder } from './seal-anew.ts';
import type { Vault } from './vault.ts';
import { orVaultError, VaultError, type VaultErrorCode } from './vault-error.ts';

/** A record that is there but can't be read. It stays where it is until somebody removes it. */
export interface BrokenRecord {
  readonly id: string;
  readonly code: VaultErrorCode;
}

/** Everything there is of one kind. */
export interface SealedRecordsListing<T> {
  readonly records: readonly { readonly id: string; readonly value: T }[];
  readonly broken: readonly BrokenRecord[];
}

/**
 * Records of one kind, sealed in a storage area under `<kind>/<id>`. Ids are random, since they are
 * stored in clear: of letters, digits, `.`, `_` and `-` only, so that no address can be one.
 * Every method rejects with VaultError only.
 */
export interface SealedRecords<T> extends SealedHolder {
  /** Null when there is none. What an older version wrote is migrated in what is returned, not in store. */
  get(id: string): Promise<T | null>;
  /** Replaces what was there, whatever it was. `refused` when the schema would not read it back. */
  put(id: string, value: T): Promise<void>;
  /** Removes it, whether or not it can be opened. */
  remove(id: string): Promise<void>;
  /** Rejects with `locked` or `storage` when that, and not a record, is what is wrong. */
  list(): Promise<SealedRecordsListing<T>>;
}

const KIND = /^[a-z][a-z0-9-]{0,63}$/;
const ID = /^[\w.-]{1,128}$/;
const STORED = /^(0|[1-9]\d{0,9})\.([A-Za-z0-9+/]+={0,2})$/;

/** How records of one kind are read and written. */
interface RecordPlan<S extends z.ZodMiniType> {
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly area: StorageArea;
  /** Lowercase letters, digits and hyphens; it stands in clear before each id. */
  readonly kind: string;
  /** The version of the value's own shape. It is stored in clear, and bound by the label. */
  readonly version: number;
  /**
   * Asked when a record is put, and when one is read that an older version put; has to accept what it
   * gives. What `version` itself put is read without it (docs/decisions/0015-read-as-it-was-sealed.md),
   * so another shape is another version.
   */
  readonly schema: () => S;
  /** `migrate[n]` makes a value of version n + 1 from one of version n. Pure functions. */
  readonly migrate?: Readonly<Record<number, (older: unknown) => unknown>>;
}

/**
 * Builds a store of records.
 * @throws VaultError `refused` when `kind` is not as it should be
 */
export function createSealedRecords<S extends z.ZodMiniType>(
  plan: RecordPlan<S>,
): SealedRecords<z.output<S>> {
  const { vault, area, kind, version, schema } = plan;
  if (!KIND.test(kind)) throw new VaultError('refused');
  const prefix = `${kind}/`;
  const write = createWriteTurns();
  return {
    async get(id) {
      const stored = await orVaultError('storage', () => area.get(prefix + id));
      return stored === null ? null : read(plan, id, stored);
    },
    async put(id, value) {
      if (!ID.test(id)) throw new VaultError('refused');
      const json = await orVaultError('refused', () => toCheckedJson(schema(), value));
      const sealed = await vault.seal({ kind, id, version }, new TextEncoder().encode(json));
      await write(() => area.set(prefix + id, `${version}.${toBase64(sealed)}`));
    },
    remove: (id) => write(() => area.remove(prefix + id)),
    list: () => listRecords(plan),
    async sealAnew(anew) {
      let left = 0;
      for (const [key, stored] of await orVaultError('storage', () => area.entries())) {
        if (!key.startsWith(prefix)) continue;
        const label = { kind, id: key.slice(prefix.length) };
        const next = await sealedAnew(anew, label, stored).catch((error: unknown) => {
          left += leftBehind(error);
          return null;
        });
        if (next === null) continue;
        await write(async () => {
          if ((await area.get(key)) === stored) await area.set(key, next);
        });
      }
      return left;
    },
  };
}

async function listRecords<S extends z.ZodMiniType>(
  plan: RecordPlan<S>,
): Promise<SealedRecordsListing<z.output<S>>> {
  const prefix = `${plan.kind}/`;
  const entries = await orVaultError('storage', () => plan.area.entries());
  const mine = [...entries].filter(([key]) => key.startsWith(prefix));
  return sorted(
    await Promise.all(
      mine.map(async ([key, stored]) => {
        const id = key.slice(prefix.length);
        return { id, outcome: await outcomeOf(read(plan, id, stored)) };
      }),
    ),
  );
}

/** Writes to one kind of records one after the other: an area of the browser has no transactions. */
function createWriteTurns(): (act: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(() => orVaultError('storage', act));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** As it is to be stored; null when there is nothing to do. Its content is not looked at, so a newer version's is kept as well. */
async function sealedAnew(
  anew: SealAnew,
  label: { readonly kind: string; readonly id: string },
  stored: unknown,
): Promise<string | null> {
  if (typeof stored !== 'string' || !STORED.test(stored)) return null;
  const { writtenBy, sealed } = unpack(stored);
  const next = await anew({ ...label, version: writtenBy }, sealed);
  return next && `${writtenBy}.${toBase64(next)}`;
}

async function read<S extends z.ZodMiniType>(
  plan: RecordPlan<S>,
  id: string,
  stored: unknown,
): Promise<z.output<S>> {
  const { writtenBy, sealed } = unpack(stored);
  if (writtenBy > plan.version) throw new VaultError('unsupported-version');
  const clear = await plan.vault.open({ kind: plan.kind, id, version: writtenBy }, sealed);
  return orVaultError('corrupt', async () => {
    let value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clear));
    // Checked when it was put as of this version, and the seal says that nobody changed it since.
    if (writtenBy === plan.version) return value as z.output<S>;
    for (let at = writtenBy; at < plan.version; at++) {
      const step = plan.migrate?.[at];
      if (!step) throw new VaultError('unsupported-version');
      value = step(value);
    }
    return plan.schema().parseAsync(value);
  });
}

type Outcome<T> = { readonly value: T } | { readonly code: VaultErrorCode };

/** A record's own fault becomes part of the answer; what is wrong with the whole vault is thrown. */
async function outcomeOf<T>(reading: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await reading };
  } catch (cause) {
    if (!(cause instanceof VaultError) || cause.code === 'locked' || cause.code === 'storage') {
      throw cause;
    }
    return { code: cause.code };
  }
}

function sorted<T>(
  entries: readonly { readonly id: string; readonly outcome: Outcome<T> }[],
): SealedRecordsListing<T> {
  const records: { id: string; value: T }[] = [];
  const broken: BrokenRecord[] = [];
  for (const { id, outcome } of entries) {
    if ('code' in outcome) broken.push({ id, code: outcome.code });
    else records.push({ id, value: outcome.value });
  }
  return { records, broken };
}

/** Of what will be read: what JSON can't hold, and what the schema does not name, is found or left out now. */
async function toCheckedJson(schema: z.ZodMiniType, value: unknown): Promise<string> {
  return JSON.stringify(await schema.parseAsync(JSON.parse(JSON.stringify(value))));
}

function unpack(stored: unknown): { writtenBy: number; sealed: Uint8Array } {
  const match = typeof stored === 'string' ? STORED.exec(stored) : null;
  const base64 = match?.[2] ?? '';
  // Four characters stand for three bytes: with another length it is not whole.
  if (!match || base64.length % 4 !== 0) throw new VaultError('corrupt');
  return {
    writtenBy: Number(match[1]),
    sealed: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
  };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
