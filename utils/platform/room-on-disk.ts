/** What is left free for others' writes: more than one of ours takes, with what a database's own files then need. */
export const RESERVE_BYTES = { database: 16 * 1024 * 1024, storageLocal: 1024 * 1024 } as const;

/**
 * Does `write` if the disk keeps its reserve, and begins nothing otherwise.
 *
 * Chromium keeps IndexedDB and storage.local as LevelDB. A record that a full disk cut short makes
 * it wipe the whole database when it is next opened: all mails, and the keys of everything that is
 * sealed. So the last bytes of a disk are never written to. For an extension with unlimitedStorage
 * Chromium's `estimate` gives as quota what is used and what the disk has free; in other browsers the
 * quota is large, and this never stands in the way.
 *
 * @throws DOMException `QuotaExceededError` when there is no room.
 * @see https://storage.spec.whatwg.org/#dom-storagemanager-estimate
 */
export async function ifRoomOnDisk<T>(
  reserve: keyof typeof RESERVE_BYTES,
  write: () => Promise<T>,
): Promise<T> {
  if ((await freeBytes()) < RESERVE_BYTES[reserve]) {
    throw new DOMException('The disk is nearly full.', 'QuotaExceededError');
  }
  return write();
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
