import type { AccountView } from '../../utils/messaging/messaging.ts';

/** What a person has said of an account of which they said nothing, and what goes with sending alone. */
export const PLAIN_ACCOUNT: Pick<
  AccountView,
  | 'accountType'
  | 'label'
  | 'colour'
  | 'otherSenders'
  | 'grants'
  | 'carriesMore'
  | 'larger'
  | 'consentPage'
> = {
  accountType: null,
  label: '',
  colour: null,
  otherSenders: [],
  grants: [{ rung: 'send', lasting: false, obtainedAt: null, endsAt: null }],
  carriesMore: [],
  larger: null,
  consentPage: 'https://myaccount.google.com/connections',
};
