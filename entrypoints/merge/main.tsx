import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { MergePage } from '../../components/merge/MergePage.tsx';
import {
  createChannel,
  createHostPermissions,
  createPasskeys,
} from '../../utils/platform/browser-platform.ts';

const browser = {
  channel: createChannel(),
  hostPermissions: createHostPermissions(),
  passkeys: createPasskeys(),
};

mountPage(browser, (client) => (
  <MergePage id={new URLSearchParams(location.search).get('id')} accounts={liveAccounts(client)} />
));
