import { sameBytes } from '../../vault/vault.ts';
import { readFileRecord, type FileRecord } from './file-record.ts';
import type { MailDatabase, WritableTables } from '../store/mail-database.ts';
import { readRecord } from '../store/mail-record.ts';
import { OutboxError } from '../outbox-error.ts';
import { pieceCount } from './piece-format.ts';
import type { FilePlace, PieceStore } from './piece-store.ts';

/** The files of the outbox on the disk. */
export function createPieceStore(database: MailDatabase): PieceStore {
  return { ...writing(database), ...reading(database) };
}

function writing(
  database: MailDatabase,
): Pick<PieceStore, 'addFile' | 'putPiece' | 'finishFile' | 'removeFile' | 'replacePiece'> {
  return {
    addFile: (file) =>
      database.write(async (tables) => {
        if (!(await takesFiles(tables, file.mailId))) return false;
        await tables.files.add(file);
        return true;
      }),
    putPiece: ({ index, sealed, ...place }, now) =>
      database.write(async (tables) => {
        const file = await fileOf(tables, place);
        if (!file || !(await takesFiles(tables, place.mailId))) return false;
        await tables.pieces.put(sealed, [file.id, index]);
        await tables.files.put({ ...file, touchedAt: now });
        return true;
      }),
    finishFile: (place, now) =>
      database.write(async (tables) => {
        const file = await fileOf(tables, place);
        if (!file) return 'gone';
        const stored = await tables.pieces.count(piecesOf(file.id));
        if (stored !== pieceCount(file.sizeBytes)) return 'incomplete';
        await tables.files.put({ ...file, complete: true, touchedAt: now });
        return 'complete';
      }),
    removeFile: (place) =>
      database.write(async (tables) => {
        const file = await fileOf(tables, place);
        if (file && (await takesFiles(tables, place.mailId))) await wipeFile(tables, file.id);
      }),
    replacePiece: ({ fileId, index, sealed }, before) =>
      database.write(async ({ pieces }) => {
        const there = await pieces.get([fileId, index]);
        if (!there || !sameBytes(there, before)) return false;
        await pieces.put(sealed, [fileId, index]);
        return true;
      }),
  };
}

function reading(
  database: MailDatabase,
): Pick<
  PieceStore,
  'findFile' | 'readPiece' | 'filesTouchedBefore' | 'files' | 'countFiles' | 'pieceIndexes'
> {
  const files = (): Promise<readonly FileRecord[]> =>
    database.read(async (tables) =>
      (await tables.getAll('files')).flatMap((stored) => readFileRecord(stored) ?? []),
    );
  return {
    findFile: ({ mailId, fileId }) =>
      database.read(async (tables) => {
        const file = readFileRecord(await tables.get('files', fileId));
        return file?.mailId === mailId ? file : null;
      }),
    readPiece: (fileId, index) =>
      database.read(async (tables) => (await tables.get('pieces', [fileId, index])) ?? null),
    filesTouchedBefore: async (at) => (await files()).filter(({ touchedAt }) => touchedAt < at),
    files,
    countFiles: () => database.read((tables) => tables.count('files')),
    pieceIndexes: (fileId) =>
      database.read(async (tables) =>
        (await tables.getAllKeys('pieces', piecesOf(fileId))).map(([, index]) => index),
      ),
  };
}

/** Wipes the files of a mail but for these; `undefined` wipes all of them. */
export async function wipeFilesOf(
  tables: WritableTables,
  mailId: string,
  but: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const id of await tables.files.index('mail').getAllKeys(mailId)) {
    if (!but.has(id)) await wipeFile(tables, id);
  }
}

/**
 * Makes sure that a mail has every byte of these files, and wipes its others.
 * @throws OutboxError `no-bytes`, and then the transaction leaves nothing
 */
export async function keepFilesOf(
  tables: WritableTables,
  mailId: string,
  kept: readonly { readonly id: string; readonly sizeBytes: number }[],
): Promise<void> {
  for (const { id, sizeBytes } of kept) {
    const file = await fileOf(tables, { mailId, fileId: id });
    if (file?.complete !== true || file.sizeBytes !== sizeBytes) throw new OutboxError('no-bytes');
  }
  await wipeFilesOf(tables, mailId, new Set(kept.map(({ id }) => id)));
}

/** Wipes the files of a mail or merge that no mail needs any more. */
export async function wipeFilesWhenDone(tables: WritableTables, owner: string): Promise<void> {
  if ((await tables.files.index('mail').count(owner)) === 0) return;
  if (!(await isNeeded(tables, owner))) await wipeFilesOf(tables, owner);
}

/** The same of every mail and merge, after many have gone at once. */
export async function wipeFilesOfNobody(tables: WritableTables): Promise<void> {
  const owners = (await tables.files.getAll()).flatMap((stored) => readFileRecord(stored) ?? []);
  for (const owner of new Set(owners.map(({ mailId }) => mailId))) {
    await wipeFilesWhenDone(tables, owner);
  }
}

async function wipeFile({ files, pieces }: WritableTables, id: string): Promise<void> {
  await pieces.delete(piecesOf(id));
  await files.delete(id);
}

/** True for a draft, and for a mail that is not there yet; not for what is on its way, nor for a merge. */
async function takesFiles({ mails }: WritableTables, mailId: string): Promise<boolean> {
  const stored = await mails.get(mailId);
  if (stored === undefined) return (await mails.index('batch').count(mailId)) === 0;
  const found = readRecord(stored);
  return found.readable && found.record.state.kind === 'draft';
}

/** Files of a merge belong to all of its mails: they are needed until the last one that may need them has gone. */
async function isNeeded({ mails }: WritableTables, owner: string): Promise<boolean> {
  if ((await mails.count(owner)) > 0) return true;
  const all = await mails.index('batch').count(owner);
  return all > (await mails.index('batch-state').count([owner, 'sent']));
}

async function fileOf(
  { files }: WritableTables,
  { mailId, fileId }: FilePlace,
): Promise<FileRecord | null> {
  const file = readFileRecord(await files.get(fileId));
  return file?.mailId === mailId ? file : null;
}

/** Every key that begins with the file's id: an array is greater than every number. */
function piecesOf(fileId: string): IDBKeyRange {
  return IDBKeyRange.bound([fileId], [fileId, []]);
}
