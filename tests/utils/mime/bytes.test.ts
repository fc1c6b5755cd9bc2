import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createMessageSource } from '../../../utils/mime/mime.ts';
import { specs } from './arbitraries.ts';
import { bytesOf, inputOf, messageText, sourceOf, type TestFile } from './message-fixture.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

/** A file whose bytes can be told from their place. */
function fileOf(sizeBytes: number): TestFile {
  const bytes = Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 167 + 13) & 255);
  return { fileName: 'a.bin', mediaType: 'application/octet-stream', contentId: null, bytes };
}

/** Lines of all headers, the parts' own too: what stands before each body. */
function headerLines(message: string): string[] {
  const boundaries = [...message.matchAll(/boundary="(.*?)"/g)].map((match) => match[1] ?? '');
  const parts = message.split(
    new RegExp(`(?:^|\r\n)(?:${boundaries.map((text) => `--${text}`).join('|') || '-never-'})\r\n`),
  );
  return parts.flatMap((part) => (part.split(/\r\n(?:\r\n|$)/)[0] ?? '').split('\r\n'));
}

describe('the bytes of any message', () => {
  it('are ASCII lines that end with CRLF: headers in 78 characters, bodies in 76, none over 998', async () => {
    await fc.assert(
      fc.asyncProperty(specs, async (spec) => {
        const message = await messageText(spec);
        expect(message).toMatch(/^[\t\r\n -~]*$/);
        for (const line of message.split('\r\n')) {
          expect(line).not.toMatch(/[\r\n]/);
          expect(line.length).toBeLessThanOrEqual(998);
        }
        for (const line of headerLines(message)) {
          expect(line).not.toMatch(/^\s*$/);
          // One word alone may be longer: it can't be folded.
          if (line.length > 78) expect(line).toMatch(/^(?:[A-Za-z-]+:)? <?[^ ]+>?,?$/);
        }
        const body = message.slice(message.indexOf('\r\n\r\n') + 4);
        if (message.includes('boundary=')) return;
        for (const line of body.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).not.toMatch(/[ \t]$/);
          expect(line).not.toMatch(/^(?:From |\.)/);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('are as many as was said before any of them was read', async () => {
    await fc.assert(
      fc.asyncProperty(specs, async (spec) => {
        const source = sourceOf(spec);
        expect(await source.read(0, source.sizeBytes)).toHaveLength(source.sizeBytes);
        await expect(source.read(0, source.sizeBytes + 1)).rejects.toMatchObject({ code: 'range' });
      }),
      { numRuns: 50 },
    );
  });

  it('are the same for every range, in any order, from any source of the same input', async () => {
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(specs, cuts, async (spec, ranges) => {
        const whole = await bytesOf(spec);
        const source = sourceOf(spec);
        for (const [a, b] of ranges) {
          const [from, to] = [a % (whole.length + 1), b % (whole.length + 1)].sort((x, y) => x - y);
          expect(await source.read(from ?? 0, to ?? 0)).toEqual(whole.slice(from, to));
        }
        const [one, other] = await Promise.all([
          source.read(0, whole.length),
          source.read(0, whole.length),
        ]);
        expect(one).toEqual(whole);
        expect(other).toEqual(whole);
      }),
      { numRuns: 120 },
    );
  });

  it('do not change in number with the time of sending', () => {
    fc.assert(
      fc.property(specs, fc.nat({ max: 253402300799999 }), (spec, dateAt) => {
        const { fixed } = inputOf(spec);
        const sizeAt = (at: number) =>
          sourceOf({ ...spec, fixed: { ...fixed, dateAt: at } }).sizeBytes;
        expect(sizeAt(dateAt)).toBe(sizeAt(0));
      }),
    );
  });
});

describe('a file in a message', () => {
  it.each([0, 1, 2, 3, 56, 57, 58, 114, 115, 1000])(
    'of %i bytes is the same from anywhere to anywhere',
    async (sizeBytes) => {
      const spec = { files: [fileOf(sizeBytes)] };
      const whole = await bytesOf(spec);
      const source = sourceOf(spec);
      const start = new TextDecoder().decode(whole).indexOf('octet-stream');
      for (let from = start; from < whole.length; from += sizeBytes > 200 ? 61 : 3) {
        for (let to = from; to <= whole.length; to += sizeBytes > 200 ? 37 : 2) {
          const slice = await source.read(from, to);
          if (Buffer.compare(slice, whole.subarray(from, to)) !== 0) {
            expect(slice, `${from} to ${to}`).toEqual(whole.subarray(from, to));
          }
        }
      }
      const body = Buffer.from(fileOf(sizeBytes).bytes).toString('base64');
      expect(new TextDecoder().decode(whole)).toContain(
        `\r\n\r\n${(body.match(/.{1,76}/g) ?? []).join('\r\n')}\r\n--`,
      );
    },
  );

  it('is read only where it is needed, and never when its message is only measured', async () => {
    const reads: string[] = [];
    const file = fileOf(100_000);
    const input = inputOf({ files: [file, file] });
    const source = createMessageSource({
      ...input,
      attachmentBytes(id) {
        const part = input.attachmentBytes(id);
        return {
          ...part,
          read(from, to) {
            reads.push(`${id} ${from}-${to}`);
            return part.read(from, to);
          },
        };
      },
    });
    expect(reads).toEqual([]);
    const second = source.sizeBytes - 50_000;
    await source.read(0, 100);
    expect(reads).toEqual([]);
    await source.read(second, second + 780);
    expect(reads).toHaveLength(1);
    const [, id, from, to] = /^(\w+) (\d+)-(\d+)$/.exec(reads[0] ?? '') ?? [];
    expect(id).toBe('f1');
    expect(Number(to) - Number(from)).toBeLessThanOrEqual(11 * 57);
  });

  it('that gives too few bytes, or too many, makes the read fail and nothing else', async () => {
    const input = inputOf({ files: [fileOf(1000)] });
    for (const wrong of [new Uint8Array(10), new Uint8Array(2000)]) {
      const source = createMessageSource({
        ...input,
        attachmentBytes: (id) => ({ id, sizeBytes: 1000, read: () => Promise.resolve(wrong) }),
      });
      await expect(source.read(0, source.sizeBytes)).rejects.toMatchObject({
        name: 'MimeError',
        code: 'attachment-bytes',
        field: 'attachments',
        index: 0,
      });
      expect(await source.read(0, 10)).toHaveLength(10);
    }
  });

  it('that can not be read makes the read fail with the very error', async () => {
    const gone = new Error('gone');
    const source = createMessageSource({
      ...inputOf({ files: [fileOf(10)] }),
      attachmentBytes: (id) => ({ id, sizeBytes: 10, read: () => Promise.reject(gone) }),
    });
    await expect(source.read(0, source.sizeBytes)).rejects.toBe(gone);
  });
});

describe('a range', () => {
  it.each([
    [-1, 5],
    [5, 4],
    [0, 1e9],
    [0.5, 2],
    [0, Number.NaN],
  ])('that is none is refused: %d to %d', async (from, to) => {
    await expect(sourceOf({ text: 'x' }).read(from, to)).rejects.toMatchObject({ code: 'range' });
  });
  it('of no bytes is no bytes', async () => {
    const source = sourceOf({ files: [fileOf(100)] });
    expect(await source.read(source.sizeBytes, source.sizeBytes)).toHaveLength(0);
    expect(await source.read(7, 7)).toHaveLength(0);
  });
});
