import { createMessageSource, type PartBytes } from '../../utils/mime/mime.ts';

/** Throughput in MB of attachment per second (1 MB = 1,000,000 bytes), the best of all rounds. */
export interface MessageBytesResult {
  /** A whole message with a 25 MB attachment, read in slices from a seekable source. */
  readonly ours: number;
  /** A bare base64 loop with line breaks over the same bytes into one buffer, and nothing else. */
  readonly floor: number;
}

/** How the message is read. */
export interface MessageBytesOptions {
  readonly attachmentBytes?: number;
  readonly sliceBytes?: number;
  readonly rounds?: number;
}

const CHARS = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);

/**
 * Measures both in turns, so that a busy machine is unfair to neither. The floor is the plain loop
 * that everybody would write: three bytes in, four characters out, CRLF after every 76.
 */
export async function measureMessageBytes(
  options: MessageBytesOptions = {},
): Promise<MessageBytesResult> {
  const { attachmentBytes = 25 * 1024 * 1024, sliceBytes = 256 * 1024, rounds = 9 } = options;
  const bytes = Uint8Array.from(
    { length: attachmentBytes },
    (_, index) => (index * 2654435761) >>> 13,
  );
  const target = new Uint8Array(Math.ceil(attachmentBytes / 57) * 78);
  let oursMs = Number.POSITIVE_INFINITY;
  let floorMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    floorMs = Math.min(
      floorMs,
      timeOf(() => bareLoop(bytes, target)),
    );
    oursMs = Math.min(oursMs, await readingMs(inMemory(bytes), sliceBytes));
  }
  const perSecond = (ms: number): number => attachmentBytes / 1e6 / (ms / 1000);
  return { ours: perSecond(oursMs), floor: perSecond(floorMs) };
}

function timeOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function inMemory(bytes: Uint8Array): PartBytes {
  return {
    id: 'film',
    sizeBytes: bytes.length,
    read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
  };
}

/** How long a whole message with this attachment takes to read, slice after slice, in milliseconds. */
export async function readingMs(attachment: PartBytes, sliceBytes: number): Promise<number> {
  const startedAt = performance.now();
  const source = createMessageSource({
    from: { name: 'Jörg', address: 'from@example.com' },
    content: {
      to: [{ name: 'Anna', address: 'to@example.com' }],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: 'Grüße',
      text: 'See the file.\n',
      html: null,
      attachments: [
        {
          id: attachment.id,
          fileName: 'film.mp4',
          mediaType: 'video/mp4',
          sizeBytes: attachment.sizeBytes,
          contentId: null,
        },
      ],
      threading: null,
      fromAlias: null,
    },
    fixed: {
      messageId: '<bench@example.com>',
      boundarySeed: '0123456789abcdef0123456789abcdef',
      dateAt: 0,
    },
    keepBcc: true,
    attachmentBytes: () => attachment,
  });
  for (let from = 0; from < source.sizeBytes; from += sliceBytes) {
    await source.read(from, Math.min(from + sliceBytes, source.sizeBytes));
  }
  return performance.now() - startedAt;
}

/** The floor's loop: `source` as base64 with line breaks into `target`. */
export function bareLoop(source: Uint8Array, target: Uint8Array): void {
  const whole = source.length - (source.length % 3);
  let end = 0;
  let column = 0;
  for (let at = 0; at < whole; at += 3) {
    const bits = ((source[at] ?? 0) << 16) | ((source[at + 1] ?? 0) << 8) | (source[at + 2] ?? 0);
    target[end] = CHARS[bits >> 18] ?? 0;
    target[end + 1] = CHARS[(bits >> 12) & 63] ?? 0;
    target[end + 2] = CHARS[(bits >> 6) & 63] ?? 0;
    target[end + 3] = CHARS[bits & 63] ?? 0;
    end += 4;
    column += 4;
    if (column === 76) {
      target[end] = 0x0d;
      target[end + 1] = 0x0a;
      end += 2;
      column = 0;
    }
  }
}
