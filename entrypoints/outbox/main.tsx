import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { OutboxPage } from '../../components/outbox/OutboxPage.tsx';
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

mountPage(browser, (client) => <OutboxPage accounts={liveAccounts(client)} />);
