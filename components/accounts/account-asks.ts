import type {
  AnswerOf,
  Client,
  MessageError,
  MessageName,
  RequestOf,
  RungName,
} from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';

type Answer<Name extends MessageName> = Promise<Result<AnswerOf<Name>, MessageError>>;

/** Acts on one account, as pages ask for them. None rejects; account-texts.ts has a text for each answer. */
export interface AccountAsks {
  /** Opens the provider's window for one more right. */
  grantRung(rung: RungName): Answer<'accounts.grant-rung'>;
  /** Revokes, then opens the provider's window again for what is kept. */
  stepDown(keep: readonly RungName[]): Answer<'accounts.step-down'>;
  describe(words: Omit<RequestOf<'accounts.describe'>, 'id'>): Answer<'accounts.describe'>;
  setOtherSenders(
    senders: RequestOf<'accounts.set-other-senders'>['senders'],
  ): Answer<'accounts.set-other-senders'>;
  /** Moves the account so many places among those that are shown; past an end it stays there. */
  move(places: number, shown: readonly string[]): Answer<'accounts.reorder'>;
}

/** The acts on the account with this id. */
export function accountAsks(client: Client, id: string): AccountAsks {
  return {
    grantRung: (rung) => client.ask('accounts.grant-rung', { id, rung }),
    stepDown: (keep) => client.ask('accounts.step-down', { id, keep }),
    describe: (words) => client.ask('accounts.describe', { id, ...words }),
    setOtherSenders: (senders) => client.ask('accounts.set-other-senders', { id, senders }),
    move: (places, shown) => client.ask('accounts.reorder', { ids: moved(shown, id, places) }),
  };
}

/** The list with one item so many places on; as it was when there is no such item. */
function moved(list: readonly string[], item: string, places: number): readonly string[] {
  const from = list.indexOf(item);
  if (from === -1) return list;
  const rest = list.toSpliced(from, 1);
  const to = Math.min(Math.max(from + places, 0), rest.length);
  return rest.toSpliced(to, 0, item);
}
