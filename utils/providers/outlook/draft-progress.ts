import type { AttachmentReference } from '../../mail/mail.ts';
import type { SendJob } from '../providers.ts';
import type { Draft } from './draft-handle.ts';

/**
 * Bytes of files that are in a draft, and `ofNext` of the next one, as so many bytes of the whole
 * message. All of it is acknowledged only when it has been sent.
 */
export function draftBytes(
  { parts, message }: Pick<SendJob, 'parts' | 'message'>,
  { files, complete }: Pick<Draft, 'files' | 'complete'>,
  ofNext: number,
): number {
  const { attachments } = parts.content;
  const done = sizeOf(attachments.slice(0, files.length)) + ofNext;
  const share = complete ? 1 : done / Math.max(1, sizeOf(attachments));
  return Math.floor(share * (message.sizeBytes - 1));
}

function sizeOf(files: readonly AttachmentReference[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
