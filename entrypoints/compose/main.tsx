import { ComposePage } from '../../components/compose/ComposePage.tsx';
import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { createPageBrowser } from '../../utils/platform/browser-platform.ts';

mountPage(createPageBrowser(), (client) => (
  <ComposePage
    draftId={new URLSearchParams(location.search).get('draft')}
    accounts={liveAccounts(client)}
  />
));
