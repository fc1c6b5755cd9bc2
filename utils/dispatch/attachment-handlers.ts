import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

type AttachmentHandlers = Pick<
  Handlers,
  'attachments.begin' | 'attachments.put' | 'attachments.finish' | 'attachments.remove'
>;

/** What pages may do with the files of a draft. */
export function attachmentHandlers({ outbox }: Rooms): AttachmentHandlers {
  return {
    'attachments.begin': (file) => outbox.beginFile(file),
    'attachments.put': (piece) => outbox.putPiece(piece),
    'attachments.finish': (file) => outbox.finishFile(file),
    'attachments.remove': async (file) => {
      await outbox.removeFile(file);
      return { done: true };
    },
  };
}
