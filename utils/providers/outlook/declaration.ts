/** Outlook as plain data: what it takes, which hosts it lives on, and how a person links it. */
import type { ProviderDeclaration } from '../providers.ts';
import { authorization } from './authorization.ts';
import { UPLOAD_HOSTS } from './upload-hosts.ts';

const IDENTITY = ['openid', 'email', 'offline_access', 'User.Read'] as const;
const SEND = 'Mail.Send';

/**
 * Outlook.com and Microsoft 365. Scopes follow
 * https://learn.microsoft.com/graph/permissions-reference, limits
 * https://learn.microsoft.com/graph/outlook-send-mail-from-other-user, …/throttling-limits and
 * …/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits.
 */
export const declaration: ProviderDeclaration = {
  id: 'outlook',
  name: 'Outlook',
  rungs: {
    send: [...IDENTITY, SEND],
    // Reading comes with it: Microsoft has no right to write drafts alone.
    drafts: [...IDENTITY, SEND, 'Mail.ReadWrite'],
    read: [...IDENTITY, 'Mail.Read'],
    files: [...IDENTITY, 'Files.ReadWrite'],
    'shared-mailbox': [...IDENTITY, SEND, 'Mail.Send.Shared'],
  },
  // Private mailboxes have nobody to share them with: the scope is for work or school accounts only.
  workRungs: ['shared-mailbox'],
  // From another address a mail goes as JSON, which takes `x-` headers alone (PROVIDERS B2).
  rungForHeadersFromOthers: 'drafts',
  limits: {
    // A request may have 4 MB, and the message goes in it as base64.
    messageBytes: 3_000_000,
    recipients: 500,
    sendsPerMinute: 30,
    // 10,000 recipients a day at work, unpublished for private accounts: the provider says when.
    sendsPerDay: null,
    concurrentSends: 1,
  },
  // Files go one by one into a draft; a mailbox takes 35 MB unless its administrator chose another size.
  limitsWith: { drafts: { messageBytes: 35_000_000 } },
  readsBcc: true,
  hosts: ['login.microsoftonline.com', 'graph.microsoft.com', ...UPLOAD_HOSTS],
  // Firefox sends `Origin: null`, to which its token endpoint allows nobody to read the answer.
  hostsToAllowInFirefox: ['login.microsoftonline.com'],
  // Private accounts are led on from there to outlook.live.com.
  sentPage: 'https://outlook.office.com/mail/sentitems?login_hint={address}',
  authorization,
};
