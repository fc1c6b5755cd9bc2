import { openDB } from 'idb';
import { simpleParser } from 'mailparser';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMailStore } from '../../../../utils/outbox/outbox.ts';
import { PIECE_BYTES } from '../../../../utils/outbox/files/piece-format.ts';
import {
  ACCOUNT_ID,
  attachFile,
  createMailWorld,
  draftOf,
  fileBytes,
  liveOn,
  viewOf,
  writeDraft,
  writeDraftWithFile,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const LONG = fileBytes(2 * PIECE_BYTES + 77);
const DAY_MS = 24 * 60 * 60 * 1000;

afterEach(() => {
  vi.restoreAllMocks();
});

async function filesOf(world: MailWorld): Promise<number> {
  const files = await world.store.files();
  const pieces = await Promise.all(files.map(({ id }) => world.store.pieceIndexes(id)));
  return files.length + pieces.flat().length;
}

describe('a mail with files', () => {
  it('arrives with every byte of them, and nothing of them is kept', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    const files = [LONG, new Uint8Array(), LONG];
    const attachments = [];
    for (const bytes of files) attachments.push(await attachFile(worker, id, bytes));
    const [first, second, third] = attachments;
    const named = [
      { ...first!, fileName: 'Zaun – Übersicht №1.bin' },
      { ...second!, fileName: '空.txt', mediaType: 'text/plain' },
      { ...third!, fileName: 'Zaun – Übersicht №1.bin' },
    ];
    const content = draftOf({ attachments: named });
    await worker.saveDraft({ id, accountId: ACCOUNT_ID, revision: 1, content });
    await expect(worker.send(id)).resolves.toEqual({ kind: 'queued' });
    await liveOn(world);
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    const mail = await simpleParser(Buffer.from(world.google.deliveries[0]!.delivered));
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(
      named.map(({ fileName }) => fileName),
    );
    for (const [at, bytes] of files.entries()) {
      expect(Buffer.compare(mail.attachments[at]!.content, bytes)).toBe(0);
    }
    expect(await filesOf(world)).toBe(0);
  });

  it('shows its inline pictures by their Content-ID', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    const picture = await attachFile(worker, id, LONG);
    const content = draftOf({
      html: '<p>Look: <img src="cid:fence@postern"></p>',
      attachments: [{ ...picture, contentId: 'fence@postern', mediaType: 'image/png' }],
    });
    await worker.saveDraft({ id, accountId: ACCOUNT_ID, revision: 1, content });
    await worker.send(id);
    await liveOn(world);
    const mail = await simpleParser(Buffer.from(world.google.deliveries[0]!.delivered), {
      skipImageLinks: true,
    });
    expect(mail.html).toContain('cid:fence@postern');
    expect(mail.attachments).toMatchObject([{ cid: 'fence@postern', related: true }]);
    expect(Buffer.compare(mail.attachments[0]!.content, LONG)).toBe(0);
  });

  it('is not queued while a file is missing or unfinished, and stays a draft', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    const begun = await worker.beginFile({ mailId: id, sizeBytes: 5 });
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const file = { id: begun.fileId, fileName: 'a', mediaType: 'a/b', contentId: null };
    const content = draftOf({ attachments: [{ ...file, sizeBytes: 5 }] });
    await worker.saveDraft({ id, accountId: ACCOUNT_ID, revision: 1, content });
    const refused = { kind: 'problems', problems: ['attachments: no-bytes'] };
    await expect(worker.send(id)).resolves.toEqual(refused);
    const place = { mailId: id, fileId: begun.fileId };
    await expect(worker.finishFile(place)).resolves.toEqual({ kind: 'incomplete' });
    await worker.putPiece({ ...place, index: 0, bytes: fileBytes(5) });
    await expect(worker.send(id)).resolves.toEqual(refused);
    await worker.finishFile(place);
    await expect(worker.send(id)).resolves.toEqual({ kind: 'queued' });
  });

  it('can not take the file of another mail', async () => {
    const world = createMailWorld();
    const other = await writeDraftWithFile(world, LONG);
    const [file] = await world.store.files();
    const reference = { id: file!.id, fileName: 'a', mediaType: 'a/b', contentId: null };
    const id = await writeDraft(world, { attachments: [{ ...reference, sizeBytes: LONG.length }] });
    const refused = { kind: 'problems', problems: ['attachments: no-bytes'] };
    await expect(world.worker().send(id)).resolves.toEqual(refused);
    await expect(world.worker().send(other)).resolves.toEqual({ kind: 'queued' });
  });

  it('comes back as a draft that says so when a file can not be read any more', async () => {
    const world = createMailWorld();
    const id = await writeDraftWithFile(world, LONG);
    world.online = false;
    await world.worker().send(id);
    const [file] = await world.store.files();
    const sealed = new Uint8Array(100);
    const before = (await world.store.readPiece(file!.id, 1))!;
    await world.store.replacePiece({ mailId: id, fileId: file!.id, index: 1, sealed }, before);
    world.online = true;
    await liveOn(world);
    expect((await viewOf(world, id)).state).toEqual({
      kind: 'draft',
      reason: { code: 'attachment-lost', detail: '' },
    });
    expect(world.accepted()).toBe(0);
  });

  it('keeps its files when it is taken back, and names what it wipes when it is queued', async () => {
    const world = createMailWorld();
    const id = await writeDraftWithFile(world, LONG);
    await attachFile(world.worker(), id, fileBytes(9)); // removed from the draft before it was saved
    world.online = false;
    await world.worker().send(id);
    expect(await world.store.files()).toHaveLength(1);
    await expect(world.worker().backToDraft(id)).resolves.toBe(true);
    const draft = await world.worker().openDraft(id);
    expect(draft?.content.attachments).toMatchObject([{ sizeBytes: LONG.length }]);
    world.online = true;
    await world.worker().send(id);
    await liveOn(world);
    expect(world.accepted()).toBe(1);
  });
});

