import type { PeerClock } from '../clock.ts';
import { type Delivery, deliveryOf } from '../delivery.ts';
import { badRecipient, type GraphError, itemNotFound, messageTooLarge } from './graph-errors.ts';
import {
  deferredUntil,
  type ExtendedProperty,
  headersFromProperties,
  type MailContent,
} from './mail-content.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';
import {
  type MicrosoftAccount,
  type MicrosoftSwitches,
  type MicrosoftTenant,
} from './microsoft-options.ts';
import { outgoingBytes, type OutgoingMail, recipientsOf } from './outgoing-mail.ts';
import { messageIdOf, type SendRights, senderOf, submitComplaint } from './send-rules.ts';
import type { Throttle } from './throttle.ts';

/** Where a message lies (well-known folder names, api-reference/v1.0/resources/mailfolder.md). */
export type Folder = 'drafts' | 'sentitems' | 'deleteditems';

/** A message in a mailbox. */
export interface StoredMessage {
  readonly account: MicrosoftAccount;
  /** The first bytes that the client gave: the MIME, or the JSON. */
  readonly accepted: Buffer;
  /** Changes when it moves (outlook-immutable-id.md). */
  id: string;
  immutableId: string;
  folder: Folder;
  isDraft: boolean;
  content: MailContent;
  readonly properties: Map<string, ExtendedProperty>;
  messageId: string;
  readonly conversationId: string;
  readonly createdAt: number;
  changedAt: number;
  changeKey: string;
  sentAt: number | null;
  isRead: boolean;
  categories: readonly string[];
  /** Handed in for sending and held until then; null when it is not held. */
  held: (OutgoingMail & { readonly dueAt: number }) | null;
  /** Not to be found before: a copy that is not there yet. */
  visibleAt: number;
}

/** The mailboxes of all accounts, and the place where mail is accepted. */
export interface Mailboxes {
  /** Oldest first. */
  readonly deliveries: readonly Delivery[];
  createDraft(account: MicrosoftAccount, given: Given): StoredMessage;
  /** By either id; null when it is not there (any more, or yet). */
  find(account: MicrosoftAccount, id: string): StoredMessage | null;
  /** Newest first. */
  list(account: MicrosoftAccount, folder: Folder | null): readonly StoredMessage[];
  remove(message: StoredMessage): void;
  /** Every change of a message has to say so. */
  touch(message: StoredMessage): void;
  /** Sends a draft, or holds it until its hour. From a null on it is accepted, whether or not the client hears of it. */
  submit(message: StoredMessage, rights: SendRights): Promise<GraphError | null>;
  /** sendMail: the same without a draft that anybody saw. */
  sendDirectly(
    account: MicrosoftAccount,
    given: Given,
    rights: SendRights & { readonly save: boolean },
  ): Promise<GraphError | null>;
  /** Sends what is due by the clock. Called before every look. */
  sendDue(): void;
  /** When the next held message is due; null when none is held. */
  nextDueAt(): number | null;
}

/** What a client gave. */
export interface Given {
  readonly content: MailContent;
  readonly properties: readonly ExtendedProperty[];
  readonly accepted: Buffer;
  /** The `internetMessageId` that a JSON message brought; null for none. */
  readonly messageId: string | null;
}

/** How long a late copy in Sent Items takes. */
export const SENT_COPY_DELAY_MS = 5_000;
/** PROVIDERS.md B2: 35 MB by default. */
const MESSAGE_LIMIT_BYTES = 35 * 1024 * 1024;

