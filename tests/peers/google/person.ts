import { type Agent, type IncomingMessage, request as openRequest } from 'node:http';
import type { WebAuth } from '../../../utils/platform/platform.ts';
import type { HostRouter } from '../host-router.ts';
import { createMemoryAgent } from '../memory-agent.ts';
import { wholeBody } from '../request-body.ts';
import type { GoogleAccount } from './google-options.ts';

/** How a person behaves on the sign-in pages, of Google or Microsoft. Assign to change. */
export interface Habits {
  /** Who they sign in as, and choose when asked. */
  account: Pick<GoogleAccount, 'email' | 'password'>;
  /** Scopes (full names) whose boxes stay empty; all others are ticked. */
  untick: readonly string[];
  /** What they do when asked for consent, or with the first page they see. */
  consent: 'allow' | 'deny' | 'close-window';
  /** Microsoft's "Stay signed in?". */
  stay: boolean;
  /** Microsoft's "Need admin approval": turn back to the app, ask for approval, or close the window. */
  approval: 'return' | 'request' | 'close-window';
}

/** Where a visit to the authorisation endpoint ended. */
export type VisitEnd =
  | { readonly kind: 'redirected'; readonly url: string }
  /** On a page: one that wants the person, or an error page (`status` ≥ 400). */
  | { readonly kind: 'page'; readonly status: number; readonly html: string };

/** A scripted person with a browser of their own: real pages, real forms, cookies kept. */
export interface Person {
  readonly habits: Habits;
  /** Opens the address and, when `interactive`, works through the pages. */
  visit(url: string, interactive: boolean): Promise<VisitEnd>;
  /** The browser's identity window with this person in front of it. */
  readonly webAuth: WebAuth;
}

interface Browser {
  readonly agent: Agent;
  readonly cookies: Map<string, string>;
  readonly hosts: readonly string[];
}

/** A person in front of an empty browser. `extensionId` is the one in the redirect address. */
export function createPerson(
  router: HostRouter,
  options: Partial<Habits> & Pick<Habits, 'account'> & { readonly extensionId?: string },
): Person {
  const { extensionId = 'abcdefghijklmnopabcdefghijklmnop', ...given } = options;
  const habits: Habits = {
    untick: [],
    consent: 'allow',
    stay: true,
    approval: 'return',
    ...given,
  };
  const agent = createMemoryAgent(router);
  const cookies = new Map<string, string>();

  const visit: Person['visit'] = async (start, interactive) => {
    const browser = { agent, cookies, hosts: router.hosts };
    let end = await load(browser, start);
    for (let clicks = 0; interactive && clicks < 12; clicks += 1) {
      if (end.kind === 'redirected' || end.status >= 400) return end;
      const form = fillIn(end.html, habits);
      if (!form) return end;
      end = await load(browser, end.url, form);
    }
    return end;
  };

  return {
    habits,
    visit,
    webAuth: {
      redirectUri: (path) => `https://${extensionId}.chromiumapp.org/${path}`,
      launch: async ({ url, interactive }) => {
        const end = await visit(url, interactive);
        if (end.kind === 'redirected') return end;
        // Chrome gives up on an error status, interactive or not (PROVIDERS.md A1, "Error texts").
        if (end.status >= 400) {
          return { kind: 'failed', detail: 'Authorization page could not be loaded.' };
        }
        return { kind: interactive ? 'cancelled' : 'interaction-required' };
      },
    },
  };
}

/** What the person enters on this page, as the form would be posted; null when they do nothing. */
function fillIn(html: string, habits: Habits): URLSearchParams | null {
  const { account, untick, consent } = habits;
  if (consent === 'close-window') return null;
  const form = /<form id="([\w-]+)"/.exec(html)?.[1];
  switch (form) {
    case 'sign-in': {
      const { email, password } = account;
      return html.includes('id="wrong"')
        ? null
        : new URLSearchParams({ email, password, action: 'sign-in' });
    }
    case 'chooser':
      return html.includes(`value="${account.email}"`)
        ? new URLSearchParams({ choose: account.email })
        : new URLSearchParams({ action: 'use-another' });
    case 'warning':
      return new URLSearchParams({ action: consent === 'deny' ? 'deny' : 'proceed' });
    case 'consent': {
      if (consent === 'deny') return new URLSearchParams({ action: 'deny' });
      const boxes = [...html.matchAll(/data-scope="([^"]+)"/g)].map(([, scope = '']) => scope);
      const ticked = boxes.filter((scope) => !untick.includes(scope));
      return new URLSearchParams([['action', 'allow'], ...ticked.map((scope) => ['scope', scope])]);
    }
    case 'stay':
      return new URLSearchParams({ action: habits.stay ? 'stay' : 'no-stay' });
    case 'second-factor':
      return new URLSearchParams({ action: consent === 'deny' ? 'cancel' : 'second-factor' });
    case 'approval':
      if (habits.approval === 'close-window') return null;
      return new URLSearchParams({
        action: habits.approval === 'return' ? 'return' : 'request-approval',
      });
    default:
      return null;
  }
}

/** Follows redirects as long as they stay on hosts that are played. */
async function load(
  browser: Browser,
  address: string,
  form?: URLSearchParams,
): Promise<
  { readonly kind: 'redirected'; readonly url: string } | (VisitEnd & { kind: 'page'; url: string })
> {
  let url = address;
  let posting = form;
  for (let hops = 0; hops < 20; hops += 1) {
    const message = await send(browser, url, posting);
    for (const cookie of message.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      browser.cookies.set(name, value);
    }
    const html = (await wholeBody(message)).toString();
    const { location } = message.headers;
    if (location === undefined) return { kind: 'page', status: message.statusCode ?? 0, html, url };
    url = new URL(location, url).href;
    posting = undefined;
    if (!browser.hosts.includes(new URL(url).host)) return { kind: 'redirected', url };
  }
  throw new Error(`too many redirects from ${address}`);
}

function send(browser: Browser, address: string, form?: URLSearchParams): Promise<IncomingMessage> {
  const { host, pathname, search } = new URL(address);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const type = 'application/x-www-form-urlencoded';
  return new Promise((resolve, reject) => {
    const request = openRequest({
      agent: browser.agent,
      host,
      path: pathname + search,
      method: form ? 'POST' : 'GET',
      headers: { host, ...(cookie !== '' && { cookie }), ...(form && { 'content-type': type }) },
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.end(form?.toString());
  });
}
