import type {
  AnswerOf,
  Change,
  Client,
  MessageError,
  MessageName,
  RequestOf,
} from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';
import { createWatched, type Watched } from './watched.ts';

/** What is known of an answer. A failure after an answer keeps the answer, so that nothing vanishes from sight. */
export type Asked<T> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly value: T; readonly error: MessageError | null }
  | { readonly kind: 'failed'; readonly error: MessageError };

/** Why the last question failed; null when it did not, or is still being asked. */
export function errorOf(asked: Asked<unknown>): MessageError | null {
  return asked.kind === 'asking' ? null : asked.error;
}

/** An answer of the worker that is asked for again whenever the worker says that it changed. */
export interface LiveAnswer<T> extends Watched<Asked<T>> {
  /** Asks again now. */
  refresh(): Promise<void>;
  stop(): void;
}

/** Asks at once, before anything is drawn. */
export function createLiveAnswer<Name extends MessageName>(
  client: Client,
  ask: {
    readonly name: Name;
    readonly request: RequestOf<Name>;
    readonly changes: readonly Change[];
  },
): LiveAnswer<AnswerOf<Name>> {
  const state = createWatched<Asked<AnswerOf<Name>>>({ kind: 'asking' });
  let turn = 0;

  const refresh = async (): Promise<void> => {
    const mine = ++turn;
    let answer = await client.ask(ask.name, ask.request);
    // The worker died while it was asked. Only reads are asked for here, so the next one may be asked
    // the same; what changed just before the death would stay unseen otherwise.
    if (!answer.ok && answer.error.code === 'no-answer' && mine === turn) {
      answer = await client.ask(ask.name, ask.request);
    }
    // A later question has a later answer; this one is old news.
    if (mine !== turn) return;
    state.value = after(state.value, answer);
  };
  const stop = client.onChange((change) => {
    if (ask.changes.includes(change)) void refresh();
  });
  void refresh();

  return Object.assign(state, { refresh, stop });
}

function after<T>(before: Asked<T>, answer: Result<T, MessageError>): Asked<T> {
  if (answer.ok) return { kind: 'answered', value: answer.value, error: null };
  // What was shown before is not to be seen any more, once it is locked.
  if (before.kind !== 'answered' || answer.error.code === 'locked') {
    return { kind: 'failed', error: answer.error };
  }
  return { ...before, error: answer.error };
}
