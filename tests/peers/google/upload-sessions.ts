import type { PeerClock } from '../clock.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { badMail } from './google-errors.ts';
import type { GoogleIds } from './google-ids.ts';
import type { GoogleAccount } from './google-options.ts';
import { type Mailbox, MESSAGE_LIMIT_BYTES, tooLarge } from './mailbox.ts';
import { GRANULE_BYTES, readUploadRange, type UploadRange, wholeGranules } from './upload-range.ts';

/** What a session is opened for. */
export interface UploadStart {
  readonly account: GoogleAccount;
  readonly threadId: string | null;
  /** X-Upload-Content-Length, or null. */
  readonly declaredBytes: number | null;
  /**
   * The Origin of the opening request: the answers to its PUTs allow this one, and none when there was
   * none (google-cloud-node#1099, brainlid/langchain#556).
   */
  readonly origin: string | null;
}

/** Resumable uploads of one Gmail host. */
export interface UploadSessions {
  /** Opens a session; its id goes into the Location. */
  open(start: UploadStart): string;
  /** PUT or DELETE on a session. */
  answer(request: PeerRequest): Promise<PeerAnswer>;
  /** Who opened a session; undefined when there is none of this id. */
  openerOf(uploadId: string): Pick<UploadStart, 'origin'> | undefined;
  /** From now on the session answers this status. */
  forget(uploadId: string, status: number): void;
}

interface Session extends UploadStart {
  readonly openedAt: number;
  readonly pieces: Buffer[];
  storedBytes: number;
  /** The lasting answer: the message that was sent, the refusal of the mail, or that the session is gone. */
  final: PeerAnswer | null;
}

/** A session lives a week (Drive API guide "Upload file data": the session URI expires after one week). */
const SESSION_LIFE_MS = 7 * 86_400_000;

/** No sessions at first. */
export function createUploadSessions(parts: {
  readonly clock: PeerClock;
  readonly ids: GoogleIds;
  readonly mailbox: Mailbox;
}): UploadSessions {
  const { clock, ids, mailbox } = parts;
  const sessions = new Map<string, Session>();

  const finish = (session: Session, slice: Buffer): PeerAnswer => {
    const raw = Buffer.concat([...session.pieces, slice]);
    const answer = mailbox.send(session.account, raw, session.threadId);
    // 429 says "not now": the last slice can be sent again. Anything else is for good.
    if (answer.status === 429) return answer;
    session.pieces.length = 0;
    session.storedBytes = raw.length;
    session.final = answer;
    return answer;
  };

  /** What is beyond the last whole granule is dropped: seen when 2,500,000 bytes left 2,359,296 stored. */
  const store = (session: Session, fresh: Buffer): void => {
    const kept = wholeGranules(session.storedBytes + fresh.length) - session.storedBytes;
    if (kept <= 0) return;
    session.pieces.push(Buffer.from(fresh.subarray(0, kept)));
    session.storedBytes += kept;
  };

  /** The part of what came that the session does not have yet; a slice may overlap what is stored. */
  const newPart = (session: Session, range: SliceRange, body: Buffer): Buffer =>
    body.subarray(Math.min(body.length, session.storedBytes - range.from));

  const takeSlice = async (
    session: Session,
    range: SliceRange,
    body: AsyncIterable<Uint8Array>,
  ): Promise<PeerAnswer> => {
    const gap = gapComplaint(session, range);
    if (gap) return gap;
    const { bytes, whole } = await readAsFarAsItComes(body);
    // While this body came in, another request may have finished the message or stored more.
    if (session.final) return session.final;
    if (!whole.ok) {
      const complete = range.to === range.totalBytes && range.to === range.from + bytes.length;
      // Every byte is here although the connection broke behind the last: nothing is left to wait for.
      if (complete) finish(session, newPart(session, range, bytes));
      else store(session, newPart(session, range, bytes));
      throw whole.error;
    }
    const to = range.to ?? range.from + bytes.length;
    const total = range.to === null ? to : range.totalBytes;
    const complaint = sizeComplaint({ session, range, to, total, bodyBytes: bytes.length });
    if (complaint) return complaint;
    const fresh = newPart(session, range, bytes);
    if (to === total) return finish(session, fresh);
    store(session, fresh);
    return incomplete(session);
  };

  const find = (uploadId: string): Session | null => {
    const session = sessions.get(uploadId);
    return session && clock.now() < session.openedAt + SESSION_LIFE_MS ? session : null;
  };

  return {
    open: (start) => {
      const id = ids.uploadId();
      const openedAt = clock.now();
      sessions.set(id, { ...start, openedAt, pieces: [], storedBytes: 0, final: null });
      return id;
    },
    openerOf: (uploadId) => sessions.get(uploadId),
    forget: (uploadId, status) => {
      const session = sessions.get(uploadId);
      if (!session) return;
      session.pieces.length = 0;
      session.final = gone(status);
    },
    answer: async ({ url, method, headers, body }) => {
      const uploadId = url.searchParams.get('upload_id') ?? '';
      const session = find(uploadId);
      // An unknown or expired session: 404 (guides/uploads, "Handle errors": start again).
      if (!session) return gone(404);
      if (method === 'DELETE') {
        sessions.delete(uploadId);
        // Google's upload servers answer a cancelled session with 499.
        return { status: 499, statusText: 'Client Closed Request' };
      }
      const range = readUploadRange(headers['content-range']);
      if (!range) return plain(400, 'Failed to parse Content-Range header.');
      const answer =
        session.final ??
        (range.kind === 'status' ? incomplete(session) : await takeSlice(session, range, body));
      return override308(withUploadId(answer, uploadId), headers['x-guploader-no-308']);
    },
  };
}