/** Empty mailboxes. `deliver` is told of each mail that leaves. */
export function createMailboxes(parts: {
  readonly clock: PeerClock;
  readonly ids: MicrosoftIds;
  readonly switches: MicrosoftSwitches;
  readonly throttle: Throttle;
  readonly tenants: readonly MicrosoftTenant[];
  readonly deliver: (delivery: Delivery) => void;
}): Mailboxes {
  const { clock, ids, switches, throttle, tenants } = parts;
  const stored = new Set<StoredMessage>();
  const deliveries: Delivery[] = [];

  const build = (account: MicrosoftAccount, given: Given): StoredMessage => {
    const { content, properties, accepted } = given;
    const now = clock.now();
    const own = given.messageId ?? (switches.messageId === 'keep' ? messageIdOf(content) : null);
    return {
      account,
      accepted,
      id: ids.item(),
      immutableId: ids.immutableItem(),
      folder: 'drafts',
      isDraft: true,
      content,
      properties: new Map(properties.map((each) => [each.id, each])),
      messageId: own ?? ids.messageIdHeader(),
      conversationId: ids.conversation(),
      createdAt: now,
      changedAt: now,
      changeKey: ids.changeKey(),
      sentAt: null,
      isRead: true,
      categories: [],
      held: null,
      visibleAt: 0,
    };
  };

  const leave = (message: StoredMessage, mail: OutgoingMail): void => {
    const delivery = deliveryOf({
      id: message.immutableId,
      threadId: message.conversationId,
      account: message.account.email,
      envelope: { from: mail.from, to: mail.recipients },
      accepted: message.accepted,
      delivered: () => mail.delivered.read(),
      messageId: message.messageId,
      at: clock.now(),
    });
    deliveries.push(delivery);
    parts.deliver(delivery);
    moveToSent(message);
  };

  const moveToSent = (message: StoredMessage): void => {
    const now = clock.now();
    message.folder = 'sentitems';
    message.isDraft = false;
    message.held = null;
    message.sentAt = now;
    message.id = ids.item();
    if (switches.sentCopy === 'other-id') message.immutableId = ids.immutableItem();
    if (switches.sentCopy === 'late') message.visibleAt = now + SENT_COPY_DELAY_MS;
    touch(message);
  };

  const touch: Mailboxes['touch'] = (message) => {
    message.changedAt = clock.now();
    message.changeKey = ids.changeKey();
  };

  const prepare = async (
    message: StoredMessage,
    rights: SendRights,
  ): Promise<
    | { readonly mail: OutgoingMail; readonly dueAt: number | null }
    | { readonly refused: GraphError }
  > => {
    const sender = senderOf(message, rights);
    if ('status' in sender) return { refused: sender };
    const to = recipientsOf(message.content);
    if ('bad' in to) return { refused: badRecipient(to.bad) };
    const dueAt = deferredUntil(message.properties, clock.now());
    const { messageId } = message;
    const delivered = await outgoingBytes(message.content, sender, {
      messageId,
      at: dueAt ?? clock.now(),
      headers: headersFromProperties(message.properties.values()),
    });
    const limit = tenants.find(({ id }) => id === message.account.tenant)?.messageLimitBytes;
    if (delivered.sizeBytes > (limit ?? MESSAGE_LIMIT_BYTES)) return { refused: messageTooLarge() };
    const full = throttle.countMessage(message.account.email);
    if (full) return { refused: full };
    return { mail: { from: sender.from.address, recipients: to.addresses, delivered }, dueAt };
  };

  const sendDue = (): void => {
    const due = [...stored].filter(({ held }) => held !== null && held.dueAt <= clock.now());
    for (const message of due.toSorted((a, b) => (a.held?.dueAt ?? 0) - (b.held?.dueAt ?? 0))) {
      if (message.held) leave(message, message.held);
    }
  };

  return {
    deliveries,
    sendDue,
    touch,
    nextDueAt: () => {
      const times = [...stored].flatMap(({ held }) => held?.dueAt ?? []);
      return times.length === 0 ? null : Math.min(...times);
    },
    createDraft: (account, given) => {
      const message = build(account, given);
      stored.add(message);
      return message;
    },
    find: (account, id) => {
      for (const message of stored) {
        if (message.account !== account || (message.id !== id && message.immutableId !== id))
          continue;
        return clock.now() < message.visibleAt ? null : message;
      }
      return null;
    },
    list: (account, folder) =>
      [...stored]
        .filter((each) => each.account === account && clock.now() >= each.visibleAt)
        .filter((each) => folder === null || each.folder === folder)
        .toSorted((a, b) => (b.sentAt ?? b.createdAt) - (a.sentAt ?? a.createdAt)),
    remove: (message) => {
      const goesFirst = switches.deletion === 'to-deleted-items';
      if (!goesFirst || message.folder === 'deleteditems') {
        stored.delete(message);
        return;
      }
      message.folder = 'deleteditems';
      message.held = null;
      message.id = ids.item();
      touch(message);
    },
    submit: async (message, rights) => {
      const before = submitComplaint(message);
      if (before) return before;
      const ready = await prepare(message, rights);
      if ('refused' in ready) return ready.refused;
      // While it was made ready, another request may have sent or deleted it.
      const since = stored.has(message) ? submitComplaint(message) : itemNotFound();
      if (since) return since;
      if (ready.dueAt === null) leave(message, ready.mail);
      else message.held = { ...ready.mail, dueAt: ready.dueAt };
      return null;
    },
    sendDirectly: async (account, given, { save, ...rights }) => {
      const message = build(account, given);
      const ready = await prepare(message, rights);
      if ('refused' in ready) return ready.refused;
      if (save || ready.dueAt !== null) stored.add(message);
      if (ready.dueAt === null) {
        leave(message, ready.mail);
        return null;
      }
      message.held = { ...ready.mail, dueAt: ready.dueAt };
      if (switches.deferredSendMail === 'sent-twice') leave(build(account, given), ready.mail);
      return null;
    },
  };
}
