import type { LinkOutcome, MailView, MessageError } from '../../utils/messaging/messaging.ts';
import { assertNever, type Result } from '../../utils/result/result.ts';
import type { Tools } from '../live/tools.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { grantOutcomeText, linkText } from '../texts/account-texts.ts';
import type { MailAct } from './mail-acts.ts';

/** It was done, or a sentence on why not. */
export type ActResult =
  { readonly kind: 'done' } | { readonly kind: 'said'; readonly text: string };

const DONE: ActResult = { kind: 'done' };

const TOO_LATE =
  'That is not possible any more: it went on in the meantime. The list shows where it stands now.';

/**
 * Does an act about a mail. Must be called in the click itself: the browser's question about a
 * host has to come before any wait.
 */
export async function runMailAct(act: MailAct, mail: MailView, tools: Tools): Promise<ActResult> {
  const { client } = tools;
  const { id } = mail;
  switch (act) {
    case 'open':
      return doneOrSaid(await client.ask('compose.show', { id }));
    case 'discard':
      // What can't be opened is no draft to the worker any more, whatever it was.
      return mail.unreadable === null
        ? doneOrSaid(await client.ask('drafts.discard', { id }))
        : doneOrSaid(await client.ask('outbox.dismiss', { id }));
    case 'take-back':
      // Its provider is asked first: it is no draft yet.
      return doneOrSaid(await client.ask('outbox.edit', { id }));
    case 'undo':
    case 'edit':
      return thenShow(await client.ask('outbox.edit', { id }), id, tools);
    case 'pause':
      return doneOrSaid(await client.ask('outbox.pause', { id }));
    case 'go-on':
    case 'send-now':
    case 'retry':
      return doneOrSaid(await client.ask('outbox.retry', { id }));
    case 'sign-in':
      if (mail.accountId === null) return { kind: 'said', text: TOO_LATE };
      return signInResult(await client.ask('accounts.reconnect', { id: mail.accountId }));
    case 'give-right':
      return giveRight(mail, tools);
    case 'allow-host':
      return allowHost(mail, tools);
    case 'arrived':
    case 'send-again':
      return doneOrSaid(await client.ask('outbox.decide', { id, decision: act }));
    case 'to-draft':
      return thenShow(await client.ask('outbox.decide', { id, decision: act }), id, tools);
    case 'reschedule':
      // It takes a time: MailActs asks for it, and `rescheduleMail` does it.
      return { kind: 'said', text: TOO_LATE };
    case 'dismiss':
      return doneOrSaid(await client.ask('outbox.dismiss', { id }));
    default:
      return assertNever(act);
  }
}

/** Gives a mail another time to go. */
export async function rescheduleMail(
  mail: MailView,
  schedule: { readonly at: number; readonly zone: string },
  { client }: Tools,
): Promise<ActResult> {
  return doneOrSaid(await client.ask('outbox.reschedule', { id: mail.id, ...schedule }));
}

type Done = Result<{ done: boolean }, MessageError>;

function doneOrSaid(answer: Done): ActResult {
  if (!answer.ok) return { kind: 'said', text: answer.error.userText };
  return answer.value.done ? DONE : { kind: 'said', text: TOO_LATE };
}

async function thenShow(answer: Done, id: string, tools: Tools): Promise<ActResult> {
  const result = doneOrSaid(answer);
  if (result.kind === 'said') return result;
  return doneOrSaid(await tools.client.ask('compose.show', { id }));
}

function signInResult(answer: Result<LinkOutcome, MessageError>): ActResult {
  if (!answer.ok) return { kind: 'said', text: answer.error.userText };
  if (answer.value.kind === 'linked' && answer.value.canSend) return DONE;
  return { kind: 'said', text: wholeText(linkText(answer.value)) };
}

async function giveRight({ accountId, state }: MailView, { client }: Tools): Promise<ActResult> {
  if (accountId === null || state.kind !== 'waiting-for-right') {
    return { kind: 'said', text: TOO_LATE };
  }
  const answer = await client.ask('accounts.grant-rung', { id: accountId, rung: state.rung });
  if (!answer.ok) return { kind: 'said', text: answer.error.userText };
  // What waited for it goes out by itself.
  if (answer.value.kind === 'granted') return DONE;
  return { kind: 'said', text: wholeText(grantOutcomeText(answer.value)) };
}

async function allowHost(mail: MailView, tools: Tools): Promise<ActResult> {
  if (mail.state.kind !== 'waiting-for-host') return { kind: 'said', text: TOO_LATE };
  if (await tools.hostPermissions.request([mail.state.host])) {
    return doneOrSaid(await tools.client.ask('outbox.retry', { id: mail.id }));
  }
  return { kind: 'said', text: 'The host was not allowed. The mail waits.' };
}
