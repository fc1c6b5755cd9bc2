import type { PeerClock } from '../clock.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import {
  badMail,
  badBody,
  type GraphError,
  graphErrorAnswer,
  graphJson,
  itemNotFound,
  requestIds,
  requestTooLarge,
  withRequestIds,
} from './graph-errors.ts';
import type { Mailboxes, StoredMessage } from './mailbox.ts';
import { attach } from './message-changes.ts';
import type { GivenAttachmentItem } from './message-json.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';
import { type MicrosoftSwitches, objectIdOf, tenantOf } from './microsoft-options.ts';
import type { Throttle } from './throttle.ts';

/** Uploads of large files to drafts: opened at Graph, fed at outlook.office.com. */
export interface UploadSessions {
  /** The answer of createUploadSession. */
  open(message: StoredMessage, item: GivenAttachmentItem, client: string): PeerAnswer | GraphError;
  /** PUT, GET and DELETE at outlook.office.com. */
  answer(request: PeerRequest): Promise<PeerAnswer>;
  /** From now on the session that this address names answers this status. */
  forget(url: URL, status: number): void;
}

interface Session {
  readonly id: string;
  readonly token: string;
  readonly message: StoredMessage;
  readonly item: GivenAttachmentItem;
  readonly client: string;
  readonly expiresAt: number;
  readonly pieces: Buffer[];
  storedBytes: number;
  forgotten: number | null;
}

/** outlook-large-attachments.md: "between 3 MB and 150 MB", and each range up to 4 MB. */
const LEAST_BYTES = 3 * 1024 * 1024;
const MOST_BYTES = 150 * 1024 * 1024;
const RANGE_BYTES = 4 * 1024 * 1024;
/** The documented example was begun less than two hours before it ends. */
const SESSION_LIFE_MS = 2 * 3_600_000;

interface Parts {
  readonly clock: PeerClock;
  readonly ids: MicrosoftIds;
  readonly switches: MicrosoftSwitches;
  readonly throttle: Throttle;
  readonly mailboxes: Mailboxes;
}

/** No sessions at first. */
export function createUploadSessions(parts: Parts): UploadSessions {
  const { clock, ids } = parts;
  const sessions = new Map<string, Session>();

  const find = (url: URL): Session | null => {
    const id = /\/AttachmentSessions\('([^']+)'\)$/i.exec(decodeURIComponent(url.pathname))?.[1];
    return (id === undefined ? undefined : sessions.get(id)) ?? null;
  };

  const act = async (session: Session, request: PeerRequest): Promise<PeerAnswer | GraphError> => {
    switch (request.method) {
      case 'GET':
        return status(parts, session);
      case 'DELETE':
        sessions.delete(session.id);
        return { status: 204 };
      case 'PUT': {
        const end = await takeRange(parts, session, request);
        if (!('code' in end) && end.status === 201) sessions.delete(session.id);
        return end;
      }
      default:
        return {
          status: 405,
          code: 'ErrorMethodNotAllowed',
          message: 'The method is not allowed.',
        };
    }
  };

  return {
    open: (message, item, client) => {
      if (item.size < LEAST_BYTES) {
        return badMail(
          'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
          'The attachment size should not be less than the minimum size.',
        );
      }
      if (item.size > MOST_BYTES) {
        return badMail(
          'ErrorAttachmentSizeLimitExceeded',
          'The attachment size exceeds the limit.',
        );
      }
      const expiresAt = clock.now() + SESSION_LIFE_MS;
      const session: Session = {
        id: ids.item(),
        token: ids.uploadToken(),
        message,
        item,
        client,
        expiresAt,
        pieces: [],
        storedBytes: 0,
        forgotten: null,
      };
      sessions.set(session.id, session);
      const body = {
        '@odata.context':
          'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.uploadSession',
        uploadUrl: `${addressOf(parts.switches.uploadHost, message)}/AttachmentSessions('${session.id}')?authtoken=${session.token}`,
        expirationDateTime: new Date(expiresAt).toISOString(),
        nextExpectedRanges: ['0-'],
      };
      return graphJson(body, 201);
    },
    forget: (url, answer) => {
      const session = find(url);
      if (session) session.forgotten = answer;
    },
    answer: async (request) => {
      const trace = requestIds(ids, request.headers['client-request-id']);
      const session = find(request.url);
      const refused = session ? refusal(session, request, parts) : itemNotFound();
      const reply = refused ?? (session ? await act(session, request) : itemNotFound());
      const answer = 'code' in reply ? graphErrorAnswer(reply, trace, clock) : reply;
      return withRequestIds(answer, trace);
    },
  };
}

