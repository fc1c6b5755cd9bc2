import { liveAccounts, mountPage } from '../../components/live/mount-page.ts';
import { OutboxPage } from '../../components/outbox/OutboxPage.tsx';
import { createPageBrowser } from '../../utils/platform/browser-platform.ts';

mountPage(createPageBrowser(), (client) => <OutboxPage accounts={liveAccounts(client)} />);
