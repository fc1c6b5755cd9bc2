import browser, { type Menus, type Tabs } from 'webextension-polyfill';
import { readPage, type PageReadingParts } from './page-reading.ts';
import type { Clock, MenuClick, Surface } from './platform.ts';

/** All of the foot of a mail fits beside each other. */
const WINDOW_SIZE = { width: 760, height: 720 };

/** The real browser's surface. `scriptFile` is what reads a page. */
export function createSurface(scriptFile: string, clock: Pick<Clock, 'sleep'>): Surface {
  const reading: PageReadingParts = {
    // Looked up when it is called: the browser makes each namespace when it is first touched.
    execute: (injection) => browser.scripting.executeScript(injection),
    clock,
    scriptFile,
  };
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
    readPage: (tabId, wanted) => readPage(reading, tabId, wanted),
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
