/**
 * Room `dispatch`: from a message to the room that does it.
 *
 * Sender check, then schema, then room, then schema again: an answer leaves parsed, so that it
 * holds what its view names and nothing else (the first answers by a copy: opening-views.ts). It
 * refuses unknown senders and unknown messages, never rejects, and never lets an error's text out of
 * the worker. Also here: what a click on our context menu sets going, and what the badge says. Called
 * by entrypoints/background.ts.
 */
import * as z from 'zod/mini';
import { isEnvelope, messages, openingMessages } from '../messaging/messaging.ts';
import type { AnswerOf, MessageError, MessageName, RequestOf } from '../messaging/messaging.ts';
import type { Log, MessageListener } from '../platform/platform.ts';
import { err, ok, type Result } from '../result/result.ts';
import { failureText } from './failure-texts.ts';
import { openingViews } from './opening-views.ts';

export { createHandlers } from './handlers.ts';
export type { Rooms } from './rooms.ts';
export { createWriteTo } from './write-to.ts';
export { createListeners } from './listeners.ts';
export { createLocking } from './locking.ts';
export { createNews } from './attention.ts';
export { clientsOfBuild } from './clients-of-build.ts';

/** One act for every message. A handler may throw; the page then hears of a failure with its code. */
export type Handlers = {
  readonly [Name in MessageName]: (request: RequestOf<Name>) => Promise<AnswerOf<Name>>;
};

/** Answers every message that pages send. The promise never rejects. */
export function createDispatch(parts: {
  readonly handlers: Handlers;
  readonly log: Log;
  /** True while the lock falls: what was begun may still be stored, and nothing new begins. */
  readonly isClosing: () => boolean;
}): MessageListener {
  return async (message, sender) => {
    if (!sender.ownPage) return refusal('not-allowed');
    if (!isEnvelope(message) || !isMessageName(message.name)) return refusal('not-understood');
    if (parts.isClosing() && !isAnsweredWhileClosing(message.name)) return refusal('locked');
    return answer(message.name, message.request, parts);
  };
}

async function answer(
  name: MessageName,
  unparsed: unknown,
  parts: { readonly handlers: Handlers; readonly log: Log },
): Promise<Result<unknown, MessageError>> {
  try {
    if (isOpening(name)) return ok(openingViews[name](await parts.handlers[name]({})));
    const definition = messages[name];
    const request = z.safeParse<z.ZodMiniType>(definition.request(), unparsed);
    if (!request.success) return refusal('not-understood');
    const handle: (request: never) => Promise<unknown> = parts.handlers[name];
    return ok(z.parse<z.ZodMiniType>(definition.answer(), await handle(request.data as never)));
  } catch (error) {
    parts.log.report(name, error);
    return refusal(codeOf(error));
  }
}

/** Windows save once more, and the lock itself can be asked about. */
function isAnsweredWhileClosing(name: MessageName): boolean {
  return name === 'drafts.save' || name.startsWith('lock.') || name.startsWith('privacy.');
}

function isOpening(name: string): name is keyof typeof openingMessages {
  return Object.hasOwn(openingMessages, name);
}

function isMessageName(name: string): name is MessageName {
  return isOpening(name) || Object.hasOwn(messages, name);
}

function refusal(code: string): Result<never, MessageError> {
  return err({ code, userText: failureText(code) });
}

/** Rooms throw errors of their own class with a code; anything else is a fault of ours. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'failed';
}
