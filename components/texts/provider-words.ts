import type { MailState } from '../../utils/messaging/messaging.ts';
import { say, type OutcomeText } from './outcome-text.ts';

/** What providers say, in words: reasons, and codes with what a person can do about them. */

type WaitReason = Extract<MailState, { kind: 'retry' }>['reason'];
type SignInReason = Extract<MailState, { kind: 'waiting-for-sign-in' }>['why'];

/** Why something waits that may work by itself in a while. */
export const WAITS: Readonly<Record<WaitReason, string>> = {
  offline: 'This computer is offline.',
  timeout: 'The provider took too long to answer.',
  network: 'The connection broke.',
  'provider-error': 'The provider has a fault on its side.',
  'rate-limit': 'The provider asked for a pause.',
  'daily-limit': 'The provider’s limit for one day is reached.',
  'strange-answer': 'The provider answered in a way that Postern doesn’t know.',
};

/** Why only the person can go on. */
export const SIGN_INS: Readonly<Record<SignInReason, string>> = {
  invalid_grant: 'The sign-in has ended: it expired or was withdrawn.',
  interaction_required: 'The provider wants to see you sign in again.',
  login_required: 'You are signed out at the provider.',
  consent_required: 'The provider wants your consent again.',
  access_denied: 'The provider says that access was denied.',
  no_grant: 'This account is disconnected.',
  token_rejected: 'The provider refuses the sign-in that it gave.',
};

