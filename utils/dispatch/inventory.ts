import type { InventoryLine } from '../messaging/messaging.ts';
import type { StorageArea } from '../platform/platform.ts';
import type { Rooms } from './rooms.ts';
import { KEYS, namelessThing, STORES } from './stored-things.ts';

/**
 * Everything that is stored on this device now.
 *
 * Rooms report their own stock, and beside that every database, object store and key that the
 * browser has is looked at from outside: what no room tells of gets a line as well. So the list is
 * complete even where a name is missing.
 */
export async function takeInventory(rooms: Rooms): Promise<readonly InventoryLine[]> {
  const [{ activityRetentionDays }, mails, calls, keys, others, ...areas] = await Promise.all([
    rooms.settings.get(),
    rooms.outbox.inventory(),
    rooms.activity.inventory(),
    keyLines(rooms),
    otherStores(rooms),
    areaLines(rooms.local, 'storage.local'),
    areaLines(rooms.session, 'storage.session (memory only)'),
    areaLines(rooms.sync, 'storage.sync (follows you)'),
  ]);
  const logs = calls.map((stock) => activityLine(stock, activityRetentionDays));
  return [...areas.flat(), ...mails.map(mailLine), ...logs, ...others, ...keys];
}

async function areaLines(area: StorageArea, where: string): Promise<InventoryLine[]> {
  const lines = new Map<string, InventoryLine>();
  for (const [key, value] of await area.entries()) {
    const kind = key.split('/')[0] ?? key;
    const thing = Object.hasOwn(KEYS, kind) ? KEYS[kind] : undefined;
    const line = lines.get(kind) ?? {
      ...(thing ?? namelessThing(kind)),
      where,
      count: 0,
      sizeBytes: 0,
      oldestAt: null,
    };
    lines.set(kind, {
      ...line,
      count: line.count + 1,
      sizeBytes: line.sizeBytes + key.length + JSON.stringify(value).length,
    });
  }
  return [...lines.values()];
}

/** The stores that no room reports. Empty ones without a name are shown too: they should not be there. */
async function otherStores({ databases }: Rooms): Promise<InventoryLine[]> {
  return (await databases.count()).flatMap(({ database, store, count }) => {
    const name = `${database}/${store}`;
    const thing = Object.hasOwn(STORES, name) ? STORES[name] : namelessThing(name);
    if (!thing || (count === 0 && Object.hasOwn(STORES, name))) return [];
    return [{ ...thing, where: `IndexedDB “${database}”`, count, sizeBytes: 0, oldestAt: null }];
  });
}

const MAIL_WORDS = {
  drafts: { what: 'Drafts', until: 'until you send or discard them' },
  mails: { what: 'Mails that wait or need a decision', until: 'until they are sent, then wiped' },
  files: {
    what: 'Files of drafts and waiting mails',
    until: 'until their mail is sent or discarded, then wiped',
  },
  merges: {
    what: 'Results of merges (who got a mail, and what became of it)',
    until: 'until you dismiss them',
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
    until: keptDays === 1 ? 'kept 1 day' : `kept ${keptDays} days`,
    where: 'IndexedDB “activity”',
    protection: 'plain',
    count: stock.count,
    sizeBytes: stock.sizeBytes,
    oldestAt: stock.oldestAt,
  };
}

const WRAP_WORDS = {
  device: 'Data key, wrapped by the device key',
  passphrase: 'Data key, wrapped by your passphrase',
  passkey: 'Data key, wrapped by your passkey',
  unknown: 'Data key, wrapped by something that a newer version added',
} as const;

async function keyLines({ vault }: Rooms): Promise<InventoryLine[]> {
  const keys = await vault.inventory();
  if (!keys) return [];
  const line = {
    where: 'IndexedDB “vault”',
    protection: 'key',
    count: 1,
    sizeBytes: 0,
    until: 'until you erase everything',
  } as const;
  const wraps = keys.wraps.map(({ type, createdAt }) => ({
    ...line,
    what: WRAP_WORDS[type],
    oldestAt: createdAt,
  }));
  const device = {
    ...line,
    what: 'Device key, which the browser does not hand out',
    oldestAt: keys.deviceKeyCreatedAt,
  };
  const retired = {
    ...line,
    what: 'Data keys of before, sealed',
    count: keys.retired,
    oldestAt: null,
    until: 'until everything is sealed by the new one',
  };
  return [
    ...wraps,
    ...(keys.deviceKeyCreatedAt === null ? [] : [device]),
    ...(keys.retired === 0 ? [] : [retired]),
  ];
}
