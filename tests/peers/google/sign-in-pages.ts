import { escapeHtml, pageAnswer } from '../page-frame.ts';
import type { PeerAnswer } from '../peer.ts';
import type { AuthorizeError } from './authorize-request.ts';
import type { GoogleAccount, GoogleClient } from './google-options.ts';
import { scopeNamed } from './scopes.ts';

/**
 * The pages a person sees. Ids and names are stable: people, puppeteer and the scripted person
 * (person.ts) click the same ones. Every form posts to the address it is on, with `action` saying which
 * button it was, and works without script.
 */

const PROVIDER = 'Google';

/** Address and password. Ids: `sign-in`, `email`, `password`, `next`, `wrong`. */
export function signInPage(view: {
  readonly client: GoogleClient;
  /** What stands in the address field already. */
  readonly typed: string;
  readonly wrong: boolean;
  readonly accounts: readonly GoogleAccount[];
}): PeerAnswer {
  const wrong = '<p class="bad" id="wrong" role="alert">Wrong address or password. Try again.</p>';
  const known = view.accounts
    .map(({ email, password }) => `<code>${escapeHtml(email)}</code> (${escapeHtml(password)})`)
    .join(', ');
  return pageAnswer({
    provider: PROVIDER,
    title: 'Sign in - Google Accounts',
    body: `<h1>Sign in</h1>
<p>to continue to ${escapeHtml(view.client.appName)}</p>
${view.wrong ? wrong : ''}
<form id="sign-in" method="post">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="off" required${view.typed === '' ? ' autofocus' : ''} value="${escapeHtml(view.typed)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off" required${view.typed === '' ? '' : ' autofocus'}>
<div class="acts"><button class="main" id="next" name="action" value="sign-in">Next</button></div>
</form>`,
    footer: `Accounts that exist here: ${known}.`,
  });
}

/** Which of the signed-in accounts. Ids: `chooser`, `account-1` …, `use-another`. */
export function chooserPage(view: {
  readonly client: GoogleClient;
  readonly accounts: readonly GoogleAccount[];
}): PeerAnswer {
  const rows = view.accounts.map(
    ({ email, name }, at) =>
      `<li><button class="row" id="account-${at + 1}" name="choose" value="${escapeHtml(email)}">${escapeHtml(name)}<small>${escapeHtml(email)}</small></button></li>`,
  );
  return pageAnswer({
    provider: PROVIDER,
    title: 'Choose an account - Google Accounts',
    body: `<h1>Choose an account</h1>
<p>to continue to ${escapeHtml(view.client.appName)}</p>
<form id="chooser" method="post">
<ul>
${rows.join('\n')}
<li><button class="row" id="use-another" name="action" value="use-another">Use another account</button></li>
</ul>
</form>`,
  });
}

/** "Google hasn't verified this app" (PROVIDERS.md A2). Ids: `warning`, `proceed`, `back`. */
export function unverifiedPage(client: GoogleClient): PeerAnswer {
  return pageAnswer({
    provider: PROVIDER,
    title: 'App not verified - Google Accounts',
    body: `<h1>Google hasn’t verified this app</h1>
<p>${escapeHtml(client.appName)} is asking for sensitive access to your account. Until its developer
has been verified, go on only if you know and trust them.</p>
<form id="warning" method="post">
<div class="acts">
<button class="main" id="back" name="action" value="deny">Back to safety</button>
<button id="proceed" name="action" value="proceed">Go to ${escapeHtml(client.appName)} (unsafe)</button>
</div>
</form>`,
  });
}

/** One line of the consent page. */
export interface ConsentLine {
  readonly scope: string;
  /** Null: no box, it comes with the rest. */
  readonly ticked: boolean | null;
}

/**
 * What the app may do. Ids: `consent`, `scope-<last part of the name>` (dots as dashes, as in
 * `scope-gmail-send`; `data-scope` has the full name), `select-all`, `allow`, `deny`.
 */
export function consentPage(view: {
  readonly client: GoogleClient;
  readonly account: GoogleAccount;
  readonly lines: readonly ConsentLine[];
}): PeerAnswer {
  const app = escapeHtml(view.client.appName);
  const boxes = view.lines.some(({ ticked }) => ticked !== null);
  const selectAll = boxes
    ? '<li><label><input type="checkbox" id="select-all" autocomplete="off"> <span>Select all</span></label></li>'
    : '';
  return pageAnswer({
    provider: PROVIDER,
    title: 'Allow access - Google Accounts',
    body: `<h1>${boxes ? `Select what ${app} can access` : `${app} wants access to your Google Account`}</h1>
<p class="soft">${escapeHtml(view.account.email)}</p>
<form id="consent" method="post">
<ul>
${selectAll}
${view.lines.map(consentLine).join('\n')}
</ul>
<p class="soft">You can take this back at any time in your Google Account.</p>
<div class="acts">
<button class="main" id="allow" name="action" value="allow">Continue</button>
<button id="deny" name="action" value="deny">Cancel</button>
</div>
</form>`,
    ...(boxes && { script: SELECT_ALL }),
  });
}

const SELECT_ALL = `
const all = document.getElementById('select-all');
const boxes = [...document.querySelectorAll('[name=scope]')];
const show = () => { all.checked = boxes.every((box) => box.checked) };
all.addEventListener('change', () => { for (const box of boxes) box.checked = all.checked });
for (const box of boxes) box.addEventListener('change', show);
show();`;

function consentLine({ scope, ticked }: ConsentLine): string {
  const sentence = escapeHtml(scopeNamed(scope)?.sentence ?? scope);
  if (ticked === null) return `<li><span>${sentence}.</span></li>`;
  const name = escapeHtml(scope);
  return `<li><label><input type="checkbox" id="${boxId(scope)}" name="scope" value="${name}" data-scope="${name}" autocomplete="off"${ticked ? ' checked' : ''}> <span>${sentence}.</span></label></li>`;
}

/** The id of a scope's box on the consent page. */
export function boxId(scope: string): string {
  const last = scope.replace(/\/$/, '').replace(/^.*\//, '');
  return `scope-${last.replaceAll(/[^a-z0-9]+/gi, '-')}`;
}

/** Google's own error page; the browser is not sent back. Ids: `error-code`, `error-detail`. */
export function errorPage(error: AuthorizeError, appName: string): PeerAnswer {
  return pageAnswer({
    provider: PROVIDER,
    title: 'Error - Google Accounts',
    status: error.status,
    body: `<h1>Access blocked: ${escapeHtml(appName)}’s request is invalid</h1>
<p>You can’t sign in because this app sent an invalid request.</p>
<p id="error-code"><b>Error ${error.status}: ${escapeHtml(error.code)}</b></p>
<p class="soft" id="error-detail">${escapeHtml(error.detail)}</p>`,
  });
}
