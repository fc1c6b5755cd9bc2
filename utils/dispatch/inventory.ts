import type { InventoryLine } from '../messaging/messaging.ts';
import type { StorageArea } from '../platform/platform.ts';
import type { Rooms } from './rooms.ts';

/** What the kinds of records in the browser's storage are, in words. */
const KINDS: Readonly<Record<string, { what: string; until: string }>> = {
  account: { what: 'Linked accounts', until: 'until you remove the account' },
  'oauth-client': { what: 'OAuth clients that you entered', until: 'until you remove them' },
  'access-token': {
    what: 'Access tokens',
    until: 'until they expire (about an hour) or the browser closes',
  },
};

const SETTINGS_WORDS = 'Settings (random ids, numbers, switches)';

/** Everything that is stored on this device now, counted in the stores themselves. */
export async function takeInventory(rooms: Rooms): Promise<readonly InventoryLine[]> {
  const [{ activityRetentionDays }, mails, calls, keys, local, session] = await Promise.all([
    rooms.settings.get(),
    rooms.outbox.inventory(),
    rooms.activity.inventory(),
    keyLines(rooms),
    areaLines(rooms.local, 'storage.local'),
    areaLines(rooms.session, 'storage.session (memory only)'),
  ]);
  const logs = calls.map((stock) => activityLine(stock, activityRetentionDays));
  return [...local, ...session, ...mails.map(mailLine), ...logs, ...keys];
}

async function areaLines(area: StorageArea, where: string): Promise<InventoryLine[]> {
  const lines = new Map<string, InventoryLine>();
  for (const [key, value] of await area.entries()) {
    const kind = key.includes('/') ? (key.split('/')[0] ?? key) : key;
    const sealed = key.includes('/');
    const known = KINDS[kind];
    const line = lines.get(kind) ?? {
      what: known?.what ?? (sealed ? `Records of the kind “${kind}”` : SETTINGS_WORDS),
      where,
      protection: sealed ? 'sealed' : 'plain',
      count: 0,
      sizeBytes: 0,
      oldestAt: null,
      until: known?.until ?? 'until you erase everything',
    };
    lines.set(kind, {
      ...line,
      count: line.count + 1,
      sizeBytes: line.sizeBytes + key.length + JSON.stringify(value).length,
    });
  }
  return [...lines.values()];
}

const MAIL_WORDS = {
  drafts: { what: 'Drafts', until: 'until you send or discard them' },
  mails: { what: 'Mails that wait or need a decision', until: 'until they are sent, then wiped' },
  files: {
    what: 'Files of drafts and waiting mails',
    until: 'until their mail is sent or discarded, then wiped',
  },
  receipts: {
    what: 'Receipts of sent mails (ids and times)',
    until: 'until you dismiss them, or 30 days',
  },
} as const;

type MailStock = Awaited<ReturnType<Rooms['outbox']['inventory']>>[number];

function mailLine(stock: MailStock): InventoryLine {
  return {
    ...MAIL_WORDS[stock.kind],
    where: 'IndexedDB “outbox”',
    protection: stock.kind === 'receipts' ? 'plain' : 'sealed',
    count: stock.count,
    sizeBytes: stock.sizeBytes,
    oldestAt: stock.oldestAt,
  };
}

const ACTIVITY_WORDS = {
  calls: 'Call log (times, hosts, sizes, results)',
  events: 'Activity (counts, times, codes)',
} as const;

type ActivityStock = Awaited<ReturnType<Rooms['activity']['inventory']>>[number];

function activityLine(stock: ActivityStock, keptDays: number): InventoryLine {
  return {
    what: ACTIVITY_WORDS[stock.kind],
    until: `kept ${keptDays} days`,
    where: 'IndexedDB “activity”',
    protection: 'plain',
    count: stock.count,
    sizeBytes: stock.sizeBytes,
    oldestAt: stock.oldestAt,
  };
}

async function keyLines({ vault }: Rooms): Promise<InventoryLine[]> {
  const keys = await vault.inventory();
  if (!keys) return [];
  const line = { where: 'IndexedDB “vault”', protection: 'key', count: 1, sizeBytes: 0 } as const;
  return [
    {
      ...line,
      what: 'Data key, wrapped',
      oldestAt: keys.createdAt,
      until: 'until you erase everything',
    },
    ...(keys.deviceKeyCreatedAt === null
      ? []
      : [
          {
            ...line,
            what: 'Device key, which the browser does not hand out',
            oldestAt: keys.deviceKeyCreatedAt,
            until: 'until you erase everything',
          },
        ]),
  ];
}
