import type { JSX } from 'preact';
import type { AnswerOf, DraftView } from '../../utils/messaging/messaging.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { GiveRight } from '../options/GiveRight.tsx';

/** Whether recipients get a way to unsubscribe; where the sender can't give one, it is said at once. */
export function Unsubscribe(props: {
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly draft: Pick<DraftView, 'accountId' | 'content'>;
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
}): JSX.Element {
  const { chosen, onChoose, draft } = props;
  const asked = useLive(props.accounts);
  const lack = chosen && asked.kind === 'answered' ? lackOf(draft, asked.value) : null;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          autocomplete="off"
          checked={chosen}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
        />
        <span>
          Let recipients unsubscribe by mail: their program shows a button, and a mail with the
          subject “unsubscribe” comes to the address that this is from. Add them to your do-not-mail
          list then.
        </span>
      </label>
      {lack && <GiveRight account={lack.account} rung={lack.rung} why="unsubscribe" besides />}
    </>
  );
}

/** The right that the account lacks for it; null when it lacks none. What is looked at here is looked at again at the start. */
function lackOf(
  { accountId, content }: Pick<DraftView, 'accountId' | 'content'>,
  { accounts, providers }: AnswerOf<'accounts.list'>,
): Pick<Parameters<typeof GiveRight>[0], 'account' | 'rung'> | null {
  const account = accounts.find(({ id }) => id === accountId);
  if (!account || content.fromAlias === null) return null;
  const rung = providers.find(({ id }) => id === account.providerId)?.rungForHeadersFromOthers;
  return rung && !account.grantedRungs.includes(rung) ? { account, rung } : null;
}
