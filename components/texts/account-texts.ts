import type {
  AccountView,
  OtherSendersOutcome,
  ClientTestOutcome,
  GrantOutcome,
  LinkOutcome,
  NeedsAdmin,
  RevokeResult,
  SaveClientOutcome,
  StepDownOutcome,
} from '../../utils/messaging/messaging.ts';
import {
  good,
  heed,
  quiet,
  say,
  tell,
  type ByKind,
  type OutcomeText,
  type StateText,
} from './outcome-text.ts';
import { codeText, hostText, SIGN_INS, WAITS } from './provider-words.ts';
import { rightList } from './right-texts.ts';

/**
 * What a person is told of every outcome about accounts and OAuth clients, as `what happened | what
 * was kept | what to do`. The maps are exhaustive by type.
 */

const adminText = ({ code, link }: NeedsAdmin): OutcomeText =>
  link === null
    ? say`${codeText({ code, detail: '' })} | Nothing is lost; what waits goes on waiting. | Ask your administrator to let this client in, then try again. Code: ${code}`
    : say`${codeText({ code, detail: '' })} | Nothing is lost; what waits goes on waiting. | Send your administrator the text below, with its link; once it is approved, try again. Code: ${code}`;

/** What a person can send to their administrator: one paragraph a line, the link on its own. */
export function adminRequestText({ clientId, tenant, scopes, link }: NeedsAdmin): string {
  return [
    'Hello,',
    'I would like to send mail from our mailbox with Postern, a browser extension. It has no server: mails go from my browser straight to Microsoft. It needs your approval for our organisation.',
    ...(link === null
      ? ['A policy of our organisation blocks the sign-in, so please allow this application:']
      : ['You can look at it and approve it here:', link]),
    `Application (client) ID: ${clientId}`,
    ...(tenant === null ? [] : [`Organisation: ${tenant}`]),
    `Delegated rights that it asks for: ${scopes.join(', ')}`,
    'Thank you!',
  ].join('\n\n');
}

type NotSignedIn = Exclude<LinkOutcome, { kind: 'linked' }>;

const NOT_SIGNED_IN: ByKind<NotSignedIn, OutcomeText> = {
  cancelled: () => say`The sign-in window was closed. | Nothing was changed. | Try again any time.`,
  'no-client': () =>
    say`There is no OAuth client for this provider yet. | Nothing was changed. | Set one up under “Client setup”: five steps, once.`,
  'other-address': ({ address }) =>
    say`You signed in as ${address}, which is another account. | Nothing was changed. | Reconnect and choose the right address, or link that one as well.`,
  'needs-admin': (asked) => adminText(asked),
  refused: (refusal) =>
    say`This was refused. ${codeText(refusal)} | Nothing was stored. | Check the client setup, then try again. Code: ${refusal.code}`,
  unavailable: ({ reason }) =>
    say`It didn’t work. ${WAITS[reason]} | Nothing was changed. | Try again in a while.`,
  'needs-host': ({ host }) => hostText(host),
};

const LINKS: ByKind<LinkOutcome, OutcomeText> = {
  ...NOT_SIGNED_IN,
  linked: ({ account, canSend, relinked, lostRungs }) => {
    if (!canSend)
      return say`${account.address} is linked, but the right to send was left unticked. | Mails from it wait. | To turn sending on, reconnect and tick the box for sending.`;
    if (lostRungs.length > 0)
      return say`${account.address} is connected again, but ${rightList(lostRungs)} has to be given anew. | What waited for it goes out now. | Give that right again below.`;
    return relinked
      ? say`${account.address} is connected again. | What waited for it goes out now.`
      : say`${account.address} is linked. | You can write from it now.`;
  },
};

/** How linking or reconnecting ended. */
export const linkText = (outcome: LinkOutcome): OutcomeText => tell(LINKS, outcome);

const REVOKES: ByKind<RevokeResult, OutcomeText> = {
  revoked: () =>
    say`Access was withdrawn at the provider, and checked: it is gone. | Other browsers that used this consent are disconnected too.`,
  asked: () =>
    say`The provider was asked to withdraw access; whether it did could not be seen. | Where it did, other browsers that used this consent are disconnected too. | To be sure, look at the provider’s own list of connected apps.`,
  'nothing-to-revoke': () =>
    say`Nothing could be withdrawn from here: no sign-in is kept on this device. | If you withdrew it before, it is done. | If not, look at the provider’s own list of connected apps.`,
  'local-only': ({ why }) =>
    why === 'no-such-call'
      ? say`The sign-in was wiped from this device. This provider has no way for an app to withdraw the consent itself. | The consent still stands there; a token that was given runs out within about an hour. | Withdraw it on the provider’s own page.`
      : say`The sign-in was wiped from this device. | There was no token at hand to withdraw the consent with. | Withdraw it on the provider’s own page.`,
  failed: ({ reason }) =>
    say`The provider could not be asked. ${WAITS[reason]} | Its consent still stands. | Try again, or withdraw it on the provider’s own list of connected apps.`,
};

/** How revoking ended. */
export const revokeText = (result: RevokeResult): OutcomeText => tell(REVOKES, result);

