import type { OAuth } from '../oauth/oauth.ts';
import type { Clock, Random } from '../platform/platform.ts';
import type { MailProvider, ProviderId } from '../providers/providers.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { AccountBook } from './account-book.ts';
import type { Exclusively } from './accounts.ts';
import type { ClientBook } from './client-book.ts';

/** Everything that the acts of this room work with. */
export interface AccountsDesk {
  readonly book: AccountBook;
  readonly clients: ClientBook;
  readonly tokens: AccessTokens;
  readonly oauth: OAuth;
  readonly providers: ReadonlyMap<ProviderId, MailProvider>;
  readonly clock: Clock;
  readonly random: Random;
  readonly exclusively: Exclusively;
}
