import type * as z from 'zod/mini';
import { accountMessages } from './account-messages.ts';
import { houseMessages } from './house-messages.ts';
import { mailMessages } from './mail-messages.ts';
import { openingMessages } from './opening-messages.ts';

/**
 * Every message that may be sent to the worker: who may send it, what it asks, what it gets.
 *
 * All come from pages of the extension. Content scripts send none: what they find is the answer of
 * the script that the worker itself runs on a click (docs/decisions/0003).
 */
export const messages = {
  ...openingMessages,
  ...accountMessages,
  ...mailMessages,
  ...houseMessages,
} as const;

/** Every message by its name. */
export type Messages = typeof messages;

/** The name of a message. */
export type MessageName = keyof Messages;

/** What a message asks. */
export type RequestOf<Name extends MessageName> = z.infer<ReturnType<Messages[Name]['request']>>;

/** What a message gets when all goes well. */
export type AnswerOf<Name extends MessageName> = z.infer<ReturnType<Messages[Name]['answer']>>;