describe('a file on its way in', () => {
  it('goes on in another worker, and takes a piece that comes twice once', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const begun = await world.worker().beginFile({ mailId: id, sizeBytes: LONG.length });
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const place = { mailId: id, fileId: begun.fileId };
    for (const index of [0, 0, 1, 2, 2]) {
      const bytes = LONG.slice(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
      const put = await world.worker().putPiece({ ...place, index, bytes });
      expect(put).toEqual({ kind: 'stored' });
    }
    await expect(world.worker().finishFile(place)).resolves.toEqual({ kind: 'complete' });
    const late = { ...place, index: 0, bytes: LONG.slice(0, PIECE_BYTES) };
    await expect(world.worker().putPiece(late)).resolves.toEqual({ kind: 'refused' });
  });

  it('refuses pieces of a wrong length, beyond the end, and of mails that are no drafts', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    const begun = await worker.beginFile({ mailId: id, sizeBytes: LONG.length });
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const place = { mailId: id, fileId: begun.fileId };
    const put = (index: number, length: number) =>
      worker.putPiece({ ...place, index, bytes: fileBytes(length) });
    await expect(put(0, PIECE_BYTES - 1)).resolves.toEqual({ kind: 'refused' });
    await expect(put(2, 78)).resolves.toEqual({ kind: 'refused' });
    await expect(put(3, 0)).resolves.toEqual({ kind: 'refused' });
    await worker.discardDraft(id);
    await expect(put(0, PIECE_BYTES)).resolves.toEqual({ kind: 'gone' });
    await expect(worker.finishFile(place)).resolves.toEqual({ kind: 'gone' });
    const unknown = await worker.beginFile({ mailId: randomUUID(), sizeBytes: 1 });
    expect(unknown).toEqual({ kind: 'not-a-draft' });
    expect(await filesOf(world)).toBe(0);
  });

  it('is said when the disk is full, and what was there stays', async () => {
    const world = createMailWorld();
    const id = await writeDraftWithFile(world, LONG);
    const before = await filesOf(world);
    const full = new DOMException('full', 'QuotaExceededError');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full;
    });
    const begun = await world.worker().beginFile({ mailId: id, sizeBytes: 3 });
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const piece = { mailId: id, fileId: begun.fileId, index: 0, bytes: fileBytes(3) };
    await expect(world.worker().putPiece(piece)).rejects.toMatchObject({ code: 'storage-full' });
    vi.restoreAllMocks();
    expect(await filesOf(world)).toBe(before + 1);
    await expect(world.worker().send(id)).resolves.toEqual({ kind: 'queued' });
  });
});

