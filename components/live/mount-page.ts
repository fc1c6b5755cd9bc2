import { h, render, type JSX } from 'preact';
import { createClient, type AnswerOf, type Client } from '../../utils/messaging/messaging.ts';
import type { PageBrowser } from '../../utils/platform/platform.ts';
import { createLiveAnswer, type LiveAnswer } from './live-answer.ts';
import { keepFocus } from './keep-focus.ts';
import { saveFile } from './save-file.ts';
import { ToolsContext, type Tools } from './tools.ts';

/**
 * Draws a page into its place, with the tools that its components use. `draw` is called once, at
 * once: what it asks the worker for is asked before anything is drawn, so that the worker wakes up
 * while the browser paints.
 */
export function mountPage(
  { channel, hostPermissions, notices, passkeys }: PageBrowser,
  draw: (client: Client) => JSX.Element,
): void {
  const client = createClient(channel);
  const page = draw(client);
  const tools: Tools = {
    client,
    hostPermissions,
    notices,
    passkeys,
    clock: { now: () => Date.now() },
    close: () => window.close(),
    saveFile,
  };
  const place = document.getElementById('page');
  if (!place) return;
  keepFocus(place);
  render(h(ToolsContext.Provider, { value: tools }, page), place);
}

/** The accounts, which every page shows. */
export function liveAccounts(client: Client): LiveAnswer<AnswerOf<'accounts.list'>> {
  return createLiveAnswer(client, {
    name: 'accounts.list',
    request: {},
    changes: ['accounts', 'lock'],
  });
}
