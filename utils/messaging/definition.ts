import * as z from 'zod/mini';
import { once } from '../once/once.ts';

/** Who may send a message. `page`: a page of this extension, in whatever window. */
type SenderRule = 'page';

interface Definition<Request extends z.core.SomeType, Answer extends z.core.SomeType> {
  readonly from: SenderRule;
  /** Both are built when the message first comes: a worker starts for one message, not for all. */
  readonly request: () => Request;
  readonly answer: () => Answer;
}

/** A message that any page of the extension may send. Both schemas are built when they are first asked for. */
export function fromPage<Request extends z.core.SomeType, Answer extends z.core.SomeType>(
  request: () => Request,
  answer: () => Answer,
): Definition<Request, Answer> {
  return { from: 'page', request: once(request), answer: once(answer) };
}

/** What a message asks that asks nothing further. */
export const nothing = once(() => z.object({}));
