import {
  EMPTY_CONTENT,
  type AttachmentReference,
  type DraftContent,
} from '../../../utils/mail/mail.ts';
import {
  createMessageSource,
  type MessageInput,
  type MessageSource,
} from '../../../utils/mime/mime.ts';

/** A file of a draft, with its bytes. */
export interface TestFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly bytes: Uint8Array;
}

/** What may be said about a message; everything else has a plain default. */
export type Spec = Partial<Omit<DraftContent, 'attachments'>> &
  Partial<Pick<MessageInput, 'from' | 'extraHeaders' | 'keepBcc' | 'fixed'>> & {
    readonly files?: readonly TestFile[];
  };

/** The input of a message, its files in memory. */
export function inputOf(spec: Spec): MessageInput {
  const { files = [], from, extraHeaders, keepBcc, fixed, ...content } = spec;
  const attachments = files.map(
    ({ fileName, mediaType, contentId, bytes }, index): AttachmentReference => {
      return { id: `f${index}`, fileName, mediaType, contentId, sizeBytes: bytes.length };
    },
  );
  return {
    from: from ?? { name: '', address: 'from@example.com' },
    content: { ...EMPTY_CONTENT, ...content, attachments },
    fixed: fixed ?? {
      messageId: '<id@example.com>',
      boundarySeed: '0123456789abcdef0123456789abcdef',
      dateAt: Date.UTC(2026, 2, 5, 10, 11, 12),
    },
    keepBcc: keepBcc ?? true,
    extraHeaders: extraHeaders ?? [],
    attachmentBytes(id) {
      const bytes = files[Number(id.slice(1))]?.bytes ?? new Uint8Array();
      return {
        id,
        sizeBytes: bytes.length,
        read: (from, to) => Promise.resolve(bytes.slice(from, to)),
      };
    },
  };
}

/** A source for a message. */
export function sourceOf(spec: Spec): MessageSource {
  return createMessageSource(inputOf(spec));
}

/** All bytes of a message. */
export async function bytesOf(spec: Spec): Promise<Uint8Array<ArrayBuffer>> {
  const source = sourceOf(spec);
  return await source.read(0, source.sizeBytes);
}

/** A message as text; it is all ASCII. */
export async function messageText(spec: Spec): Promise<string> {
  return new TextDecoder('latin1').decode(await bytesOf(spec));
}
