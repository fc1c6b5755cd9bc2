import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { MergePage } from '../../components/merge/MergePage.tsx';
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
  <MergePage id={new URLSearchParams(location.search).get('id')} accounts={liveAccounts(client)} />
));
