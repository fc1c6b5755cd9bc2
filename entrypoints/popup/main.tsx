import { createLiveAnswer } from '../../components/live/live-answer.ts';
import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import {
  createChannel,
  createHostPermissions,
  createNotices,
  createPasskeys,
} from '../../utils/platform/browser-platform.ts';

const browser = {
  channel: createChannel(),
  hostPermissions: createHostPermissions(),
  notices: createNotices(),
  passkeys: createPasskeys(),
};

mountPage(browser, (client) => (
  <PopupPage
    accounts={liveAccounts(client)}
    outbox={createLiveAnswer(client, {
      name: 'outbox.list',
      request: {},
      changes: ['outbox', 'lock'],
    })}
  />
));