describe('files go', () => {
  it.for([
    [
      'with a draft that is discarded',
      (world: MailWorld, id: string) => world.worker().discardDraft(id),
    ],
    ['with their account', (world: MailWorld) => world.worker().forgetAccount(ACCOUNT_ID)],
    ['when everything is wiped', (world: MailWorld) => world.worker().wipe()],
    [
      'when the person removes them',
      async (world: MailWorld, id: string) => {
        const [file] = await world.store.files();
        await world.worker().removeFile({ mailId: id, fileId: file!.id });
      },
    ],
  ] as const)('%s', async ([, act]) => {
    const world = createMailWorld();
    const id = await writeDraftWithFile(world, LONG);
    expect(await filesOf(world)).toBe(4);
    await act(world, id);
    expect(await filesOf(world)).toBe(0);
  });

  it('a day after nobody finished or named them, and not before', async () => {
    const world = createMailWorld();
    const id = await writeDraftWithFile(world, LONG);
    await world.worker().beginFile({ mailId: id, sizeBytes: 10 });
    await attachFile(world.worker(), id, fileBytes(10));
    expect(await world.store.files()).toHaveLength(3);
    world.clock.jump(DAY_MS - 1);
    await world.worker().run();
    expect(await world.store.files()).toHaveLength(3);
    world.clock.jump(2);
    await world.worker().run();
    expect(await world.store.files()).toMatchObject([{ sizeBytes: LONG.length }]);
    await expect(world.worker().send(id)).resolves.toEqual({ kind: 'queued' });
  });

  it('although there is a draft with files that can not be opened, which keeps its own', async () => {
    const world = createMailWorld();
    const broken = await writeDraftWithFile(world, LONG);
    await world.store.change(broken, (record) => ({ record, content: new Uint8Array(80) }));
    for (let nth = 0; nth < 4; nth += 1) {
      const id = await writeDraft(world);
      await world.worker().beginFile({ mailId: id, sizeBytes: 10 });
      await attachFile(world.worker(), id, fileBytes(10));
    }
    world.clock.jump(DAY_MS + 1);
    await world.worker().run();
    expect(await world.store.files()).toMatchObject([{ mailId: broken, sizeBytes: LONG.length }]);
  });

  it('and are counted while they are there', async () => {
    const world = createMailWorld();
    await writeDraftWithFile(world, LONG);
    const stock = await world.worker().inventory();
    expect(stock.find(({ kind }) => kind === 'files')).toMatchObject({
      count: 1,
      sizeBytes: LONG.length,
    });
  });
});

describe('the database of the version before', () => {
  it('is opened with everything in it, and takes files', async () => {
    const name = randomUUID();
    const old = await openDB(name, 1, {
      upgrade(connection) {
        const mails = connection.createObjectStore('mails', { keyPath: 'id' });
        mails.createIndex('account', 'accountId');
        mails.createIndex('lane', 'lane');
        mails.createIndex('lane-due', ['lane', 'dueAt']);
        mails.createIndex('sent-at', 'state.sentAt');
        connection.createObjectStore('contents');
        connection.createObjectStore('holds', { keyPath: 'lane' });
      },
    });
    const world = createMailWorld();
    const id = await writeDraft(world);
    const kept = (await world.store.find(id))!;
    await old.put('mails', kept.record);
    await old.put('contents', kept.content, id);
    old.close();
    const store = createMailStore(name);
    await expect(store.find(id)).resolves.toEqual(kept);
    const file = { recordVersion: 1, id: 'f', mailId: id, sizeBytes: 0, complete: false } as const;
    await expect(store.addFile({ ...file, createdAt: 0, touchedAt: 0 })).resolves.toBe(true);
  });
});
