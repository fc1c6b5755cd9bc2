import { escapeHtml, pageAnswer } from '../page-frame.ts';
import type { PeerAnswer } from '../peer.ts';
import type { MicrosoftAccount, MicrosoftClient, MicrosoftTenant } from './microsoft-options.ts';
import { longForm, type Scope } from './scopes.ts';

/**
 * The pages a person sees. Ids and names are stable: people, puppeteer and the scripted person click
 * the same ones. Every form posts to the address it is on, with `action` saying which button it was, and
 * works without script.
 */

const PROVIDER = 'Microsoft';

function page(title: string, body: string, footer?: string): PeerAnswer {
  return pageAnswer({ provider: PROVIDER, title, body, ...(footer !== undefined && { footer }) });
}

function button(id: string, action: string, text: string, main = false): string {
  return `<button${main ? ' class="main"' : ''} id="${id}" name="action" value="${action}">${text}</button>`;
}

/** Address and password. Ids: `sign-in`, `email`, `password`, `next`, `cancel`, `wrong`. */
export function signInPage(view: {
  readonly client: MicrosoftClient;
  readonly hint: string;
  readonly wrong: boolean;
  readonly accounts: readonly MicrosoftAccount[];
}): PeerAnswer {
  const wrong =
    '<p class="bad" id="wrong" role="alert">Your account or password is incorrect. If you don’t remember your password, reset it now.</p>';
  const known = view.accounts
    .map(({ email, password }) => `<code>${escapeHtml(email)}</code> (${escapeHtml(password)})`)
    .join(', ');
  return page(
    'Sign in to your account',
    `<h1>Sign in</h1>
<p>to continue to ${escapeHtml(view.client.appName)}</p>
${view.wrong ? wrong : ''}
<form id="sign-in" method="post">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="off" required value="${escapeHtml(view.hint)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off">
<div class="acts">${button('next', 'sign-in', 'Sign in', true)}
<button id="cancel" name="action" value="cancel" formnovalidate>Back</button></div>
</form>`,
    `Accounts that exist here: ${known}.`,
  );
}

/** Which of the signed-in accounts. Ids: `chooser`, `account-1` …, `use-another`. */
export function chooserPage(view: {
  readonly client: MicrosoftClient;
  readonly accounts: readonly MicrosoftAccount[];
}): PeerAnswer {
  const rows = view.accounts.map(
    ({ email, name }, at) =>
      `<li><button class="row" id="account-${at + 1}" name="choose" value="${escapeHtml(email)}">${escapeHtml(name)}<small>${escapeHtml(email)} · Signed in</small></button></li>`,
  );
  return page(
    'Pick an account',
    `<h1>Pick an account</h1>
<p>to continue to ${escapeHtml(view.client.appName)}</p>
<form id="chooser" method="post">
<ul>
${rows.join('\n')}
<li><button class="row" id="use-another" name="action" value="use-another">Use another account</button></li>
</ul>
</form>`,
  );
}

/** "Stay signed in?" (AADSTS50140). Ids: `stay`, `stay-yes`, `stay-no`. */
export function stayPage(account: MicrosoftAccount): PeerAnswer {
  return page(
    'Stay signed in?',
    `<h1>Stay signed in?</h1>
<p class="soft">${escapeHtml(account.email)}</p>
<p>Do this to reduce the number of times you are asked to sign in.</p>
<form id="stay" method="post">
<div class="acts">${button('stay-yes', 'stay', 'Yes', true)}
${button('stay-no', 'no-stay', 'No')}</div>
</form>`,
  );
}

/** The second factor (AADSTS50076), as one button. Ids: `second-factor`, `approve`, `cancel`. */
export function secondFactorPage(account: MicrosoftAccount): PeerAnswer {
  return page(
    'Approve sign in request',
    `<h1>Approve sign in request</h1>
<p class="soft">${escapeHtml(account.email)}</p>
<p>Your organization wants a second proof that it is you. The button stands for the app on your phone.</p>
<form id="second-factor" method="post">
<div class="acts">${button('approve', 'second-factor', 'Approve', true)}
${button('cancel', 'cancel', 'Cancel')}</div>
</form>`,
  );
}

