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

const mailId = once(() => z.string().check(z.minLength(1), z.maxLength(1_024)));
/** What is told beside it must not hide the id. */
const textOrNull = once(() =>
  z.pipe(
    z.optional(z.unknown()),
    z.transform((value) => (typeof value === 'string' ? value : null)),
  ),
);

const found = once(() =>
  z.object({
    id: mailId(),
    isDraft: z.boolean(),
    conversationId: textOrNull(),
  }),
);
/** Of a mail that was just made its id alone is needed: it is a draft. */
const made = once(() => z.object({ id: mailId(), conversationId: textOrNull() }));

/** The message in an answer; null when there is none in it. */
function mailIn(answer: HttpAnswer): FoundMail | null {
  return found().safeParse(parsedJson(answer.text)).data ?? null;
}

/** The draft in the answer to making it; null when its id is not there. */
export function madeIn(answer: HttpAnswer): FoundMail | null {
  const read = made().safeParse(parsedJson(answer.text));
  return read.success ? { ...read.data, isDraft: true } : null;
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
  return copiesIn(wire, act, '/me/messages');
}

/**
 * Those of them that lie in Deleted Items, where DELETE puts a message at first: a draft stays a draft
 * there, and is not to be sent any more.
 */
export function findDeleted(wire: Wire, act: Act): Promise<Said<readonly FoundMail[]>> {
  return copiesIn(wire, act, '/me/mailFolders/deleteditems/messages');
}

function copiesIn(wire: Wire, act: Act, path: string): Promise<Said<readonly FoundMail[]>> {
  const { messageId } = act.job.parts.fixed;
  const filter = encodeURIComponent(`internetMessageId eq '${messageId.replaceAll("'", "''")}'`);
  return askList(wire, act, {
    path: `${path}?$filter=${filter}&$top=${String(MOST_COPIES)}&${MAIL_FIELDS}`,
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
