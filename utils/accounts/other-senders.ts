import {
  hasControlCharacter,
  isAddress,
  sameAddress,
  type Mailbox,
  type OtherSender,
} from '../mail/mail.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { OtherSendersOutcome } from './accounts.ts';
import { canHaveRung } from './granted-rungs.ts';

type Problem = Extract<OtherSendersOutcome, { kind: 'problems' }>['problems'][number];

/** Notes the further addresses that may stand in From: all or, where one can't be used, none. */
export async function setOtherSenders(
  { book, providers }: Pick<AccountsDesk, 'book' | 'providers'>,
  accountId: string,
  typed: readonly OtherSender[],
): Promise<OtherSendersOutcome> {
  const record = await book.find(accountId);
  if (!record) return { kind: 'gone' };
  const declaration = providers.get(record.providerId)?.declaration;
  const mayShare = declaration !== undefined && canHaveRung(declaration, record, 'shared-mailbox');
  const read = typed.map((each) => ({
    ...each,
    name: each.name.trim(),
    address: each.address.trim(),
  }));
  const problems = read.flatMap((sender, index): readonly Problem[] => {
    const what = faultOf(sender);
    if (what !== null) return [{ index, what }];
    return sender.kind === 'shared-mailbox' && !mayShare ? [{ index, what: 'kind' }] : [];
  });
  if (problems.length > 0) return { kind: 'problems', problems };
  const otherSenders = read.filter(
    ({ address }, at) => read.findIndex((each) => sameAddress(each.address, address)) === at,
  );
  const stored = await book.change(accountId, (current) => ({ ...current, otherSenders }));
  return stored ? { kind: 'saved', otherSenders } : { kind: 'gone' };
}

function faultOf({ name, address }: Mailbox): 'name' | 'address' | null {
  if (!isAddress(address)) return 'address';
  return hasControlCharacter(name) ? 'name' : null;
}
