/**
 * The content of a message as a tree of parts (RFC 2046 section 5.1), outermost first:
 * mixed (with files) > alternative (with HTML) > plain text, related (with inline parts) > HTML.
 */
import { hasControlCharacter, isContentId, type AttachmentReference } from '../mail/mail.ts';
import type { Base64Encoder } from './base64.ts';
import { fileNameParameter, nameParameter } from './file-name.ts';
import { headerLine } from './header-line.ts';
import { MimeError } from './mime-error.ts';
import type { MessageInput } from './mime.ts';
import { base64Segment, type Segment } from './segments.ts';
import { encodeText } from './text-body.ts';

/** One part: its header lines, and its body as text (ASCII) and bytes. */
export interface Part {
  readonly header: string;
  readonly body: readonly (string | Uint8Array | Segment)[];
}

type Multipart = 'mixed' | 'alternative' | 'related';

const MEDIA_TYPE = /^[a-z\d][a-z\d!#$&^_.+-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}$/i;
/** Types whose body may not be encoded (RFC 2045 section 6.4, RFC 2046 section 5.2.1): sent as plain bytes. */
const UNENCODABLE = /^(?:message|multipart)\//i;
const SEED = /^[A-Za-z\d]{16,48}$/;

/**
 * The whole content as one part.
 * @throws MimeError naming the attachment that can't be written as it is
 */
export function bodyTree(input: MessageInput, encoder: Base64Encoder): Part {
  const { content, fixed } = input;
  if (!SEED.test(fixed.boundarySeed)) throw new MimeError('boundary-seed', 'boundarySeed');
  refuseRepeatedContentIds(content.attachments);
  const wrap = (kind: Multipart, parts: readonly Part[], type?: string): Part =>
    multipart({ kind, boundary: `=_${fixed.boundarySeed}_${kind}`, parts, type });
  const files: Part[] = [];
  const inline: Part[] = [];
  for (const [index, reference] of content.attachments.entries()) {
    const isInline = reference.contentId !== null && content.html !== null;
    const part = attachmentPart(input, { reference, index, isInline }, encoder);
    (isInline ? inline : files).push(part);
  }
  let whole = textPart('plain', content.text);
  if (content.html !== null) {
    const html = textPart('html', content.html);
    const shown = inline.length > 0 ? wrap('related', [html, ...inline], 'text/html') : html;
    whole = wrap('alternative', [whole, shown]);
  }
  if (files.length > 0) whole = wrap('mixed', [whole, ...files]);
  const isMultipart = content.html !== null || files.length > 0;
  return isMultipart ? { ...whole, body: [...whole.body, '\r\n'] } : whole;
}

function textPart(subtype: 'plain' | 'html', text: string): Part {
  const { encoding, bytes } = encodeText(text);
  const header =
    headerLine('Content-Type', [`text/${subtype};`, 'charset=utf-8']) +
    headerLine('Content-Transfer-Encoding', [encoding]);
  return { header, body: [bytes] };
}

interface Attached {
  readonly reference: AttachmentReference;
  readonly index: number;
  readonly isInline: boolean;
}

function attachmentPart(
  input: MessageInput,
  { reference, index, isInline }: Attached,
  encoder: Base64Encoder,
): Part {
  const { id, fileName, mediaType, sizeBytes, contentId } = reference;
  const refuse = (code: MimeError['code']): never => {
    throw new MimeError(code, 'attachments', index);
  };
  if (hasControlCharacter(fileName)) refuse('control-character');
  if (contentId !== null && !isContentId(contentId)) refuse('content-id');
  const bytes = input.attachmentBytes(id);
  if (bytes.sizeBytes !== sizeBytes || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    refuse('attachment-size');
  }
  const sendable = MEDIA_TYPE.test(mediaType) && !UNENCODABLE.test(mediaType);
  const type = sendable ? mediaType.toLowerCase() : 'application/octet-stream';
  const disposition = [isInline ? 'inline' : 'attachment', ...fileNameParameter(fileName)];
  const header =
    headerLine('Content-Type', withName(type, nameParameter(fileName))) +
    headerLine('Content-Transfer-Encoding', ['base64']) +
    (contentId === null ? '' : headerLine('Content-ID', [`<${contentId}>`])) +
    headerLine('Content-Disposition', parted(disposition));
  return { header, body: [base64Segment(bytes, encoder, index)] };
}

interface MultipartOptions {
  readonly kind: Multipart;
  readonly boundary: string;
  readonly parts: readonly Part[];
  /** The type of the first part, where the kind asks for it (RFC 2387 section 3.1). */
  readonly type: string | undefined;
}

/** No line of a part can be a boundary: `=_` stands in no base64, no quoted-printable and no safe line's start. */
function multipart({ kind, boundary, parts, type }: MultipartOptions): Part {
  const values = [`multipart/${kind}`, `boundary="${boundary}"`];
  if (type !== undefined) values.splice(1, 0, `type="${type}"`);
  const body = parts.flatMap((part, index) => [
    `${index === 0 ? '' : '\r\n'}--${boundary}\r\n${part.header}\r\n`,
    ...part.body,
  ]);
  return {
    header: headerLine('Content-Type', parted(values)),
    body: [...body, `\r\n--${boundary}--`],
  };
}

function parted(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item};` : item));
}

function withName(type: string, name: readonly string[]): string[] {
  return name.length === 0 ? [type] : [`${type};`, ...name];
}

function refuseRepeatedContentIds(attachments: readonly AttachmentReference[]): void {
  const seen = new Set<string>();
  for (const [index, { contentId }] of attachments.entries()) {
    if (contentId === null) continue;
    if (seen.has(contentId)) throw new MimeError('repeated-content-id', 'attachments', index);
    seen.add(contentId);
  }
}
