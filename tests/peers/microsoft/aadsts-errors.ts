import { aadsts, type Aadsts } from './aadsts.ts';
import type { MicrosoftClient, MicrosoftTenant } from './microsoft-options.ts';

/**
 * The errors that this Microsoft gives, one function each. Codes and meanings are those of entra-docs
 * reference-error-codes.md; where the words were seen in a live answer, that report is named.
 */

export const missingParameter = (name: string): Aadsts =>
  aadsts(
    900144,
    'invalid_request',
    `The request body must contain the following parameter: '${name}'.`,
  );

export const onlyPost = (method: string): Aadsts =>
  aadsts(
    900561,
    'invalid_request',
    `The endpoint only accepts POST requests. Received a ${method} request.`,
  );

export const unknownTenant = (name: string): Aadsts =>
  aadsts(
    90002,
    'invalid_request',
    `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );

export const unknownClient = (id: string): Aadsts =>
  aadsts(
    700016,
    'unauthorized_client',
    `Application with identifier '${id}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  );

export const notMultiTenant = ({ id, appName }: MicrosoftClient): Aadsts =>
  aadsts(
    50194,
    'invalid_request',
    `Application '${id}'(${appName}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications.`,
  );

export const workOnly = ({ id, appName }: MicrosoftClient): Aadsts =>
  aadsts(
    9002332,
    'invalid_request',
    `Application '${id}'(${appName}) is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.`,
  );

export const personalOnly = ({ id, appName }: MicrosoftClient): Aadsts =>
  aadsts(
    9002346,
    'invalid_request',
    `Application '${id}'(${appName}) is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.`,
  );

/** Words of 2023 and later, shown by many clients. */
export const redirectMismatch = (uri: string, { id }: MicrosoftClient): Aadsts =>
  aadsts(
    50011,
    'invalid_request',
    `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${id}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this issue.`,
  );

export const unknownPrompt = (): Aadsts =>
  aadsts(90023, 'invalid_request', "Unsupported 'prompt' value.");

export const unknownResponseMode = (): Aadsts =>
  aadsts(
    70007,
    'unsupported_response_mode',
    "The provided value for the input parameter 'response_mode' is not valid. The local stand-in plays query and fragment.",
  );

/** Of the implicit flow nothing is played: a SPA registration has it off until somebody ticks it. */
export const responseTypeOff = (type: string): Aadsts =>
  aadsts(
    type.includes('id_token') ? 700054 : 700051,
    'unsupported_response_type',
    `response_type '${type}' is not enabled for the application.`,
  );

export const unknownScope = (word: string, { id }: MicrosoftClient): Aadsts =>
  aadsts(
    650053,
    'invalid_client',
    `The application '${id}' asked for scope '${word}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.`,
  );

export const invalidScope = (word: string): Aadsts =>
  aadsts(
    70011,
    'invalid_scope',
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${word} is not valid.`,
  );

export const severalResources = (): Aadsts =>
  aadsts(
    28000,
    'invalid_scope',
    'Provided value for the input parameter scope is not valid because it contains more than one resource.',
  );

/** microsoft-authentication-library-for-js#1560, #6610. */
export const notSignedIn = (): Aadsts =>
  aadsts(50058, 'login_required', 'A silent sign-in request was sent but no user is signed in.');

export const severalSignedIn = (): Aadsts =>
  aadsts(
    16000,
    'interaction_required',
    'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  );

export const wrongTenant = (tenant: MicrosoftTenant): Aadsts =>
  aadsts(
    50020,
    'invalid_request',
    `User account '{EmailHidden}' from identity provider does not exist in tenant '${tenant.name}' and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account.`,
  );

export const personalNotSupported = (): Aadsts =>
  aadsts(
    500200,
    'invalid_request',
    'User account is a personal Microsoft account. Personal Microsoft accounts are not supported for this application unless explicitly invited to an organization. Try signing out and signing back in with an organizational account.',
  );

/** azure-docs#114009. `error` differs between reports, so it is given. */
export const declined = (name: string): Aadsts =>
  aadsts(65004, name, 'User declined to consent to access the app.', 'cancel');

/** What a personal account's service says instead (HTBox/allReady#521). */
export const declinedPersonal =
  'The user has denied access to the scope requested by the client application.';

/** v2-oauth2-auth-code-flow.md, "Error response". */
export const cancelled = 'the user canceled the authentication';

/** Words of entra-docs application-sign-in-unexpected-user-consent-error.md. */
export const adminNeeded = ({ appName }: MicrosoftClient): Aadsts =>
  aadsts(
    90094,
    'access_denied',
    `${appName} needs permission to access resources in your organization that only an admin can grant. Ask an admin to grant permission to this app before you can use it.`,
  );

export const approvalAsked = (): Aadsts =>
  aadsts(
    90095,
    'access_denied',
    'Admin consent is required for the permissions requested by this application. An admin consent request may be sent to the admin.',
  );

export const notAnAdmin = ({ appName }: MicrosoftClient): Aadsts =>
  aadsts(
    90093,
    'access_denied',
    `${appName} is requesting one or more permissions that you aren't authorized to grant. Contact an administrator, who can consent to this application on your behalf.`,
  );

/** O365/python-o365#323 has a whole body with its suberror. */
export const consentMissing = ({ id, appName }: MicrosoftClient, name: string): Aadsts =>
  aadsts(
    65001,
    name,
    `The user or administrator has not consented to use the application with ID '${id}' named '${appName}'. Send an interactive authorization request for this user and resource.`,
    name === 'invalid_grant' ? 'consent_required' : undefined,
  );

export const mfaNeeded = (name: string): Aadsts =>
  aadsts(
    50076,
    name,
    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
    name === 'invalid_grant' ? 'basic_action' : undefined,
  );

export const blockedByPolicy = (name: string): Aadsts =>
  aadsts(
    53003,
    name,
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    name === 'invalid_grant' ? 'message_only' : undefined,
  );

export const accountDisabled = (name: string): Aadsts =>
  aadsts(50057, name, 'The user account is disabled.');

/** atinux/nuxt-auth-utils#319 and many others. */
export const pkceMissing = (): Aadsts =>
  aadsts(
    9002325,
    'invalid_request',
    'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
  );
