/** What is left free for others' writes: more than one of ours takes, with what a database's own files then need. */
const RESERVE_BYTES = { database: 16 * 1024 * 1024, storageLocal: 1024 * 1024 } as const;

/** With so much free nothing fills the disk in the seconds until it is asked about again. */
const PLENTY_BYTES = 2 * 1024 * 1024 * 1024;
const PLENTY_FOR_MS = 10_000;

/**
 * Gives what does a write if the disk keeps its reserve, and begins nothing otherwise: then it
 * rejects with a DOMException `QuotaExceededError`.
 *
 * Chromium keeps IndexedDB and storage.local as LevelDB. A record that a full disk cut short makes
 * it wipe the whole database when it is next opened: all mails, and the keys of everything that is
 * sealed. So the last bytes of a disk are never written to. For an extension with unlimitedStorage
 * Chromium's `estimate` gives as quota what is used and what the disk has free; in other browsers the
 * quota is large, and this never stands in the way.
 *
 * @see https://storage.spec.whatwg.org/#dom-storagemanager-estimate
 */
export function createRoomOnDisk(
  reserve: keyof typeof RESERVE_BYTES,
): <T>(write: () => Promise<T>) => Promise<T> {
  let plentyUntil = -Infinity;
  return async (write) => {
    if (performance.now() >= plentyUntil) {
      const bytes = await freeBytes();
      if (bytes < RESERVE_BYTES[reserve]) {
        throw new DOMException('The disk is nearly full.', 'QuotaExceededError');
      }
      plentyUntil = bytes < PLENTY_BYTES ? -Infinity : performance.now() + PLENTY_FOR_MS;
    }
    return write();
  };
}

/** As far as the browser says; where it does not, writing shows it. */
async function freeBytes(): Promise<number> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    // No quota at all is no measure: what we have stored would not be there.
    return !quota || usage === undefined ? Infinity : quota - usage;
  } catch {
    return Infinity;
  }
}
