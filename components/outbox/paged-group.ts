import type { Result } from '../../utils/result/result.ts';
import type {
  AnswerOf,
  Client,
  GroupCounts,
  MailView,
  MessageError,
} from '../../utils/messaging/messaging.ts';
import type { Asked, LiveAnswer } from '../live/live-answer.ts';
import { createWatched } from '../live/watched.ts';
import type { MailGroup } from '../mail/mail-acts.ts';

/** How many mails one question brings. */
export const PIECE = 30;

/** What is known of a group. */
export interface GroupSeen {
  /** How many mails each group has; null before the first answer. */
  readonly counts: GroupCounts | null;
  /** By their place in the group, from 0 for the newest. What was never in sight is not in it. */
  readonly mails: ReadonlyMap<number, MailView>;
  /** Why the last question failed; null when it did not. */
  readonly error: MessageError | null;
}

type Answer = Awaited<ReturnType<typeof askForPiece>>;

function askForPiece(
  client: Client,
  group: MailGroup,
  piece: number,
): Promise<Result<AnswerOf<'outbox.page'>, MessageError>> {
  return client.ask('outbox.page', { group, offset: piece * PIECE, limit: PIECE });
}

/** What is seen after these answers. One that failed leaves what was seen before, unless the lock has fallen. */
function withAnswers(
  before: GroupSeen,
  pieces: readonly number[],
  answers: readonly Answer[],
): GroupSeen {
  const mails = new Map(before.mails);
  let { counts } = before;
  let error: MessageError | null = null;
  for (const [at, answer] of answers.entries()) {
    if (!answer.ok) {
      if (answer.error.code === 'locked')
        return { counts: null, mails: new Map(), error: answer.error };
      error = answer.error;
      continue;
    }
    ({ counts } = answer.value);
    for (const [index, mail] of answer.value.mails.entries()) {
      mails.set((pieces[at] ?? 0) * PIECE + index, mail);
    }
  }
  return { counts, mails, error };
}

/** Returns the way to stop listening. */
function onNews(client: Client, askAgain: () => Promise<void>): () => void {
  return client.onChange((change) => {
    if (change === 'outbox' || change === 'lock') void askAgain();
  });
}

/** A group of the outbox that is asked for piece by piece, and again when it changes. */
export interface PagedGroup extends LiveAnswer<GroupSeen> {
  /** Asks for the pieces in which these places lie, as far as they are not known. */
  readonly show: (first: number, last: number) => void;
}

/** Asks for the first piece at once. What is out of sight is forgotten with the next change. */
export function createPagedGroup(client: Client, group: MailGroup): PagedGroup {
  const state = createWatched(answered({ counts: null, mails: new Map(), error: null }));
  let inSight: readonly number[] = [0];
  const known = new Set<number>();
  let turn = 0;
  let underWay = false;
  let changed = false;

  const ask = async (pieces: readonly number[], fresh: boolean): Promise<void> => {
    const mine = turn;
    for (const piece of pieces) known.add(piece);
    const answers = await Promise.all(pieces.map((piece) => askForPiece(client, group, piece)));
    // The group has changed since, and was asked for again.
    if (mine !== turn) return;
    for (const [at, answer] of answers.entries()) if (!answer.ok) known.delete(pieces[at] ?? 0);
    // After a failure what was seen stays in sight.
    const anew = fresh && answers.every(({ ok }) => ok);
    const seen = state.value.value;
    state.value = answered(
      withAnswers(anew ? { ...seen, mails: new Map() } : seen, pieces, answers),
    );
  };

  // One look at a time: while a large mail is sent there is news many times a second.
  const askAgain = async (): Promise<void> => {
    changed = true;
    if (underWay) return;
    underWay = true;
    while (changed) {
      changed = false;
      turn += 1;
      known.clear();
      await ask(inSight, true);
    }
    underWay = false;
  };
  const stop = onNews(client, askAgain);
  void askAgain();

  return Object.assign(state, {
    refresh: askAgain,
    stop,
    show(first: number, last: number): void {
      const from = Math.floor(Math.max(0, first) / PIECE);
      const to = Math.floor(Math.max(0, last) / PIECE);
      inSight = Array.from({ length: to - from + 1 }, (_, at) => from + at);
      const missing = inSight.filter((piece) => !known.has(piece));
      if (missing.length > 0) void ask(missing, false);
    },
  });
}

/** What is known of a group is an answer from the start: an empty one. */
function answered(seen: GroupSeen): Extract<Asked<GroupSeen>, { kind: 'answered' }> {
  return { kind: 'answered', value: seen, error: seen.error };
}
