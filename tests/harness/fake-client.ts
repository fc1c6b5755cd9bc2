import type {
  AnswerOf,
  Change,
  Client,
  MessageError,
  MessageName,
  RequestOf,
} from '../../utils/messaging/messaging.ts';
import { err, ok, type Result } from '../../utils/result/result.ts';

/** What the fake worker answers, by message. A message without an entry gets `no-answer`. */
export type Script = {
  readonly [Name in MessageName]?: (
    request: RequestOf<Name>,
  ) => AnswerOf<Name> | MessageError | Promise<AnswerOf<Name> | MessageError>;
};

/** A message that was asked. */
export interface AskedMessage {
  readonly name: MessageName;
  readonly request: unknown;
}

/** A client without a worker: it follows a script and writes down what it was asked. */
export interface FakeClient extends Client {
  readonly asked: readonly AskedMessage[];
  /** The requests of one message, oldest first. */
  requests<Name extends MessageName>(name: Name): readonly RequestOf<Name>[];
  /** Answers differently from now on. */
  answer(more: Script): void;
  /** Tells the page that something changed. */
  tell(change: Change): void;
}

/** What a page is told when the worker is dead. */
export const NO_ANSWER: MessageError = {
  code: 'no-answer',
  userText: 'Postern’s background did not answer. What was saved is still there.',
};

/** A client that answers by `script`. */
export function createFakeClient(script: Script): FakeClient {
  let current = script;
  const asked: AskedMessage[] = [];
  const listeners = new Set<(change: Change) => void>();
  return {
    asked,
    requests: <Name extends MessageName>(name: Name) =>
      asked.filter((one) => one.name === name).map((one) => one.request as RequestOf<Name>),
    answer(more) {
      current = { ...current, ...more };
    },
    tell(change) {
      for (const listener of listeners) listener(change);
    },
    async ask<Name extends MessageName>(
      name: Name,
      request: RequestOf<Name>,
    ): Promise<Result<AnswerOf<Name>, MessageError>> {
      asked.push({ name, request });
      const reply = current[name];
      if (!reply) return err(NO_ANSWER);
      const answer = await reply(request);
      return isError(answer) ? err(answer) : ok(answer);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isError(answer: unknown): answer is MessageError {
  return typeof answer === 'object' && answer !== null && 'userText' in answer;
}
