import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VaultError, type RecordLabel } from '../../../utils/vault/vault.ts';
import { freshVault } from './test-vault.ts';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((value) => Buffer.byteLength(value) <= 64 && value.isWellFormed());
const label: fc.Arbitrary<RecordLabel> = fc.record({
  kind: text,
  id: text,
  version: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});
const clear = fc.uint8Array({ maxLength: 300 });
/** Anything that a label could be said to be, also what is no label at all. */
const anyLabel: fc.Arbitrary<RecordLabel> = fc.record({
  kind: fc.string({ unit: 'binary', maxLength: 80 }),
  id: fc.string({ unit: 'binary', maxLength: 600 }),
  version: fc.oneof(fc.double(), fc.integer()),
});

/** `opened` when it opens; the code when it throws the room's error. Anything else fails the test. */
async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'opened';
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    throw error;
  }
}

describe('whatever is sealed', { timeout: 60_000 }, () => {
  const vault = freshVault();

  it('comes back, under any label', async () => {
    await fc.assert(
      fc.asyncProperty(label, clear, async (mine, content) => {
        const opened = await vault.open(mine, await vault.seal(mine, content));
        expect(Buffer.from(opened).equals(content)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when any bit is flipped, and called what it is', async () => {
    await fc.assert(
      fc.asyncProperty(label, clear, fc.nat(), async (mine, content, anyBit) => {
        const sealed = await vault.seal(mine, content);
        const bit = anyBit % (sealed.length * 8);
        sealed[bit >> 3]! ^= 1 << (bit & 7);
        const code = await outcome(vault.open(mine, sealed));
        // Only the version byte may look like a newer format; a flipped key id is no other key.
        expect(code).toBe(bit >> 3 === 3 && sealed[3]! > 1 ? 'unsupported-version' : 'corrupt');
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused when it is cut anywhere, or anything is added', async () => {
    await fc.assert(
      fc.asyncProperty(label, clear, fc.nat(), async (mine, content, anyLength) => {
        const sealed = await vault.seal(mine, content);
        const cut = sealed.slice(0, anyLength % sealed.length);
        expect(await outcome(vault.open(mine, cut))).toBe('corrupt');
        const more = Buffer.concat([sealed, content, Buffer.of(anyLength % 256)]);
        expect(await outcome(vault.open(mine, more))).toBe('corrupt');
      }),
      { numRuns: 300 },
    );
  });

  it('is refused under every other label', async () => {
    await fc.assert(
      fc.asyncProperty(label, label, clear, async (mine, other, content) => {
        fc.pre(JSON.stringify(mine) !== JSON.stringify(other));
        const sealed = await vault.seal(mine, content);
        for (const wrong of [
          other,
          { ...mine, kind: mine.kind + other.kind },
          { ...mine, id: mine.id + other.id },
          { ...mine, version: mine.version ^ 1 },
          { ...mine, kind: mine.kind + mine.id.slice(0, 1), id: mine.id.slice(1) },
        ]) {
          expect(['corrupt', 'refused']).toContain(
            await outcome(vault.open({ ...wrong, version: wrong.version >>> 0 }, sealed)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is wrong-key in every other vault', async () => {
    const stranger = freshVault();
    await stranger.prepare();
    await fc.assert(
      fc.asyncProperty(label, clear, async (mine, content) => {
        const sealed = await vault.seal(mine, content);
        expect(await outcome(stranger.open(mine, sealed))).toBe('wrong-key');
      }),
      { numRuns: 100 },
    );
  });
});

describe('whatever is handed in', { timeout: 60_000 }, () => {
  const vault = freshVault();

  it('is never met with anything but the room’s own error', async () => {
    await fc.assert(
      fc.asyncProperty(anyLabel, fc.uint8Array({ maxLength: 120 }), async (any, bytes) => {
        expect(await outcome(vault.open(any, bytes))).not.toBe('opened');
        const sealed = await outcome(vault.seal(any, bytes));
        expect(['opened', 'refused']).toContain(sealed);
      }),
      { numRuns: 1000 },
    );
  });
});