/** Codes of providers and of our own checks that have a better text than the provider's words. */
const CODES: Readonly<Record<string, string>> = {
  invalid_client: 'The provider doesn’t know this client ID, or the client secret is wrong.',
  unauthorized_client: 'This client may not be used that way. Is its type “Web application”?',
  redirect_uri_mismatch: 'The redirect URI is not registered for this client.',
  invalid_scope: 'The provider doesn’t know a right that was asked for.',
  org_internal: 'This client is for one organisation only, and this account is not in it.',
  admin_policy_enforced: 'An administrator of this organisation has blocked the client.',
  access_denied: 'The provider says that access was denied.',
  accessNotConfigured: 'The Gmail API is not switched on in the Google Cloud project.',
  SERVICE_DISABLED: 'The Gmail API is not switched on in the Google Cloud project.',
  failedPrecondition: 'The provider can’t send from this mailbox. Is mail switched on for it?',
  domainPolicy: 'An administrator doesn’t allow this kind of access.',
  invalidArgument: 'The provider can’t take the mail as it is, often because of an address.',
  'attachment-lost':
    'A file of it can’t be read on this device any more. Remove it and attach it again.',
  upload_stuck:
    'The provider answered again and again, and took nothing of the mail. Send it again later, or with fewer or smaller files.',
  uploadTooLarge: 'The mail is too large for the provider.',
  ErrorSendAsDenied:
    'Outlook doesn’t let this account send from that address. For a shared mailbox an administrator, or its owner, has to give you “Send as” or “Send on behalf” in Exchange first; it can take a while to count.',
  alias_denied:
    'Outlook doesn’t take that address for one of this mailbox. Where it is a shared mailbox, say so under Accounts, “Other addresses to send from”; else choose another sender.',
  shared_mailbox_denied:
    'Outlook doesn’t let this account send from that mailbox. An administrator, or its owner, has to give you “Send as” or “Send on behalf” in Exchange first; it can take a while to count.',
  ErrorInvalidUser: 'Outlook knows no mailbox of that address here. Choose another sender.',
  ErrorInvalidRecipients: 'Outlook can’t send to one of the addresses.',
  ErrorMessageSizeExceeded: 'The mail is larger than this mailbox takes.',
  ErrorAttachmentSizeLimitExceeded: 'A file is larger than Outlook takes.',
  RequestEntityTooLarge: 'The mail is too large for the provider.',
  // Of whatever stands before the provider, without a word of its own.
  413: 'The mail is too large for the provider.',
  ErrorMessageSubmissionBlocked:
    'Microsoft has stopped this mailbox from sending. Sign in at Outlook: a message there says why and how to lift it.',
  ErrorAccountSuspend:
    'Microsoft has suspended this account. Sign in at Outlook: a message there says how to lift it.',
  ErrorAccountSuspendShowTierUpgrade:
    'Microsoft wants this account to be verified before it sends more. Sign in at Outlook: a message there says how.',
  MailboxNotEnabledForRESTAPI:
    'This account has no mailbox in Microsoft’s cloud that Postern could send from.',
  MailboxNotSupportedForRESTAPI:
    'This account has no mailbox in Microsoft’s cloud that Postern could send from.',
  ErrorMailboxStoreUnavailable: 'Microsoft can’t reach this mailbox at the moment.',
  from_needs_drafts:
    'From another address Outlook sends an answer, or a mail to a list, only with the right to write drafts. Choose the account’s own address, or give that right under Accounts.',
  header_not_supported: 'Outlook has no way to send one of the headers of this mail.',
  draft_changed:
    'Somebody changed its draft in Outlook while the files were on their way, so it was left there as it is. Send it from Outlook, or delete it there and send again here.',
  email_missing: 'The provider didn’t say which address was linked.',
  email_not_verified: 'The provider has not verified this address.',
  not_recognised:
    'The provider showed an error page: it doesn’t know the client ID or the redirect URI.',
  wrong_redirect: 'The sign-in window came back to another address than Postern’s.',
  wrong_state: 'The answer doesn’t belong to what was asked. Somebody may have tampered with it.',
  wrong_issuer: 'The answer came from another server than the one that was asked.',
  wrong_id_token: 'The provider’s word on who signed in isn’t meant for this client.',
  wrong_tenant: 'This account belongs to another organisation than the client setup names.',
  wrong_token_type: 'The provider gave a kind of sign-in that Postern can’t use.',
  wrong_response_mode: 'The answer came in a form that was not asked for.',
  duplicate_parameter: 'The answer said something twice.',
  wrong_clock: 'This computer’s clock is wrong by more than ten minutes. Set it, then try again.',
  wrong_client_type:
    'The provider’s answer could not be read. Most likely the redirect URI is registered for another platform: it has to stand under “Single-page application”.',
  AADSTS700016:
    'Microsoft doesn’t know this application ID there. Copy the “Application (client) ID” of the registration, and look whether “Supported account types” fits the tenant in the client setup.',
  AADSTS90002:
    'Microsoft knows no organisation of this name. Check the tenant in the client setup.',
  AADSTS50011:
    'The redirect URI is not registered for this application. Add it exactly under “Authentication › Single-page application”.',
  AADSTS9002326:
    'The redirect URI is registered for another platform. Move it from “Web” or “Mobile and desktop” to “Single-page application”.',
  AADSTS9002327:
    'Microsoft wants the sign-in redeemed by a browser page. Register the redirect URI under “Single-page application”, and report this if it stays.',
  AADSTS90023:
    'Microsoft doesn’t take this kind of request. Register the redirect URI under “Single-page application”.',
  AADSTS700025:
    'Microsoft takes no secret from this kind of application. Save the client again, without one.',
  AADSTS7000218:
    'Microsoft wants a secret, so the redirect URI is registered under “Web”. Move it to “Single-page application”.',
  AADSTS50194:
    'This application is for one organisation only. Write that organisation’s ID or domain as tenant in the client setup.',
  AADSTS9002332:
    'This application is for work accounts only. Set the tenant to “organizations”, or change “Supported account types”.',
  AADSTS9002346:
    'This application is for personal accounts only. Set the tenant to “consumers”, or change “Supported account types”.',
  AADSTS50020: 'This account is not in the organisation that the client setup names.',
  AADSTS500200:
    'This application is for work accounts only, and this is a personal account. Change “Supported account types”, or choose a work account.',
  AADSTS650053: 'The application asked for a right that Microsoft doesn’t know.',
  AADSTS70011: 'Microsoft doesn’t know a right that was asked for.',
  AADSTS700051: 'Microsoft has this kind of sign-in switched off for the application.',
  AADSTS90094: 'An administrator of the organisation has to approve Postern first.',
  AADSTS90095: 'Approval was asked for. An administrator of the organisation has to give it.',
  AADSTS90093: 'Only an administrator of the organisation may give this right.',
  AADSTS90008: 'The application may not use Microsoft Graph until an administrator approves it.',
  AADSTS65005: 'The application asks for a right that its registration doesn’t list.',
  AADSTS53003: 'A rule of the organisation blocks this sign-in (Conditional Access).',
  AADSTS53000: 'The organisation lets in only devices that it manages.',
  AADSTS53001: 'The organisation lets in only devices that belong to it.',
  AADSTS50105: 'The organisation has not assigned this application to this account.',
  AADSTS50057: 'This account was disabled by its organisation.',
  AADSTS7000112: 'The application was disabled.',
  no_provider: 'This build of Postern doesn’t have this provider.',
  no_client: 'There is no OAuth client for this provider.',
  no_account: 'This account is not here any more.',
  account_unreadable: 'This account’s record can’t be opened on this device.',
};

/** The sentence for a provider's code, with its own words where we have none. Never empty. */
export function codeText(refusal: { readonly code: string; readonly detail: string }): string {
  const known = Object.hasOwn(CODES, refusal.code) ? CODES[refusal.code] : undefined;
  if (known !== undefined) return known;
  return refusal.detail === ''
    ? 'The provider gave no reason.'
    : `The provider says: “${refusal.detail}”`;
}

/** A host whose answers the browser hides until the person allows it. */
export const hostText = (host: string): OutcomeText =>
  say`The browser hides the answers of ${host}. | Nothing was lost. | Allow that host: one click, and you can take it back under Privacy.`;
