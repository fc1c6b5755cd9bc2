import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import { apiError } from './google-errors.ts';
import type { GoogleAccount } from './google-options.ts';
import { type Mailbox, MESSAGE_LIMIT_BYTES, rawMissing, tooLarge } from './mailbox.ts';
import { splitMultipart } from './multipart-related.ts';
import type { UploadSessions } from './upload-sessions.ts';

/** What sending works with. */
export interface SendParts {
  readonly mailbox: Mailbox;
  readonly sessions: UploadSessions;
}

/**
 * The JSON address takes far less than the upload addresses: PROVIDERS.md A3 ("tolerates about 5 MB");
 * googleapis/google-api-dotnet-client#856 has the words.
 */
const JSON_LIMIT_BYTES = 5 * 1024 * 1024;

/** POST /gmail/v1/users/{userId}/messages/send with `{raw, threadId?}` (PROVIDERS.md A3). */
export async function sendJson(
  { mailbox }: SendParts,
  account: GoogleAccount,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const body = await wholeBody(request.body);
  if (body.length > JSON_LIMIT_BYTES) {
    return badRequest(`Request payload size exceeds the limit: ${JSON_LIMIT_BYTES} bytes.`);
  }
  const message = readMessage(body);
  if ('refused' in message) return message.refused;
  if (message.raw === null) return rawMissing();
  const raw = fromBase64(message.raw);
  if (!raw) {
    return badRequest(
      "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for the given value.",
    );
  }
  return raw.length === 0 ? rawMissing() : mailbox.send(account, raw, message.threadId);
}

/** POST /upload/gmail/v1/users/{userId}/messages/send?uploadType=media|multipart|resumable (PROVIDERS.md A3). */
export async function sendUpload(
  parts: SendParts,
  account: GoogleAccount,
  request: PeerRequest,
): Promise<PeerAnswer> {
  switch (request.url.searchParams.get('uploadType')) {
    case 'media':
      return await sendMedia(parts, account, request);
    case 'multipart':
      return await sendMultipart(parts, account, request);
    case 'resumable':
      return await openSession(parts, account, request);
    default:
      return badRequest('Invalid upload type.');
  }
}

async function sendMedia(
  { mailbox }: SendParts,
  account: GoogleAccount,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const refused = typeComplaint(request.headers['content-type']);
  if (refused) return refused;
  return mailbox.send(account, await wholeBody(request.body), null);
}

/** Two parts: the metadata as JSON, then the message (guides/uploads, "Multipart upload"). */
async function sendMultipart(
  { mailbox }: SendParts,
  account: GoogleAccount,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const type = request.headers['content-type'] ?? '';
  const body = await wholeBody(request.body);
  const parts = /^multipart\//i.test(type) ? splitMultipart(body, type) : null;
  const [metadata, media] = parts ?? [];
  if (!metadata || !media) return badRequest('Malformed multipart body.');
  const refused = typeComplaint(media.headers.get('content-type'));
  if (refused) return refused;
  const message = readMessage(metadata.content);
  if ('refused' in message) return message.refused;
  return mailbox.send(account, media.content, message.threadId);
}

/** The opening request of a resumable upload; its body is the metadata, or nothing (guides/uploads). */
async function openSession(
  { sessions }: SendParts,
  account: GoogleAccount,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const { headers, url } = request;
  const body = await wholeBody(request.body);
  const refused = typeComplaint(headers['x-upload-content-type'] ?? 'message/rfc822');
  if (refused) return refused;
  const declared = headers['x-upload-content-length'];
  const declaredBytes = declared === undefined ? null : Number(declared);
  if (declaredBytes !== null && !Number.isSafeInteger(declaredBytes)) {
    return badRequest('Invalid X-Upload-Content-Length header.');
  }
  if (declaredBytes !== null && declaredBytes > MESSAGE_LIMIT_BYTES) return tooLarge();
  const message = body.length === 0 ? { threadId: null } : readMessage(body);
  if ('refused' in message) return message.refused;
  const origin = headers['origin'] ?? null;
  const { threadId } = message;
  const uploadId = sessions.open({ account, threadId, declaredBytes, origin });
  const location = new URL(url);
  location.searchParams.set('upload_id', uploadId);
  return {
    status: 200,
    headers: {
      location: location.href,
      'x-guploader-uploadid': uploadId,
      'content-type': 'text/plain; charset=utf-8',
    },
  };
}

/** Discovery document: `accept: message/*`. The words are those of Google's upload servers. */
function typeComplaint(contentType: string | undefined): PeerAnswer | null {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.startsWith('message/')) return null;
  return apiError({
    code: 400,
    message: `Media type '${type}' is not supported. Valid media types: [message/*]`,
    status: 'INVALID_ARGUMENT',
    reason: 'badContent',
  });
}

/** Fields of the resource Message (gmail v1 discovery document); another name is refused. */
const MESSAGE_FIELDS = new Set(
  'id threadId labelIds snippet historyId internalDate payload sizeEstimate raw'.split(' '),
);

function readMessage(
  body: Buffer,
):
  | { readonly raw: string | null; readonly threadId: string | null }
  | { readonly refused: PeerAnswer } {
  const parsed = parseJson(body);
  if (parsed === null) {
    return { refused: badRequest('Invalid JSON payload received. Unexpected token.') };
  }
  const unknown = Object.keys(parsed).find((name) => !MESSAGE_FIELDS.has(name));
  if (unknown !== undefined) {
    const complaint = `Invalid JSON payload received. Unknown name "${unknown}" at 'message': Cannot find field.`;
    return { refused: badRequest(complaint) };
  }
  const text = (name: string): string | null => {
    const value = parsed[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return { raw: text('raw'), threadId: text('threadId') };
}

function parseJson(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON of protocol buffers takes base64 and base64url, padded or not (protobuf.dev, "ProtoJSON format"). */
function fromBase64(text: string): Buffer | null {
  if (!/^[\w+/-]*={0,2}$/.test(text)) return null;
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
}

function badRequest(message: string): PeerAnswer {
  return apiError({ code: 400, message, status: 'INVALID_ARGUMENT', reason: 'badRequest' });
}