type SliceRange = Extract<UploadRange, { kind: 'slice' }>;

type Whole = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/** Bytes that came before a connection broke are not lost: the session keeps what it can of them. */
async function readAsFarAsItComes(
  body: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Buffer; readonly whole: Whole }> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of body) pieces.push(piece);
    return { bytes: Buffer.concat(pieces), whole: { ok: true } };
  } catch (error) {
    return { bytes: Buffer.concat(pieces), whole: { ok: false, error } };
  }
}

/** 503 as plain text, double space included, is what live clients got for a slice that begins too late. */
function gapComplaint({ storedBytes }: Session, { from }: SliceRange): PeerAnswer | null {
  if (from <= storedBytes) return null;
  return plain(
    503,
    `Invalid request.  According to the Content-Range header, the upload offset is ${from} byte(s), which exceeds already uploaded size of ${storedBytes} byte(s).`,
  );
}

function sizeComplaint(slice: {
  readonly session: Session;
  readonly range: SliceRange;
  readonly to: number;
  readonly total: number | null;
  readonly bodyBytes: number;
}): PeerAnswer | null {
  const { session, range, to, total, bodyBytes } = slice;
  const declared = session.declaredBytes;
  if (Math.max(to, total ?? 0, declared ?? 0) > MESSAGE_LIMIT_BYTES) return tooLarge();
  if (bodyBytes !== to - range.from) {
    return plain(
      400,
      `Invalid request.  There were ${bodyBytes} byte(s) in the request body.  There should have been ${to - range.from} byte(s) (starting at offset ${range.from} and ending at offset ${to - 1}) according to the Content-Range header.`,
    );
  }
  if (declared !== null && total !== null && declared !== total) {
    return badMail(`Invalid upload size: ${total}; X-Upload-Content-Length said ${declared}.`);
  }
  // Live text of Google's upload servers for a slice that is too small and not the last.
  if (to !== total && bodyBytes < GRANULE_BYTES) {
    return plain(
      400,
      `Invalid request.  The number of bytes uploaded is required to be equal or greater than ${GRANULE_BYTES}, except for the final request (it's recommended to be the exact multiple of ${GRANULE_BYTES}).  The received request contained ${bodyBytes} bytes, which does not meet this requirement.`,
    );
  }
  return null;
}

/** 308 with the range that is stored, and without Range when nothing is (guides/uploads). */
function incomplete({ storedBytes }: Session): PeerAnswer {
  return {
    status: 308,
    statusText: 'Resume Incomplete',
    ...(storedBytes > 0 && { headers: { range: `bytes=0-${storedBytes - 1}` } }),
  };
}

/** Clients that take 308 for a redirect ask for 200 instead (Google's Go and Java libraries do). */
function override308(answer: PeerAnswer, wish: string | undefined): PeerAnswer {
  if (answer.status !== 308 || wish !== 'yes') return answer;
  const headers = { ...answer.headers, 'x-http-status-code-override': '308' };
  return { status: 200, headers };
}

function withUploadId(answer: PeerAnswer, uploadId: string): PeerAnswer {
  return { ...answer, headers: { ...answer.headers, 'x-guploader-uploadid': uploadId } };
}

function gone(status: number): PeerAnswer {
  return plain(status, status === 404 ? 'Not Found' : 'Gone');
}

function plain(status: number, body: string): PeerAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
