import browser from 'webextension-polyfill';
import type { Notices } from './platform.ts';

const RIGHT = { permissions: ['notifications' as const] };
const NOTICE_ID = 'needs-you';

/** The real system's notifications, for pages (asking) and the worker (showing). */
export function createNotices(): Notices {
  const allowed = (): Promise<boolean> => browser.permissions.contains(RIGHT);
  return {
    allowed,
    allow: () => browser.permissions.request(RIGHT),
    forbid: () => browser.permissions.remove(RIGHT),
    async show({ title, text }) {
      if (!(await allowed())) return;
      const iconUrl = browser.runtime.getURL('/icon/128.png');
      await browser.notifications.create(NOTICE_ID, {
        type: 'basic',
        iconUrl,
        title,
        message: text,
      });
    },
  };
}

/** Hears clicks on our notification. To be called in the worker's first tick. */
export function onNoticeClick(listener: () => void): void {
  let listening = false;
  const listen = (): void => {
    // The API is there only with the right to it, which may be given while this worker lives. Until then Firefox has a
    // property for it that is undefined.
    const api: unknown = browser.notifications;
    if (listening || api === undefined) return;
    listening = true;
    browser.notifications.onClicked.addListener((id) => {
      if (id === NOTICE_ID) listener();
    });
  };
  listen();
  browser.permissions.onAdded.addListener(listen);
}
