import type {
  AttachmentReference,
  DraftContent,
  Mailbox,
  OtherSender,
} from '../../utils/mail/mail.ts';
import { createMessageSource, type MessageInput } from '../../utils/mime/mime.ts';
import type { Rung, SendJob } from '../../utils/providers/providers.ts';

/** What a test wants of a mail; the rest is a short mail of Ada's with the right to send. */
export interface WantedJob {
  readonly account?: Mailbox;
  readonly otherSenders?: readonly OtherSender[];
  /** The account's own when it is left out. */
  readonly from?: Mailbox;
  readonly content?: Partial<DraftContent>;
  readonly files?: readonly TestFile[];
  readonly grantedRungs?: readonly Rung[];
  readonly extraHeaders?: MessageInput['extraHeaders'];
  /** Another mail has another. */
  readonly messageId?: string;
}

/** A file in memory. */
export interface TestFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
  readonly contentId?: string;
}

const ADA: Mailbox = { name: 'Ada Lovelace', address: 'ada.lovelace@gmail.example' };
const ACCOUNT_ID = '6f1c1f57-0000-4000-8000-000000000001';
const DATE_AT = Date.UTC(2026, 0, 5, 9);

/** A job as the outbox makes it, with its files in memory. */
export function sendJob(wanted: WantedJob = {}): SendJob {
  const { account = ADA, otherSenders = [], from = account, files = [] } = wanted;
  const stored = new Map(files.map((file, index) => [`file-${index}`, file]));
  const attachments = [...stored].map(([id, file]): AttachmentReference => ({
    id,
    fileName: file.fileName,
    mediaType: file.mediaType ?? 'application/octet-stream',
    sizeBytes: file.bytes.length,
    contentId: file.contentId ?? null,
  }));
  const parts: MessageInput = {
    from,
    content: {
      to: [{ name: 'Ann', address: 'ann@example.com' }],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: 'A fence of larch',
      text: 'Hello Ann,\nit is ready.\n',
      html: null,
      threading: null,
      fromAlias: null,
      ...wanted.content,
      attachments,
    },
    fixed: {
      messageId: wanted.messageId ?? '<1f0e6a52@postern.example>',
      boundarySeed: '0123456789abcdef',
      dateAt: DATE_AT,
    },
    keepBcc: true,
    attachmentBytes: (id) => partBytes(id, stored),
    ...(wanted.extraHeaders && { extraHeaders: wanted.extraHeaders }),
  };
  return {
    accountId: ACCOUNT_ID,
    account: { mailbox: account, otherSenders, grantedRungs: wanted.grantedRungs ?? ['send'] },
    message: createMessageSource(parts),
    parts,
    threadId: wanted.content?.threading?.threadId ?? null,
  };
}

/** A job whose message has about this many bytes. */
export function jobOfSize(sizeBytes: number, wanted: WantedJob = {}): SendJob {
  const line = 'Larch, oak or chestnut: all of them last.\n';
  const lines = Math.max(1, Math.floor((sizeBytes - 1_000) / (line.length + 1)));
  return sendJob({ ...wanted, content: { text: line.repeat(lines), ...wanted.content } });
}

/** So many bytes that repeat nowhere near a boundary. */
export function testBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (index * 7 + (index >> 8)) % 251;
  return bytes;
}

function partBytes(
  id: string,
  stored: ReadonlyMap<string, TestFile>,
): ReturnType<MessageInput['attachmentBytes']> {
  const file = stored.get(id);
  if (!file) throw new Error(`no file ${id}`);
  const { bytes } = file;
  const read = (from: number, to: number): Promise<Uint8Array> =>
    Promise.resolve(bytes.slice(from, to));
  return { id, sizeBytes: bytes.length, read };
}
