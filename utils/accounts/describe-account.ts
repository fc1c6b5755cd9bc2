import { hasControlCharacter, isAddress, sameAddress, type Mailbox } from '../mail/mail.ts';
import type { AccountBook } from './account-book.ts';
import type { AccountColour, AliasesOutcome } from './accounts.ts';

/** What a person typed as an alias. */
interface TypedMailbox {
  readonly name: string;
  readonly address: string;
}

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

/** Notes the further addresses of an account: all or, where one can't be used, none. */
export async function setAliases(
  book: AccountBook,
  accountId: string,
  typed: readonly TypedMailbox[],
): Promise<AliasesOutcome> {
  const read = typed.map(({ name, address }) => ({ name: name.trim(), address: address.trim() }));
  const problems = read.flatMap((mailbox, index) => {
    const what = faultOf(mailbox);
    return what === null ? [] : [{ index, what }];
  });
  if (problems.length > 0) return { kind: 'problems', problems };
  const aliases = read.filter(
    ({ address }, at) => read.findIndex((each) => sameAddress(each.address, address)) === at,
  );
  const stored = await book.change(accountId, (record) => ({ ...record, aliases }));
  return stored ? { kind: 'saved', aliases } : { kind: 'gone' };
}

function faultOf({ name, address }: Mailbox): 'name' | 'address' | null {
  if (!isAddress(address)) return 'address';
  return hasControlCharacter(name) ? 'name' : null;
}
