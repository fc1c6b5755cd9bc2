/** What a line of the call log means, in words. The codes are those of utils/network. */

const PURPOSES: Readonly<Record<string, string>> = {
  'sign-in': 'Finished a sign-in that you made',
  'renew-token': 'Renewed the right to act for you',
  'identify-account': 'Asked which address was linked',
  revoke: 'Withdrew consent',
  'test-client': 'Tested the client',
  'open-upload': 'Opened an upload for a mail',
  'send-mail': 'Sent a mail',
  'ask-upload-status': 'Asked whether a mail arrived',
  'write-draft': 'Wrote a mail into Drafts, to be sent from there',
  'upload-file': 'Uploaded a file of a mail',
  'find-mail': 'Looked whether a mail was sent',
  'discard-draft': 'Took back a draft that it had written',
  'probe-host': 'Looked whether answers can be read',
};

const RESULTS: Readonly<Record<string, string>> = {
  answered: 'answered',
  'host-not-allowed': 'refused by Postern: not on its list',
  offline: 'offline',
  timeout: 'no answer in time',
  aborted: 'stopped',
  failed: 'connection broke',
  redirected: 'refused by Postern: it led elsewhere',
  'cors-refused': 'answer hidden by the browser',
};

/** Why a host was called; the code itself where there is no text. */
export function purposeText(purpose: string): string {
  return (Object.hasOwn(PURPOSES, purpose) ? PURPOSES[purpose] : undefined) ?? purpose;
}

/** How a call ended; the code itself where there is no text. */
export function callResultText(result: string): string {
  return (Object.hasOwn(RESULTS, result) ? RESULTS[result] : undefined) ?? result;
}

/** A host as it is shown. Those that are on no list are written down without their names. */
export function hostName(host: string): string {
  return host === 'unlisted' ? 'A host on no list (refused)' : host;
}

const CALL_ERRORS: Readonly<Record<string, string>> = {
  'answer-not-allowed': 'Not allowed (401 or 403)',
  'answer-too-many': 'Too many requests (429)',
  'answer-refused': 'Refused (another 4xx)',
  'answer-fault': 'A fault of the provider’s (5xx)',
};

/** What went wrong with a call, for a count. */
export function callErrorText(kind: string): string {
  const known = Object.hasOwn(CALL_ERRORS, kind) ? CALL_ERRORS[kind] : undefined;
  if (known !== undefined) return known;
  const text = callResultText(kind);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
