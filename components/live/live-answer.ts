import type {
  AnswerOf,
  Change,
  Client,
  MessageError,
  MessageName,
  RequestOf,
} from '../../utils/messaging/messaging.ts';

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
export interface LiveAnswer<T> {
  current(): Asked<T>;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
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
  let state: Asked<AnswerOf<Name>> = { kind: 'asking' };
  let turn = 0;
  const listeners = new Set<() => void>();

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
    if (answer.ok) state = { kind: 'answered', value: answer.value, error: null };
    // What was shown before is not to be seen any more.
    else if (answer.error.code === 'locked') state = { kind: 'failed', error: answer.error };
    else if (state.kind === 'answered') state = { ...state, error: answer.error };
    else state = { kind: 'failed', error: answer.error };
    for (const listener of listeners) listener();
  };
  const stop = client.onChange((change) => {
    if (ask.changes.includes(change)) void refresh();
  });
  void refresh();

  return {
    current: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh,
    stop,
  };
}
