import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { id } from './view-parts.ts';

/** What became of a file on its way from a page into a draft. */

/** How attaching a file began. */
export const attachBegin = once(() =>
  z.discriminatedUnion('kind', [
    // `pieceBytes`: how long every piece but the last has to be.
    z.object({ kind: z.literal('begun'), fileId: id(), pieceBytes: z.number() }),
    z.object({ kind: z.literal('not-a-draft') }),
  ]),
);

/** What became of one piece of a file. */
export const pieceOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stored') }),
    // The draft or the file is not there any more.
    z.object({ kind: z.literal('gone') }),
    // Of another length than the file said, or of a file that is complete.
    z.object({ kind: z.literal('refused') }),
  ]),
);

/** How attaching a file ended. */
export const attachEnd = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('complete') }),
    z.object({ kind: z.literal('incomplete') }),
    z.object({ kind: z.literal('gone') }),
  ]),
);

/** How attaching a file began. */
export type AttachBegin = z.infer<ReturnType<typeof attachBegin>>;
/** What became of one piece of a file. */
export type PieceOutcome = z.infer<ReturnType<typeof pieceOutcome>>;
/** How attaching a file ended. */
export type AttachEnd = z.infer<ReturnType<typeof attachEnd>>;