/**
 * What the app may do; all or nothing, Microsoft has no boxes for single permissions. Ids: `consent`,
 * `allow`, `deny`, and for administrators `for-organization` (a box) unless the page is for the whole tenant anyway.
 */
export function consentPage(view: {
  readonly client: MicrosoftClient;
  readonly account: MicrosoftAccount;
  readonly tenant: MicrosoftTenant | null;
  readonly scopes: readonly Scope[];
  readonly purpose: 'sign-in' | 'approve';
}): PeerAnswer {
  const whole = view.purpose === 'approve';
  const company = escapeHtml(view.tenant?.name ?? '');
  const box =
    view.account.isAdmin === true && !whole
      ? `<ul><li><label><input type="checkbox" id="for-organization" name="for-organization" value="yes" autocomplete="off"> <span>Consent on behalf of your organization<br><span class="soft">${company}</span></span></label></li></ul>`
      : '';
  const lines = view.scopes.map(
    ({ name, sentence }) =>
      `<li><span data-scope="${escapeHtml(longForm(name))}">${escapeHtml(sentence)}</span></li>`,
  );
  return page(
    'Permissions requested',
    `<p class="soft">${escapeHtml(view.account.email)}</p>
<h1>Permissions requested${whole ? ' for your organization' : ''}</h1>
<p><b>${escapeHtml(view.client.appName)}</b> <span class="bad">unverified</span></p>
<p>${whole ? `If you accept, this app gets these permissions for everybody in ${company}:` : 'This app would like to:'}</p>
<form id="consent" method="post">
<ul>
${lines.join('\n')}
</ul>
${box}
<p class="soft">Accepting means that you allow this app to use your data as said in its terms and its privacy statement. You can change this at https://myapps.microsoft.com or https://account.live.com/consent/Manage.</p>
<div class="acts">${button('allow', 'allow', 'Accept', true)}
${button('deny', 'deny', 'Cancel')}</div>
</form>`,
  );
}

/**
 * "Need admin approval" (AADSTS90094); with the tenant's workflow the person can ask for it here
 * (AADSTS90095). Ids: `approval`, `return`, `use-admin`, and `justification`, `request-approval`.
 */
export function approvalPage(view: {
  readonly client: MicrosoftClient;
  readonly account: MicrosoftAccount;
  readonly canAsk: boolean;
}): PeerAnswer {
  const app = escapeHtml(view.client.appName);
  const ask = `<label for="justification">Enter justification for requesting this app</label>
<input id="justification" name="justification" type="text" autocomplete="off">
<div class="acts">${button('request-approval', 'request-approval', 'Request approval', true)}</div>`;
  return page(
    view.canAsk ? 'Approval required' : 'Need admin approval',
    `<p class="soft">${escapeHtml(view.account.email)}</p>
<h1>${view.canAsk ? 'Approval required' : 'Need admin approval'}</h1>
<p><b>${app}</b> <span class="bad">unverified</span></p>
<p>${view.canAsk ? 'This app requires your admin’s approval.' : `${app} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.`}</p>
<form id="approval" method="post">
${view.canAsk ? ask : ''}
<ul>
<li><button class="row" id="use-admin" name="action" value="use-another">Have an admin account? Sign in with that account</button></li>
<li><button class="row" id="return" name="action" value="return">Return to the application without granting consent</button></li>
</ul>
</form>`,
  );
}

/** After signing out. Id: `signed-out`. */
export function signedOutPage(): PeerAnswer {
  return page(
    'Sign out',
    `<h1 id="signed-out">You signed out of your account</h1>
<p>It’s a good idea to close all browser windows.</p>`,
  );
}
