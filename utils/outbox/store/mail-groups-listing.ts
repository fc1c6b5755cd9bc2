import { reading } from '../../platform/platform.ts';
import { MAIL_GROUPS, type MailGroup } from '../../vocabulary/vocabulary.ts';
import type { MailTables } from './mail-database.ts';
import { MAIL_PLACES, type MailPlace } from './mail-groups.ts';
import { readRecord } from './mail-record.ts';
import type { GroupCounts, GroupPage, ListedMail } from './mail-store.ts';

/** Everything with this place, whenever it was changed. */
function within(place: MailPlace): IDBKeyRange {
  return IDBKeyRange.bound([place], [place, []]);
}

/** How many mails each group has, by the index alone. Records that can't be read need the person. */
export async function countedGroups(tables: MailTables): Promise<GroupCounts> {
  const { placeless, places } = await countPlaces(tables);
  const entries = MAIL_GROUPS.map((group) => [group, places.get(group) ?? 0] as const);
  const counts = Object.fromEntries(entries) as Record<MailGroup, number>;
  return { ...counts, 'needs-you': counts['needs-you'] + placeless };
}

async function countPlaces(
  tables: MailTables,
): Promise<{ readonly placeless: number; readonly places: ReadonlyMap<MailPlace, number> }> {
  const store = reading(tables, 'mails').objectStore('mails');
  const index = store.index('place');
  const [all, ...each] = await Promise.all([
    store.count(),
    ...MAIL_PLACES.map((place) => index.count(within(place))),
  ]);
  const places = new Map(MAIL_PLACES.map((place, at) => [place, each[at] ?? 0]));
  return { placeless: all - each.reduce((sum, count) => sum + count, 0), places };
}

/** A piece of a group, newest first; what can't be read stands before all that needs the person. */
export async function listedGroup(
  tables: MailTables,
  { group, offset, limit }: GroupPage,
): Promise<readonly ListedMail[]> {
  const lost = group === 'needs-you' ? await placeless(tables) : [];
  const first = lost.slice(offset, offset + limit);
  const skipped = Math.max(0, offset - lost.length);
  const stored = await placedFrom(tables, { group, offset: skipped, limit: limit - first.length });
  const transaction = reading(tables, 'contents');
  return Promise.all(
    [...first, ...stored].map(async (mail) => ({
      found: readRecord(mail),
      content: (await transaction.objectStore('contents').get(mail.id)) ?? null,
    })),
  );
}

type Stored = { readonly id: string };

async function placedFrom(
  tables: MailTables,
  { group, offset, limit }: GroupPage,
): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  if (limit <= 0) return found;
  const index = reading(tables, 'mails').objectStore('mails').index('place');
  let cursor = await index.openCursor(within(group), 'prev');
  if (cursor && offset > 0) cursor = await cursor.advance(offset);
  while (cursor && found.length < limit) {
    found.push(cursor.value);
    cursor = await cursor.continue();
  }
  return found;
}

/** Nearly always there are none, and nothing is read. */
async function placeless(tables: MailTables): Promise<readonly Stored[]> {
  if ((await countPlaces(tables)).placeless === 0) return [];
  const known = new Set<unknown>(MAIL_PLACES);
  const all = await tables.getAll('mails');
  return all.filter(({ place, updatedAt }) => !known.has(place) || typeof updatedAt !== 'number');
}