const TESTS: ByKind<ClientTestOutcome, OutcomeText> = {
  works: ({ typeSeen }) =>
    typeSeen
      ? say`It works: the provider knows this client and its redirect URI. | What you entered is saved. | You can link an account now.`
      : say`The provider knows this client and its redirect URI. | What you entered is saved. | Whether the redirect URI stands under “Single-page application” shows when you link an account.`,
  'redirect-not-registered': ({ redirectUri }) =>
    say`The provider knows this client, but showed an error page: most likely its redirect URI is missing. | What you entered is saved. | Add exactly this one under “Single-page application” or “Authorised redirect URIs”: ${redirectUri}`,
  refused: (refusal) =>
    say`The provider refuses this client. ${codeText(refusal)} | What you entered is saved. | Compare it with the provider’s console. Code: ${refusal.code}`,
  'not-recognised': () =>
    say`The provider showed an error page: it doesn’t know the client ID or the redirect URI. | What you entered is saved. | Compare both with the provider’s console. A new client can take a few minutes.`,
  unavailable: ({ reason }) =>
    say`The test didn’t get through. ${WAITS[reason]} | What you entered is saved. | Try again in a while.`,
  'needs-host': ({ host }) => hostText(host),
};

/** How the trial of a client ended. */
export const clientTestText = (outcome: ClientTestOutcome): OutcomeText => tell(TESTS, outcome);

const CLIENT_SAVES: ByKind<SaveClientOutcome, OutcomeText> = {
  saved: () => say`Saved, sealed on this device. | What waits for this client tries again.`,
  'bad-tenant': () =>
    say`This can’t be the name of a tenant. | What was stored before is kept. | Write common, organizations or consumers, or your organisation’s ID or domain.`,
};

/** How saving a client ended. */
export const saveClientText = (outcome: SaveClientOutcome): OutcomeText =>
  tell(CLIENT_SAVES, outcome);

const GRANTS: ByKind<GrantOutcome, OutcomeText> = {
  ...NOT_SIGNED_IN,
  granted: ({ rung }) =>
    say`The right is given: ${rightList([rung])}. | Nothing else was asked for.`,
  partly: ({ missing }) =>
    say`Not everything was ticked: ${missing.join(', ')} is missing. | The account has the rights that it had before. | Try again and leave every box ticked.`,
  'no-such-right': () =>
    say`This provider has no such right. | Nothing was changed. | There is nothing you have to do about it; look at what else it offers.`,
};

/** How asking for one more right ended. */
export const grantOutcomeText = (outcome: GrantOutcome): OutcomeText => tell(GRANTS, outcome);

const STEPS_DOWN: ByKind<StepDownOutcome, OutcomeText> = {
  'stepped-down': ({ account, revoked, lostRungs }) => {
    if (lostRungs.length > 0)
      return say`${account.address} was linked again, without ${rightList(lostRungs)}. | Everything else was given back. | Give that right again below if you want to keep it.`;
    return revoked.kind !== 'revoked'
      ? say`${account.address} was linked again, and Postern asks for the lower rights only. | The earlier consent may still stand at the provider. | Withdraw it on the provider’s own page, then reconnect.`
      : say`${account.address} was linked again with the lower rights only. | The earlier consent was withdrawn. | What the account may do now stands below.`;
  },
  'not-revoked': ({ reason }) =>
    say`The provider could not be asked. ${WAITS[reason]} | Nothing was changed. | Try again in a while.`,
  'not-linked': ({ linking }) =>
    say`The rights were given back, but the account was not linked again. ${tell(LINKS, linking).happened} | Mails from this account wait; none is lost. | Reconnect, and they go out.`,
};

/** How giving rights back ended. */
export const stepDownText = (outcome: StepDownOutcome): OutcomeText => tell(STEPS_DOWN, outcome);

const OTHER_SENDERS: ByKind<OtherSendersOutcome, OutcomeText> = {
  saved: ({ otherSenders }) =>
    otherSenders.length === 0
      ? say`Noted. | This account sends from its own address alone.`
      : say`Noted. | You can choose them as sender.`,
  problems: () =>
    say`Some of it can’t be used. | Nothing was changed. | Put right what is marked, then save again.`,
  gone: () =>
    say`This account is not here any more. | Nothing was changed. | Close this window and look at the list again.`,
};

/** How noting further addresses ended. */
export const otherSendersText = (outcome: OtherSendersOutcome): OutcomeText =>
  tell(OTHER_SENDERS, outcome);

const HEALTH: ByKind<AccountView['health'], StateText> = {
  works: () => good('Works', say`Ready to send.`),
  'will-ask': ({ why }) =>
    quiet(
      'May ask you',
      why === 'token-ended'
        ? say`The sign-in that was kept has run its time. | The next send asks the provider silently first. | You may have to sign in then.`
        : say`Nothing long-lived is kept for it, and you were not seen at the provider for a day. | The next send asks the provider silently first. | You may have to sign in then.`,
    ),
  'needs-admin': (asked) => heed('Needs an administrator', adminText(asked)),
  'needs-sign-in': ({ why }) =>
    heed(
      'Sign in again',
      say`${SIGN_INS[why]} | Mails from this account wait; none is lost. | Reconnect, and they go out.`,
    ),
  refused: (refusal) =>
    heed(
      'Refused',
      say`The provider refuses. ${codeText(refusal)} | Mails from this account wait; none is lost. | Check the client setup, then reconnect. Code: ${refusal.code}`,
    ),
};

/** How an account is doing. */
export const healthText = (health: AccountView['health']): StateText => tell(HEALTH, health);

/** An account whose record can't be opened. */
export const unreadableAccountText = (code: string): StateText =>
  heed(
    'Can’t be opened',
    say`This account’s record can’t be opened on this device. | It was left as it is. | Link the account again, then remove this one. Code: ${code}`,
  );

/** The state of an account that may not send because the box was left unticked. */
export const MAY_NOT_SEND: StateText = heed(
  'May not send',
  say`The right to send was not given. | Mails from this account wait; none is lost. | Reconnect and tick the box for sending.`,
);
