import browser from 'webextension-polyfill';
import type { WebAuth, WebAuthOutcome } from './platform.ts';

/**
 * The browser's window for authorisation.
 *
 * The two options for silent attempts are Chrome's (113+): providers pass a silent attempt by
 * script, which Chrome would otherwise take for a page that wants the person. Firefox refuses
 * options that it doesn't know.
 */
export function createWebAuth(): WebAuth {
  return {
    redirectUri: (path) => browser.identity.getRedirectURL(path),
    async launch({ url, interactive, timeoutMs }) {
      const silent = { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: timeoutMs };
      const details = interactive || import.meta.env.FIREFOX ? {} : silent;
      try {
        const redirected = await browser.identity.launchWebAuthFlow({
          ...details,
          url,
          interactive,
        });
        return redirected ? { kind: 'redirected', url: redirected } : { kind: 'cancelled' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/**
 * Both browsers tell these cases apart by text alone (PROVIDERS A1, chromium
 * identity_constants.cc, gecko ext-identity.js).
 */
function outcomeOf(error: unknown): WebAuthOutcome {
  const text = error instanceof Error ? error.message : '';
  if (/interaction required|requires user interaction/i.test(text)) {
    return { kind: 'interaction-required' };
  }
  if (/timed out/i.test(text)) return { kind: 'timeout' };
  if (/did not approve|cancel|denied/i.test(text)) return { kind: 'cancelled' };
  return { kind: 'failed', detail: /could not be loaded/i.test(text) ? 'not-loaded' : 'unknown' };
}
