import type { AccountBook } from './account-book.ts';
import type { AccountColour } from './accounts.ts';

/** Notes how the person tells an account from others. False when there is no such account. */
export async function describeAccount(
  book: AccountBook,
  accountId: string,
  { label, colour }: { readonly label: string; readonly colour: AccountColour | null },
): Promise<boolean> {
  const clean = label.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const stored = await book.change(accountId, (record) => ({ ...record, label: clean, colour }));
  return stored !== null;
}

/** Brings accounts into this order; those that are not named come after, as they stood. */
export async function reorderAccounts(book: AccountBook, ids: readonly string[]): Promise<void> {
  const { records } = await book.list();
  const placeOf = (id: string): number => {
    const place = ids.indexOf(id);
    return place === -1 ? ids.length : place;
  };
  const wanted = records
    .toSorted((a, b) => a.value.position - b.value.position)
    .toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
  for (const [position, { id }] of wanted.entries()) {
    await book.change(id, (record) => ({ ...record, position }));
  }
}
