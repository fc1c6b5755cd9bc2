import { ComposePage } from '../../components/compose/ComposePage.tsx';
import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
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
  <ComposePage
    draftId={new URLSearchParams(location.search).get('draft')}
    accounts={liveAccounts(client)}
  />
));
