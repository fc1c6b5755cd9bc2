import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import privacyStatement from '../../PRIVACY.md?raw';
import { createPageBrowser } from '../../utils/platform/browser-platform.ts';

mountPage(createPageBrowser(), (client) => (
  <OptionsPage accounts={liveAccounts(client)} privacyStatement={privacyStatement} />
));
