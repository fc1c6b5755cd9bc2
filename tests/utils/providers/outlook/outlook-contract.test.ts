import { describeMailProvider } from '../../../contracts/mail-provider-contract.ts';
import { openOutlookBench } from './outlook-bench.ts';

describeMailProvider('Outlook with the right to send alone', () => openOutlookBench(['send']));
describeMailProvider('Outlook with the right to write drafts', () =>
  openOutlookBench(['send', 'drafts']),
);
describeMailProvider('Outlook with the right to shared mailboxes', () =>
  openOutlookBench(['send', 'shared-mailbox']),
);
describeMailProvider('Outlook with every right to send', () =>
  openOutlookBench(['send', 'drafts', 'shared-mailbox']),
);
