import browser, { type Menus, type Tabs } from 'webextension-polyfill';
import type { MenuClick, PageClick, Surface } from './platform.ts';

const WINDOW_SIZE = { width: 600, height: 700 };

/** The real browser's surface. */
export function createSurface(scriptFile: string): Surface {
  return {
    async openWindow(path) {
      const url = browser.runtime.getURL(path);
      const open = (await browser.tabs.query({})).find((tab) => tab.url === url);
      if (open?.windowId !== undefined) {
        await browser.windows.update(open.windowId, { focused: true });
        return;
      }
      await browser.windows.create({ url, type: 'popup', ...WINDOW_SIZE });
    },
    async openTab(path) {
      await browser.tabs.create({ url: browser.runtime.getURL(path) });
    },
    async showBadge(text, title) {
      await browser.action.setBadgeBackgroundColor({ color: BADGE_GROUND });
      await browser.action.setBadgeText({ text });
      await browser.action.setTitle({ title });
    },
    badgeText: () => browser.action.getBadgeText({}),
    async setMenu(title) {
      await browser.contextMenus.removeAll();
      browser.contextMenus.create({ id: MENU_ID, title, contexts: MENU_CONTEXTS });
    },
    readPage: (tabId, click) => readPage(scriptFile, tabId, click),
  };
}

/** Hears clicks on our menu entry. To be called in the worker's first tick. */
export function onMenuClick(listener: (click: MenuClick) => void): void {
  browser.contextMenus.onClicked.addListener((info: Menus.OnClickData, tab?: Tabs.Tab) => {
    listener({
      linkUrl: info.linkUrl ?? null,
      selectionText: info.selectionText ?? null,
      tabId: tab?.id ?? null,
    });
  });
}

const MENU_ID = 'write-to';
const MENU_CONTEXTS: Menus.ContextType[] = ['page', 'frame', 'link', 'selection', 'image'];
const BADGE_GROUND = '#9c2b20';

/**
 * Reads the page's main frame. Frames of the same origin are read from there; the right that a
 * click gives (activeTab) does not reach the others.
 */
async function readPage(scriptFile: string, tabId: number, click: PageClick): Promise<unknown> {
  const target = { tabId };
  try {
    await browser.scripting.executeScript({
      target,
      func: (clicked: unknown) => {
        Object.assign(globalThis, { posternClick: clicked });
      },
      args: [click],
    });
    const [answer] = await browser.scripting.executeScript({ target, files: [scriptFile] });
    return answer?.result ?? null;
  } catch {
    // Pages of the browser itself and of the web store can't be read; the person writes by hand.
    return null;
  }
}
