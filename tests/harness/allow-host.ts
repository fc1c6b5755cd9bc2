import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer';
import { eventually } from './eventually.ts';
import { toolPath } from './tools.ts';

const execute = promisify(execFile);

/**
 * Asks for a host as a page of the product does, and allows it in the browser's own prompt with the
 * real keyboard. Puppeteer can't see that prompt, so the permission itself is what is waited for.
 * Needs Xvfb and xdotool.
 */
export async function allowHost(
  page: Page,
  { display, host }: { readonly display: string; readonly host: string },
): Promise<void> {
  const origins = [`https://${host}/*`];
  const press = (...keys: string[]): Promise<unknown> =>
    execute(toolPath('xdotool'), ['key', ...keys], { env: { ...process.env, DISPLAY: display } });
  const granted = (): Promise<boolean> =>
    page.evaluate((wanted) => chrome.permissions.contains({ origins: wanted }), origins);
  await page.bringToFront();
  await page.evaluate((wanted) => {
    // Answered when the person has answered the prompt, which is not waited for here.
    void chrome.permissions.request({ origins: wanted });
  }, origins);
  let rounds = 0;
  await eventually(
    async () => {
      if (await granted()) return true;
      rounds += 1;
      // Deny has the focus when the prompt opens; Allow is the next button.
      await press(...(rounds % 2 === 1 ? ['Tab', 'space'] : ['shift+Tab', 'space']));
      return granted();
    },
    { withinMs: 20_000, everyMs: 700, what: `${host} to be allowed` },
  );
}
