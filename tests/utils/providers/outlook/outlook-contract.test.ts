import { describeMailProvider } from '../../../contracts/mail-provider-contract.ts';
import { openOutlookBench } from './outlook-bench.ts';

describeMailProvider('Outlook with the right to send alone', () => openOutlookBench(['send']));
describeMailProvider('Outlook with the right to write drafts', () =>
  openOutlookBench(['send', 'drafts']),
);
