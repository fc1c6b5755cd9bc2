import type { Channel } from '../platform/platform.ts';
import type { Result } from '../result/result.ts';
import type { AnswerOf, MessageName, RequestOf } from './messages.ts';

/** Why the worker did not do what it was asked; `userText` can be shown as it is. */
export interface MessageError {
  /** `not-allowed`, `not-understood`, `failed`, `no-answer`, or a room's own error code. */
  readonly code: string;
  readonly userText: string;
}

/** What changed in the worker; pages ask again for what they show of it. */
export type Change = 'accounts' | 'outbox' | 'privacy' | 'lock' | 'suppressions';

/** A page's way to the worker. */
export interface Client {
  /** Asks for one act. Never rejects. */
  ask<Name extends MessageName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<Result<AnswerOf<Name>, MessageError>>;
  /** Hears what changed. Returns the way to stop listening. */
  onChange(listener: (change: Change) => void): () => void;
}

/** The client that pages use. Answers are taken as they come: they come from our own worker, which parsed them. */
export function createClient(channel: Channel): Client {
  return {
    async ask<Name extends MessageName>(name: Name, request: RequestOf<Name>) {
      try {
        const message = { name, request };
        const answer = await (BY_CLONE.has(name)
          ? channel.askByClone(message)
          : channel.ask(message));
        return isResult<AnswerOf<Name>>(answer) ? answer : NO_ANSWER;
      } catch {
        return NO_ANSWER;
      }
    },
    onChange: (listener) =>
      channel.onTold((news) => {
        if (isChange(news)) listener(news);
      }),
  };
}

/** Messages that carry bytes, which JSON can't. */
const BY_CLONE: ReadonlySet<MessageName> = new Set(['attachments.put']);

const NO_ANSWER = {
  ok: false,
  error: {
    code: 'no-answer',
    userText:
      'Postern’s background did not answer. Nothing was lost: what was saved is still there. Close this window and open it again.',
  },
} as const;

function isResult<T>(answer: unknown): answer is Result<T, MessageError> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}

const CHANGES: readonly unknown[] = [
  'accounts',
  'outbox',
  'privacy',
  'lock',
  'suppressions',
] satisfies readonly Change[];

function isChange(news: unknown): news is Change {
  return CHANGES.includes(news);
}
