import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openPiece,
  PIECE_BYTES,
  pieceCount,
  pieceSizeBytes,
  sealPiece,
} from '../../../../utils/outbox/files/piece-format.ts';
import { createSealedFile } from '../../../../utils/outbox/files/sealed-file.ts';
import { sealPiecesAnew } from '../../../../utils/outbox/files/seal-pieces-anew.ts';
import {
  attachFile,
  createMailWorld,
  fileBytes,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';
import { freshVault } from '../../vault/test-vault.ts';

const place = fc.record({
  mailId: fc.uuid(),
  fileId: fc.uuid(),
  index: fc.nat({ max: 100 }),
  isLast: fc.boolean(),
});
const lost = { code: 'no-bytes' };

describe('a sealed piece', () => {
  it('opens in its own place and in no other', async () => {
    const vault = freshVault();
    await fc.assert(
      fc.asyncProperty(
        place,
        place,
        fc.uint8Array({ maxLength: 99 }),
        async (own, other, clear) => {
          const sealed = await sealPiece(vault, own, clear);
          await expect(openPiece(vault, own, sealed)).resolves.toEqual(clear);
          for (const key of ['mailId', 'fileId', 'index', 'isLast'] as const) {
            if (own[key] === other[key]) continue;
            const moved = { ...own, [key]: other[key] };
            await expect(openPiece(vault, moved, sealed)).rejects.toMatchObject(lost);
          }
        },
      ),
    );
  });

  it('is as long as its file leaves room for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40_000_000 }), (sizeBytes) => {
        const sizes = Array.from({ length: pieceCount(sizeBytes) }, (_, index) =>
          pieceSizeBytes(sizeBytes, index),
        );
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(sizeBytes);
        expect(sizes.slice(0, -1).every((size) => size === PIECE_BYTES)).toBe(true);
        expect(pieceSizeBytes(sizeBytes, sizes.length)).toBe(0);
      }),
    );
  });
});

const SIZE = 3 * PIECE_BYTES + 1234;

async function stored(): Promise<{ world: MailWorld; mailId: string; fileId: string }> {
  const world = createMailWorld();
  const mailId = await writeDraft(world);
  const { id: fileId } = await attachFile(world.worker(), mailId, fileBytes(SIZE));
  return { world, mailId, fileId };
}

/** Puts another sealed piece into a place, as somebody could who can write the profile. */
async function tamper(world: MailWorld, fileId: string, from: number, to: number): Promise<void> {
  const sealed = await world.store.readPiece(fileId, from);
  const before = (await world.store.readPiece(fileId, to))!;
  await world.store.replacePiece({ mailId: '', fileId, index: to, sealed: sealed! }, before);
}

describe('a stored file', () => {
  it('is read by any range, and opens no piece that the range does not touch', async () => {
    const { world, mailId, fileId } = await stored();
    const bytes = fileBytes(SIZE);
    const file = createSealedFile(world, mailId, { id: fileId, sizeBytes: SIZE });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: SIZE }), fc.nat({ max: SIZE }), async (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const read = await file.read(from, to);
        expect(Buffer.compare(read, bytes.subarray(from, to))).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('reads the same when several ranges are read at once and let go', async () => {
    const { world, mailId, fileId } = await stored();
    const bytes = fileBytes(SIZE);
    const file = createSealedFile(world, mailId, { id: fileId, sizeBytes: SIZE });
    const starts = [0, SIZE - 9, PIECE_BYTES - 5, 3, 2 * PIECE_BYTES];
    const read = await Promise.all(
      starts.map(async (from) => {
        const range = await file.read(from, Math.min(SIZE, from + 600_000));
        const same = Buffer.compare(range, bytes.subarray(from, from + range.length)) === 0;
        file.release?.(range);
        return same && range.length === 0;
      }),
    );
    expect(read).toEqual(starts.map(() => true));
  });

  it('is not given out with two pieces swapped, one repeated or a bit changed', async () => {
    for (const [from, to] of [
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ] as const) {
      const { world, mailId, fileId } = await stored();
      await tamper(world, fileId, from, to);
      const file = createSealedFile(world, mailId, { id: fileId, sizeBytes: SIZE });
      await expect(file.read(0, SIZE)).rejects.toMatchObject(lost);
    }
    const { world, mailId, fileId } = await stored();
    const sealed = (await world.store.readPiece(fileId, 1))!;
    sealed[sealed.length >> 1]! ^= 1;
    const before = (await world.store.readPiece(fileId, 1))!;
    await world.store.replacePiece({ mailId, fileId, index: 1, sealed }, before);
    const file = createSealedFile(world, mailId, { id: fileId, sizeBytes: SIZE });
    await expect(file.read(PIECE_BYTES - 1, PIECE_BYTES + 1)).rejects.toMatchObject(lost);
    await expect(file.read(0, PIECE_BYTES)).resolves.toHaveLength(PIECE_BYTES);
  });

  it('is not given out cut off, longer, or in another mail', async () => {
    const { world, mailId, fileId } = await stored();
    const cut = createSealedFile(world, mailId, { id: fileId, sizeBytes: 2 * PIECE_BYTES });
    await expect(cut.read(PIECE_BYTES, 2 * PIECE_BYTES)).rejects.toMatchObject(lost);
    const longer = createSealedFile(world, mailId, { id: fileId, sizeBytes: SIZE + 1 });
    await expect(longer.read(SIZE - 1, SIZE + 1)).rejects.toMatchObject(lost);
    const other = await writeDraft(world);
    const moved = createSealedFile(world, other, { id: fileId, sizeBytes: SIZE });
    await expect(moved.read(0, 1)).rejects.toMatchObject(lost);
  });

  it('can be sealed anew piece by piece, and reads the same afterwards', async () => {
    const { world, mailId, fileId } = await stored();
    const anew = freshVault();
    const seen: string[] = [];
    await sealPiecesAnew(world.store, async (label, sealed) => {
      seen.push(label.id);
      return anew.seal(label, await world.vault.open(label, sealed));
    });
    expect(seen).toEqual([0, 1, 2, 3].map((at) => `${mailId}/${fileId}/${at}/${at === 3 ? 1 : 0}`));
    const after = { store: world.store, vault: anew };
    const file = createSealedFile(after, mailId, { id: fileId, sizeBytes: SIZE });
    expect(Buffer.compare(await file.read(0, SIZE), fileBytes(SIZE))).toBe(0);
    const before = createSealedFile(world, mailId, { id: fileId, sizeBytes: SIZE });
    await expect(before.read(0, 1)).rejects.toMatchObject(lost);
  });
});
