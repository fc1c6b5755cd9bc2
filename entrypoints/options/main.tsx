import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import privacyStatement from '../../PRIVACY.md?raw';
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
  <OptionsPage accounts={liveAccounts(client)} privacyStatement={privacyStatement} />
));
