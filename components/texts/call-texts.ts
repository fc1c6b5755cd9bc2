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
