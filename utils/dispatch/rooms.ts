import type { Accounts } from '../accounts/accounts.ts';
import type { Activity } from '../activity/activity.ts';
import type { Change } from '../messaging/messaging.ts';
import type {
  HostPermissions,
  StorageArea,
  StoredDatabases,
  Surface,
  Traces,
} from '../platform/platform.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ProviderDeclaration } from '../providers/providers.ts';
import type { FollowingSettings } from '../settings/settings.ts';
import type { Suppressions } from '../suppressions/suppressions.ts';
import type { Locking } from './locking.ts';
import type { Vault } from '../vault/vault.ts';

/** Everything that a message can set going, as entrypoints/background.ts puts it together. */
export interface Rooms {
  readonly accounts: Accounts;
  readonly outbox: Outbox;
  readonly settings: FollowingSettings;
  readonly activity: Activity;
  readonly vault: Vault;
  readonly locking: Locking;
  readonly declarations: readonly ProviderDeclaration[];
  readonly hostPermissions: HostPermissions;
  readonly local: StorageArea;
  readonly session: StorageArea;
  readonly sync: StorageArea;
  readonly databases: StoredDatabases;
  readonly traces: Traces;
  readonly surface: Pick<Surface, 'openWindow' | 'openTab'>;
  readonly suppressions: Suppressions;
  /** Tells every open page what changed. */
  readonly changed: (change: Change) => void;
}
