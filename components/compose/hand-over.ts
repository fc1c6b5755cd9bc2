import type {
  AnswerOf,
  Client,
  MessageError,
  MessageName,
  RequestOf,
} from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';
import type { AttachTrouble } from '../texts/attach-texts.ts';

/** What became of a file that was handed over. */
export type HandedOver =
  | { readonly kind: 'handed-over'; readonly fileId: string; readonly sizeBytes: number }
  | AttachTrouble;

/** A file on its way to the worker. */
export interface HandOver {
  readonly mailId: string;
  readonly file: File;
  readonly signal: AbortSignal;
  readonly onProgress: (sealedBytes: number) => void;
}

/** The worker may end in the middle of any of it; the next one is started by the next question. */
const TRIES = 4;

/**
 * Hands a file to the worker piece by piece. The next piece is read when the last one is stored, so
 * that neither side holds more than one. Whatever ends it early takes back what was stored.
 */
export async function handOver(client: Client, on: HandOver): Promise<HandedOver> {
  const { mailId, file } = on;
  const seen = { sizeBytes: file.size, at: file.lastModified };
  // Begun twice, the first is a file that no draft names, which is swept.
  const begun = await ask(client, 'attachments.begin', { mailId, sizeBytes: seen.sizeBytes });
  if (!begun.ok) return { kind: 'not-stored', error: begun.error };
  if (begun.value.kind !== 'begun') return begun.value;
  const { fileId, pieceBytes } = begun.value;
  const trouble =
    (await handPieces(client, on, { fileId, pieceBytes, sizeBytes: seen.sizeBytes })) ??
    (file.size === seen.sizeBytes && file.lastModified === seen.at ? null : CHANGED) ??
    (await finish(client, { mailId, fileId }));
  if (trouble === null) return { kind: 'handed-over', fileId, sizeBytes: seen.sizeBytes };
  await ask(client, 'attachments.remove', { mailId, fileId });
  return trouble;
}

const CHANGED: AttachTrouble = { kind: 'changed' };
const GONE: AttachTrouble = { kind: 'not-a-draft' };

async function handPieces(
  client: Client,
  { mailId, file, signal, onProgress }: HandOver,
  plan: { readonly fileId: string; readonly pieceBytes: number; readonly sizeBytes: number },
): Promise<AttachTrouble | null> {
  const { fileId, pieceBytes, sizeBytes } = plan;
  let index = 0;
  // An empty file has one piece, which is empty.
  do {
    const from = index * pieceBytes;
    const to = Math.min(sizeBytes, from + pieceBytes);
    const bytes = await read(file, from, to);
    if (bytes === null) return { kind: 'unreadable' };
    if (bytes.length !== to - from) return CHANGED;
    const trouble = await put(client, { mailId, fileId, index, bytes });
    if (trouble) return trouble;
    if (signal.aborted) return { kind: 'cancelled' };
    onProgress(to);
    index += 1;
  } while (index * pieceBytes < sizeBytes);
  return null;
}

async function read(file: File, from: number, to: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch {
    // NotReadableError or NotFoundError (File API section 6.4): what it holds is gone, or another file now.
    return null;
  }
}

async function put(
  client: Client,
  piece: {
    readonly mailId: string;
    readonly fileId: string;
    readonly index: number;
    readonly bytes: Uint8Array<ArrayBuffer>;
  },
): Promise<AttachTrouble | null> {
  const answer = await ask(client, 'attachments.put', piece);
  if (!answer.ok) return { kind: 'not-stored', error: answer.error };
  if (answer.value.kind === 'stored') return null;
  return answer.value.kind === 'gone' ? GONE : CHANGED;
}

async function finish(
  client: Client,
  file: { readonly mailId: string; readonly fileId: string },
): Promise<AttachTrouble | null> {
  const answer = await ask(client, 'attachments.finish', file);
  if (!answer.ok) return { kind: 'not-stored', error: answer.error };
  return answer.value.kind === 'complete' ? null : GONE;
}

/** Asks again when the worker ended before it answered: each of these acts may be done twice. */
async function ask<Name extends MessageName & `attachments.${string}`>(
  client: Client,
  name: Name,
  request: RequestOf<Name>,
): Promise<Result<AnswerOf<Name>, MessageError>> {
  for (let tried = 1; ; tried += 1) {
    const answer = await client.ask(name, request);
    if (answer.ok || answer.error.code !== 'no-answer' || tried === TRIES) return answer;
  }
}
