import * as z from 'zod/mini';
import type { HttpAnswer } from '../../network/network.ts';
import { once } from '../../once/once.ts';
import { parsedJson, type Rung } from '../providers.ts';
import { askGraph, isRemoved, type Act, type Caller, type Said, type Wire } from './graph-call.ts';
import { askList } from './graph-pages.ts';

/** A message in the mailbox, as far as it is looked at. */
export interface FoundMail {
  readonly id: string;
  /** False once it has left, whoever sent it. */
  readonly isDraft: boolean;
  /** Null when it was not told. */
  readonly conversationId: string | null;
}

/** What is asked of a message. */
export const MAIL_FIELDS = '$select=id,isDraft,conversationId';
/** More copies of one mail than anything can have made. */
const MOST_COPIES = 20;
const RIGHT: Rung = 'drafts';

const found = once(() =>
  z.object({
    id: z.string().check(z.minLength(1), z.maxLength(1_024)),
    isDraft: z.boolean(),
    conversationId: z._default(z.nullable(z.string()), null),
  }),
);

/** The message in an answer; null when there is none in it. */
export function mailIn(answer: HttpAnswer): FoundMail | null {
  return found().safeParse(parsedJson(answer.text)).data ?? null;
}

/** Looks at one message. */
export function lookAt(wire: Wire, caller: Caller, id: string): Promise<Said<FoundMail>> {
  return askGraph(wire, caller, {
    method: 'GET',
    path: `${pathOf(id)}?${MAIL_FIELDS}`,
    rung: RIGHT,
    purpose: 'find-mail',
    read: mailIn,
  });
}

/** Every message, in all folders, with the Message-ID that was fixed for this mail. */
export function findCopies(wire: Wire, act: Act): Promise<Said<readonly FoundMail[]>> {
  const { messageId } = act.job.parts.fixed;
  const filter = encodeURIComponent(`internetMessageId eq '${messageId.replaceAll("'", "''")}'`);
  return askList(wire, act, {
    path: `/me/messages?$filter=${filter}&$top=${String(MOST_COPIES)}&${MAIL_FIELDS}`,
    rung: RIGHT,
    purpose: 'find-mail',
    itemOf: (value) => found().safeParse(value).data ?? null,
  });
}

/** Removes a draft that will not be sent. What it could not remove stays in the person's Drafts. */
export function discard(wire: Wire, caller: Caller, id: string): Promise<Said<true>> {
  return askGraph(wire, caller, {
    method: 'DELETE',
    path: pathOf(id),
    rung: RIGHT,
    purpose: 'discard-draft',
    read: (answer) => (isRemoved(answer) ? true : null),
  });
}

/** Where a message is called. */
export function pathOf(id: string): string {
  return `/me/messages/${encodeURIComponent(id)}`;
}
