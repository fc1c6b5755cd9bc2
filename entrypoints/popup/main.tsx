import { createLiveAnswer } from '../../components/live/live-answer.ts';
import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import { createPageBrowser } from '../../utils/platform/browser-platform.ts';

mountPage(createPageBrowser(), (client) => (
  <PopupPage
    accounts={liveAccounts(client)}
    outbox={createLiveAnswer(client, {
      name: 'outbox.list',
      request: {},
      changes: ['outbox', 'lock'],
    })}
  />
));
