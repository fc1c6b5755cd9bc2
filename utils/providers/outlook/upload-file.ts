import * as z from 'zod/mini';
import type { AttachmentReference } from '../../mail/mail.ts';
import type { HttpAnswer } from '../../network/network.ts';
import { once } from '../../once/once.ts';
import type { Secret } from '../../platform/platform.ts';
import { createSlicePace, parsedJson, type SlicePace } from '../providers.ts';
import { doubtOf } from './call-ending.ts';
import { uploadAddress } from './draft-handle.ts';
import { graphFile } from './graph-mail.ts';
import {
  askGraph,
  askUpload,
  type Act,
  type Said,
  type Unanswered,
  type Wire,
} from './graph-call.ts';
import { pathOf } from './mail-lookup.ts';

/** This often in a row an upload may stumble without taking a byte. */
const STUMBLES_IN_A_ROW = 3;

/** How an upload ended. `gone`: there is none under this address (any more); it may have been finished. */
export type UploadEnd = { readonly kind: 'done' } | { readonly kind: 'gone' } | Unanswered;

/** What an upload says of itself: it is finished, or wants the bytes from there on. */
type Wanted = { readonly done: true } | { readonly done: false; readonly from: number };

const session = once(() => z.object({ uploadUrl: z.string() }));
/** Texts as documented; a bare number is read like one. */
const wantedRanges = once(() =>
  z.array(z.pipe(z.union([z.string(), z.number()]), z.transform(String))),
);
/** Spelled with a small letter in the documentation, with a capital by some servers. */
const ranges = once(() =>
  z.union([
    z.pipe(
      z.object({ nextExpectedRanges: wantedRanges() }),
      z.transform((body) => body.nextExpectedRanges),
    ),
    z.pipe(
      z.object({ NextExpectedRanges: wantedRanges() }),
      z.transform((body) => body.NextExpectedRanges),
    ),
  ]),
);

/** Opens an upload for a large file (https://learn.microsoft.com/graph/outlook-large-attachments). */
export function openUpload(
  wire: Wire,
  act: Act,
  { draftId, file }: { readonly draftId: string; readonly file: AttachmentReference },
): Promise<Said<Secret>> {
  const item = graphFile(file, act.job.parts.content.html);
  return askGraph(wire, act, {
    method: 'POST',
    path: `${pathOf(draftId)}/attachments/createUploadSession`,
    rung: 'drafts',
    purpose: 'open-upload',
    body: {
      type: 'application/json',
      text: JSON.stringify({
        AttachmentItem: { attachmentType: 'file', size: file.sizeBytes, ...item },
      }),
    },
    read({ text }) {
      const url = session().safeParse(parsedJson(text)).data?.uploadUrl;
      return url === undefined ? null : uploadAddress(url);
    },
  });
}

/** One file on its way. */
export interface Upload {
  readonly url: Secret;
  readonly file: AttachmentReference;
  /** True when it was begun by an earlier attempt: then it is asked how far it has come. */
  readonly begun: boolean;
  /** Bytes of this file that Outlook has. */
  progress(storedBytes: number): void;
}

/** Sends a file in order, piece by piece, from where the server wants it on. */
export async function uploadFile(wire: Wire, act: Act, upload: Upload): Promise<UploadEnd> {
  const { sizeBytes } = upload.file;
  const pace = createSlicePace(sizeBytes);
  let next: Said<Wanted> = upload.begun
    ? await askWanted(wire, act, upload)
    : { kind: 'said', value: { done: false, from: 0 } };
  let stored = 0;
  for (let stumbles = 0; ;) {
    if (next.kind === 'not-found') return { kind: 'gone' };
    if (next.kind !== 'said') return next;
    if (next.value.done) return { kind: 'done' };
    const { from } = next.value;
    if (from < stored || from >= sizeBytes) return { kind: 'strange' };
    stumbles = from > stored ? 0 : stumbles + 1;
    if (stumbles > STUMBLES_IN_A_ROW) return { kind: 'strange' };
    stored = from;
    upload.progress(stored);
    if (act.context.signal.aborted) return { kind: 'aborted' };
    next = await sendPiece(wire, act, { upload, from, pace });
  }
}

async function sendPiece(
  wire: Wire,
  act: Act,
  piece: { readonly upload: Upload; readonly from: number; readonly pace: SlicePace },
): Promise<Said<Wanted>> {
  const { upload, from, pace } = piece;
  const { url, file } = upload;
  const to = pace.endOf(from);
  // In memory of its own: what is sent must not change when the file's memory is used again.
  const bytes = new Uint8Array(await act.job.parts.attachmentBytes(file.id).read(from, to));
  const range = `bytes ${String(from)}-${String(to - 1)}/${String(file.sizeBytes)}`;
  const startedAt = wire.clock.now();
  const said = await askUpload(wire, act, {
    method: 'PUT',
    url,
    piece: { bytes, range },
    read: (answer) => wantedIn(answer, file),
  });
  if (said.kind === 'said') {
    pace.took(bytes.length, wire.clock.now() - startedAt);
    return said;
  }
  const lost = doubtOf(said) !== null && said.kind !== 'aborted' && said.kind !== 'hidden-answer';
  if (!lost) return said;
  pace.stumbled();
  return askWanted(wire, act, upload);
}

function askWanted(wire: Wire, act: Act, { url, file }: Upload): Promise<Said<Wanted>> {
  const read = (answer: HttpAnswer): Wanted | null => wantedIn(answer, file);
  return askUpload(wire, act, { method: 'GET', url, piece: null, read });
}

function wantedIn({ status, text }: HttpAnswer, file: AttachmentReference): Wanted | null {
  const wanted = ranges().safeParse(parsedJson(text)).data;
  if (!wanted) return status === 201 ? { done: true } : null;
  const [first] = wanted;
  // Nothing is wanted any more. The draft's list of files has the last word anyway.
  if (first === undefined) return { done: true };
  const from = Number(/^(\d{1,12})(?:-\d*)?$/.exec(first.trim())?.[1] ?? NaN);
  return Number.isInteger(from) && from <= file.sizeBytes ? { done: false, from } : null;
}