/** The version in the path differs between Microsoft's examples; clients may not look into the address. */
function addressOf(host: string, { account, id }: StoredMessage): string {
  return `https://${host}/api/gv1.0/users('${objectIdOf(account)}@${tenantOf(account)}')/messages('${id}')`;
}

/** "Do not specify an Authorization request header": the address itself is the right (outlook-large-attachments.md). */
function refusal(
  session: Session,
  { url, headers }: PeerRequest,
  { clock, mailboxes }: Parts,
): GraphError | null {
  const unauthorized = (message: string): GraphError => ({
    status: 401,
    code: 'InvalidAuthenticationToken',
    message,
  });
  if (headers['authorization'] !== undefined)
    return unauthorized('The address is pre-authenticated; no Authorization header is allowed.');
  if (url.searchParams.get('authtoken') !== session.token)
    return unauthorized('The token is not valid.');
  if (session.forgotten !== null) return { ...itemNotFound(), status: session.forgotten };
  if (clock.now() >= session.expiresAt)
    return unauthorized('Lifetime validation failed, the token is expired.');
  const { message } = session;
  const isThere =
    mailboxes.find(message.account, message.immutableId) === message && message.isDraft;
  return isThere ? null : itemNotFound();
}

async function takeRange(
  parts: Parts,
  session: Session,
  request: PeerRequest,
): Promise<PeerAnswer | GraphError> {
  // Whole ranges only: whether Outlook keeps a part of a range that was cut is not documented.
  const bytes = await wholeBody(request.body);
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers['content-range'] ?? '');
  if (!range) return badBody('The Content-Range header is missing or malformed.');
  const [from, to, total] = [Number(range[1]), Number(range[2]) + 1, Number(range[3])];
  if (bytes.length > RANGE_BYTES) return requestTooLarge();
  if (total !== session.item.size || to > total || to - from !== bytes.length) {
    return badBody('The Content-Range header does not fit the content or the attachment.');
  }
  // "You must upload bytes in a file in order." The status and the words are those of Graph's general table (concepts/errors.md).
  if (from !== session.storedBytes) {
    return {
      status: 416,
      code: 'invalidRange',
      message:
        from < session.storedBytes
          ? 'Uploaded fragment overlaps with existing data.'
          : 'Uploaded fragment is out of order.',
    };
  }
  const full = parts.throttle.upload(
    { client: session.client, email: session.message.account.email },
    bytes.length,
  );
  if (full) return full;
  session.pieces.push(bytes);
  session.storedBytes = to;
  return to === total ? finish(parts, session) : status(parts, session);
}

function finish(
  { ids, clock, mailboxes, switches }: Parts,
  { message, item, pieces }: Session,
): PeerAnswer {
  const attachment = {
    id: ids.item(),
    name: item.name,
    contentType: item.contentType ?? 'application/octet-stream',
    bytes: Buffer.concat(pieces),
    isInline: item.isInline ?? false,
    contentId: item.contentId ?? null,
    isInMime: false,
    changedAt: clock.now(),
  };
  attach({ mailboxes }, message, attachment);
  return {
    status: 201,
    headers: {
      location: `${addressOf(switches.uploadHost, message)}/Attachments('${attachment.id}')`,
    },
  };
}

/** `ExpirationDateTime` with a capital, the range without a dash: as in the documented answers of a PUT. */
function status({ switches }: Parts, { message, expiresAt, storedBytes }: Session): PeerAnswer {
  return graphJson({
    '@odata.context': `https://outlook.office.com/api/gv1.0/$metadata#users('${objectIdOf(message.account)}')/messages('${encodeURIComponent(message.id)}')/AttachmentSessions/$entity`,
    ExpirationDateTime: new Date(expiresAt).toISOString(),
    [switches.rangesSpelling]: [String(storedBytes)],
  });
}
