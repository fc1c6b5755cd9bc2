import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer';
import { eventually } from './eventually.ts';
import { toolPath } from './tools.ts';

const execute = promisify(execFile);

/**
 * Where the entry of the only extension stands in Chromium's context menu, counted from its end:
 * above Inspect on a link or a selection, above View page source and Inspect on a page.
 */
const entriesFromEnd = { link: 2, selection: 2, page: 3 } as const;

/** What was right-clicked, which decides what stands in the menu. */
export type MenuKind = keyof typeof entriesFromEnd;

/** Which entry to choose, and how to see that it was chosen. */
export interface MenuChoice {
  /** The X display that shows the browser. */
  readonly display: string;
  /** CSS selector of what is right-clicked. */
  readonly selector: string;
  readonly kind: MenuKind;
  /** Called while the menu is open and our entry is chosen, before it is pressed: for a picture. */
  readonly look?: () => void;
  /** When this comes true the choice has worked; when it does not within 4 s the menu is opened again. */
  readonly until: () => Promise<boolean>;
}

/**
 * Right-clicks an element with the real pointer and chooses the extension's entry of the native
 * menu with the real keyboard. Puppeteer can't see that menu, so its effect is what is waited for.
 * Needs Xvfb and xdotool: ask `missing('xvfb', 'xdotool')` before.
 */
export async function chooseFromNativeMenu(page: Page, choice: MenuChoice): Promise<void> {
  const xdotool = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, DISPLAY: choice.display };
    return (await execute(toolPath('xdotool'), args, { env })).stdout;
  };
  const windows = async (): Promise<ReadonlySet<string>> =>
    new Set((await xdotool('search', '--onlyvisible', '--name', '')).trim().split('\n'));

  const choose = async (): Promise<void> => {
    await page.bringToFront();
    const { x, y } = await screenPointOf(page, choice.selector);
    const before = await windows();
    await xdotool('mousemove', String(x), String(y), 'click', '3');
    // The menu is a window of its own; keys that come before it would go to the page.
    const menu = await eventually(
      async () => [...(await windows())].find((id) => !before.has(id)),
      { withinMs: 4000, what: 'the context menu' },
    );
    const up = Array<string>(entriesFromEnd[choice.kind]).fill('Up');
    await xdotool('key', '--delay', '60', ...up);
    if (choice.look) {
      await drawn(page);
      choice.look();
    }
    await xdotool('key', 'Return');
    await eventually(async () => !(await windows()).has(menu), {
      withinMs: 4000,
      what: 'the context menu to close',
    });
    await eventually(choice.until, { withinMs: 4000, what: 'the effect of the menu entry' });
  };

  for (let triesLeft = 2; ; triesLeft -= 1) {
    try {
      await choose();
      return;
    } catch (error) {
      if (triesLeft === 0) throw error;
      await xdotool('key', 'Escape', 'Escape');
    }
  }
}

/** The middle of an element in the display's pixels: nothing but the page knows where its window is. */
async function screenPointOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, (element) => {
    element.scrollIntoView({ block: 'center' });
    const box = element.getBoundingClientRect();
    const borderPx = (window.outerWidth - window.innerWidth) / 2;
    const topPx = window.outerHeight - window.innerHeight - borderPx;
    return {
      x: Math.round(window.screenX + borderPx + box.x + box.width / 2),
      y: Math.round(window.screenY + topPx + box.y + box.height / 2),
    };
  });
}

/** Two frames of the page: whatever the browser had to draw before is on the screen then. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
