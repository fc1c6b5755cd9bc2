import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { MergePage } from '../../components/merge/MergePage.tsx';
import { createPageBrowser } from '../../utils/platform/browser-platform.ts';

mountPage(createPageBrowser(), (client) => (
  <MergePage id={new URLSearchParams(location.search).get('id')} accounts={liveAccounts(client)} />
));
