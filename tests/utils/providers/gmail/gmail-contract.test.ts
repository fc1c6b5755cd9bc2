import { describeMailProvider } from '../../../contracts/mail-provider-contract.ts';
import { openGmailBench } from './gmail-bench.ts';

describeMailProvider('Gmail', openGmailBench);
