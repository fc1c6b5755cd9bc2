/** The one host that message bytes go to. */
export const UPLOAD_HOST = 'gmail.googleapis.com';

/** Where an upload session is opened (gmail v1, `users.messages.send`, media upload "resumable"). */
export const OPEN_UPLOAD_URL = `https://${UPLOAD_HOST}/upload/gmail/v1/users/me/messages/send?uploadType=resumable`;

/** The same place without the wish for a session: it refuses whoever asks, and is heard doing so. */
export const PROBE_URL = `https://${UPLOAD_HOST}/upload/gmail/v1/users/me/messages/send`;

const UPLOAD_PATH = /^\/(?:upload|resumable)\//;

/** Longer than any session URI that was ever seen, and short enough for every header. */
const MAX_URI_CHARS = 8_192;

/**
 * The session URI that an answer or a stored handle names; null when it leads to another host, or
 * back to where sessions are opened. Nothing may be sent to a URI that has not passed here. The rest
 * is the server's to choose: guides show `/upload/…` as well as `/resumable/upload/…`, with several
 * names for the session's id, and RFC 9110 section 10.2.2 allows a relative one. No message goes to
 * a path where nothing is uploaded: its refusal would say nothing about the message.
 */
export function sessionUri(text: string): string | null {
  const uri = URL.parse(text, OPEN_UPLOAD_URL);
  if (uri?.protocol !== 'https:' || uri.host !== UPLOAD_HOST) return null;
  if (uri.username !== '' || uri.password !== '' || uri.hash !== '') return null;
  if (uri.href === OPEN_UPLOAD_URL || uri.href === PROBE_URL) return null;
  return UPLOAD_PATH.test(uri.pathname) && uri.href.length <= MAX_URI_CHARS ? uri.href : null;
}
