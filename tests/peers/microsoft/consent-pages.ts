import { escapeHtml, pageAnswer } from '../page-frame.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import type { Consents } from './consents.ts';
import {
  accountNamed,
  type MicrosoftAccount,
  type MicrosoftClient,
  tenantOf,
} from './microsoft-options.ts';

/** What the two pages are made from. */
export interface ConsentPageParts {
  readonly accounts: readonly MicrosoftAccount[];
  readonly clients: readonly MicrosoftClient[];
  readonly consents: Consents;
}

/**
 * Where people take their consent back (PROVIDERS.md B3): myapps.microsoft.com for work accounts,
 * account.live.com/consent/Manage for personal ones. The real ones ask to sign in and show one account; these show
 * all of their kind. Ids: `apps`, and for each line `remove-1` ….
 */
export async function answerConsentPage(
  parts: ConsentPageParts,
  kind: 'work' | 'personal',
  request: PeerRequest,
): Promise<PeerAnswer> {
  if (request.method === 'POST') {
    const form = new URLSearchParams((await wholeBody(request.body)).toString());
    const [email = '', client = ''] = (form.get('remove') ?? '').split(' ');
    const account = accountNamed(parts.accounts, email);
    if (account)
      parts.consents.remove({ account: account.email, tenant: tenantOf(account), client });
    return { status: 303, headers: { location: request.url.href } };
  }
  const lines = parts.accounts
    .filter(({ tenant }) => (tenant === undefined) === (kind === 'personal'))
    .flatMap(({ email }) => parts.consents.clientsOf(email).map((client) => ({ email, client })));
  const rows = lines.map(({ email, client }, at) => {
    const app = parts.clients.find(({ id }) => id === client)?.appName ?? client;
    return `<li><button class="row" id="remove-${at + 1}" name="remove" value="${escapeHtml(`${email} ${client}`)}">Remove ${escapeHtml(app)}<small>${escapeHtml(email)}</small></button></li>`;
  });
  return pageAnswer({
    provider: 'Microsoft',
    title: kind === 'work' ? 'My Apps' : 'Apps and services you’ve given access',
    body: `<h1>Apps and services you’ve given access</h1>
${rows.length === 0 ? '<p id="none">No app has access.</p>' : `<form id="apps" method="post"><ul>${rows.join('\n')}</ul></form>`}`,
  });
}
