import {
  attachedFileName,
  freeFileName,
  isPicture,
  mediaTypeOf,
  SNIFFED_BYTES,
  withoutPicture,
  type AttachmentReference,
} from '../../utils/mail/mail.ts';
import type { Client } from '../../utils/messaging/messaging.ts';
import { createWatched, type Settable, type Watched } from '../live/watched.ts';
import type { MailRoom } from '../texts/attach-texts.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { handOver } from './hand-over.ts';
import { createPendingFiles, type PendingFile, type PendingFiles } from './pending-files.ts';

/** Brings files into a draft. What is attached stands in the draft itself; here is what is not yet. */
export interface Attacher {
  readonly pending: Watched<readonly PendingFile[]>;
  /** What was last attached, removed or refused, in words, for those who hear the page. */
  readonly news: Watched<string>;
  /**
   * One after the other, in this order. `room` is what the account takes; null when that is not
   * known. `then` is called with each as it is attached.
   */
  attach: (
    files: readonly File[],
    room: MailRoom | null,
    then?: (attached: AttachmentReference) => void,
  ) => void;
  /** Another account, or a further right, takes more or less: what was too large is judged anew. */
  refit: (room: MailRoom | null) => void;
  /** Stops a file on its way; takes one off the list that did not get there. */
  drop: (key: number) => void;
  /** Takes a file out of the draft and wipes its bytes. */
  remove: (file: AttachmentReference) => void;
  /** The picked file that an attachment was made from, as long as this window lives; null for others. */
  sourceOf: (fileId: string) => File | null;
  /** Resolves when nothing is on its way. */
  whenIdle: () => Promise<void>;
  /** Stops everything on its way: the window closes. */
  stop: () => void;
}

/** Attaches to the draft that `keeper` keeps. */
export function createAttacher(client: Client, keeper: DraftKeeper): Attacher {
  const list = createPendingFiles();
  const news = createWatched('');
  const sources = new Map<string, File>();
  const bringIn = bringingInto({ client, keeper, list, news, sources });
  let turn = Promise.resolve();
  const attach: Attacher['attach'] = (files, room, then) => {
    for (const file of files) {
      const key = list.add(file, room);
      turn = turn.then(async () => {
        const attached = await bringIn(key, file);
        if (attached) then?.(attached);
      });
    }
  };
  return {
    pending: list.pending,
    news,
    attach,
    refit(room) {
      for (const { key, trouble, refused } of list.pending.value) {
        if (refused === null || room === null || trouble?.kind !== 'too-large') continue;
        if (trouble.room.messageBytes === room.messageBytes) continue;
        list.forget(key);
        attach([refused], room);
      }
    },
    drop: list.forget,
    remove(file) {
      const { content } = keeper.version.value;
      // A mark that shows no picture, or another one, is a text like any other.
      if (file.contentId !== null) {
        keeper.change({ content: { ...content, text: withoutPicture(content.text, file) } });
      }
      change(keeper, (files) => files.filter(({ id }) => id !== file.id));
      sources.delete(file.id);
      news.value = `${file.fileName} is removed`;
      // Wiped when the draft that does not name it is stored, so that a stored draft never lacks one.
      void keeper.flush().then((stored) => stored && wipe(client, keeper.id, file.id));
    },
    sourceOf: (fileId) => sources.get(fileId) ?? null,
    async whenIdle() {
      let seen;
      do await (seen = turn);
      while (seen !== turn);
    },
    stop: list.stop,
  };
}

/** Hands one file over and names it in the draft, or says why not. */
function bringingInto(parts: {
  readonly client: Client;
  readonly keeper: DraftKeeper;
  readonly list: PendingFiles;
  readonly news: Settable<string>;
  readonly sources: Map<string, File>;
}): (key: number, file: File) => Promise<AttachmentReference | null> {
  const { client, keeper, list, news, sources } = parts;
  return async (key, file) => {
    const stop = list.signalOf(key);
    if (stop === null) return null;
    const named = await nameAndType(file);
    const onProgress = (sealedBytes: number): void => list.update(key, { sealedBytes });
    const end = named
      ? await handOver(client, { mailId: keeper.id, file, signal: stop, onProgress })
      : ({ kind: 'unreadable' } as const);
    if (end.kind === 'handed-over' && named) {
      sources.set(end.fileId, file);
      const { fileId: id, sizeBytes } = end;
      const fileName = nameInDraft(named, keeper);
      const attached = { ...named, fileName, id, sizeBytes, contentId: null };
      change(keeper, (files) => [...files, attached]);
      list.forget(key);
      news.value = `${fileName} is attached`;
      return attached;
    }
    if (end.kind !== 'handed-over') {
      list.update(key, { trouble: end });
      news.value = `${attachedFileName(file.name)} was not attached`;
    }
    return null;
  };
}

/** Of two pictures with one name the text could show the first alone. */
function nameInDraft(
  { fileName, mediaType }: Pick<AttachmentReference, 'fileName' | 'mediaType'>,
  keeper: DraftKeeper,
): string {
  if (!isPicture(mediaType)) return fileName;
  return freeFileName(fileName, keeper.version.value.content.attachments);
}

function wipe(client: Client, mailId: string, fileId: string): void {
  void client.ask('attachments.remove', { mailId, fileId });
}

type Files = readonly AttachmentReference[];

function change(keeper: DraftKeeper, step: (files: Files) => Files): void {
  const { content } = keeper.version.value;
  keeper.change({ content: { ...content, attachments: step(content.attachments) } });
}

/** Null when the file can't be read. */
async function nameAndType(
  file: File,
): Promise<Pick<AttachmentReference, 'fileName' | 'mediaType'> | null> {
  try {
    const head = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
    const mediaType = mediaTypeOf({ head, fileName: file.name, declared: file.type });
    return { fileName: attachedFileName(file.name), mediaType };
  } catch {
    // NotReadableError or NotFoundError (File API section 6.4); a folder can't be read either.
    return null;
  }
}
