import { attachedFileName, sizeInMessage } from '../../utils/mail/mail.ts';
import { createWatched, type Watched } from '../live/watched.ts';
import type { AttachTrouble, MailRoom } from '../texts/attach-texts.ts';

/** A file that is on its way into the draft, or did not get there. */
export interface PendingFile {
  readonly key: number;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** How much of it is stored. */
  readonly sealedBytes: number;
  /** Null while it is on its way. */
  readonly trouble: AttachTrouble | null;
  /** The file itself where it was too large, as another account may take it; null elsewhere. */
  readonly refused: File | null;
}

/** Files that are not attached yet, each by a key of its own. */
export interface PendingFiles {
  readonly pending: Watched<readonly PendingFile[]>;
  /** Gives the key. What is larger than the account takes is in trouble at once. */
  readonly add: (file: File, room: MailRoom | null) => number;
  readonly update: (key: number, more: Partial<PendingFile>) => void;
  /** Stops it and takes it off the list. */
  readonly forget: (key: number) => void;
  /** Null for a file that is not to be attached (any more). */
  readonly signalOf: (key: number) => AbortSignal | null;
  readonly stop: () => void;
}

/** None at first. */
export function createPendingFiles(): PendingFiles {
  const pending = createWatched<readonly PendingFile[]>([]);
  const stops = new Map<number, AbortController>();
  let keys = 0;
  return {
    pending,
    add(file, room) {
      const { name, size: sizeBytes } = file;
      const key = (keys += 1);
      const inMessage = sizeInMessage(sizeBytes);
      const trouble =
        room !== null && inMessage > room.messageBytes
          ? ({ kind: 'too-large', sizeBytes: inMessage, room } as const)
          : null;
      const fileName = attachedFileName(name);
      const refused = trouble && file;
      const added = { key, fileName, sizeBytes, sealedBytes: 0, trouble, refused };
      pending.value = [...pending.value, added];
      if (trouble === null) stops.set(key, new AbortController());
      return key;
    },
    update(key, more) {
      pending.value = pending.value.map((one) => (one.key === key ? { ...one, ...more } : one));
    },
    forget(key) {
      stops.get(key)?.abort();
      stops.delete(key);
      pending.value = pending.value.filter((one) => one.key !== key);
    },
    signalOf: (key) => stops.get(key)?.signal ?? null,
    stop() {
      for (const stop of stops.values()) stop.abort();
    },
  };
}
