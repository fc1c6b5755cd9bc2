/** The one host that message bytes go to. */
export const UPLOAD_HOST = 'gmail.googleapis.com';

/** Where an upload session is opened (gmail v1, `users.messages.send`, media upload "resumable"). */
export const OPEN_UPLOAD_URL = `https://${UPLOAD_HOST}/upload/gmail/v1/users/me/messages/send?uploadType=resumable`;

/** The same place without the wish for a session: it refuses whoever asks, and is heard doing so. */
export const PROBE_URL = `https://${UPLOAD_HOST}/upload/gmail/v1/users/me/messages/send`;

const SESSION_PATH = /^\/(?:resumable\/)?upload\/gmail\/v1\/users\/[\w.@%+-]+\/messages\/send$/;

/**
 * The session URI that an answer or a stored handle names; null when it leads anywhere but to an
 * upload session of Gmail. Nothing may be sent to a URI that has not passed here.
 */
export function sessionUri(text: string): string | null {
  const uri = URL.parse(text, OPEN_UPLOAD_URL);
  if (uri?.protocol !== 'https:' || uri.host !== UPLOAD_HOST) return null;
  if (uri.username !== '' || uri.password !== '' || uri.hash !== '') return null;
  if (!SESSION_PATH.test(uri.pathname)) return null;
  return uri.searchParams.get('upload_id') ? uri.href : null;
}
