import { hex, unshared } from './byte-layout.ts';
import type { KeyStore } from './key-store.ts';
import type { Keyring } from './keyring.ts';
import { splitRecord, type SealedParts } from './record-format.ts';
import type { SealAnew, SealedHolder } from './seal-anew.ts';
import type { Vault } from './vault.ts';
import { VaultError } from './vault-error.ts';

/** What a change of the data key is finished with. */
interface FinishParts extends Pick<Vault, 'seal' | 'open'> {
  readonly keys: KeyStore;
  readonly keyring: Keyring;
}

/** Builds `Vault.finishChange`; of calls that come together one works and the others share its end. */
export function createFinish(
  parts: FinishParts,
): (holders: readonly SealedHolder[]) => Promise<boolean> {
  let underWay: Promise<boolean> | null = null;
  return (holders) =>
    (underWay ??= finish(parts, holders).finally(() => {
      underWay = null;
    }));
}

async function finish(
  { seal, open, keys, keyring }: FinishParts,
  holders: readonly SealedHolder[],
): Promise<boolean> {
  const before = await keys.read();
  if (!before || before.retired.length === 0) return true;
  const anew: SealAnew = async (label, sealed) => {
    const record = partsOf(sealed);
    if (!record || !(await keyring.isRetired(hex(record.keyId)))) return null;
    return seal(label, await open(label, sealed));
  };
  let left = 0;
  for (const holder of holders) left += await holder.sealAnew(anew);
  if (left > 0) return false;
  return keyring.inTurn(() =>
    keyring.dropRetired(async () => {
      // Compared with what was there before the holders were asked: no key was retired since.
      if (!(await keys.replace(before, { ...before, retired: [] })))
        throw new VaultError('storage');
    }),
  );
}

/** Null for what is no record at all: no key opens it, so none has to be kept for it. */
function partsOf(sealed: Uint8Array): SealedParts | null {
  try {
    return splitRecord(unshared(sealed));
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
