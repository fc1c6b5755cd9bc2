import type { PeerAnswer } from '../peer.ts';
import { badMail } from './google-errors.ts';
import type { GoogleAccount } from './google-options.ts';
import { fieldOf, isDeliverable, mailboxesOf, type SplitMail, splitMail } from './mail-head.ts';

/** A message that may go: who gets it and what they get. */
export interface PreparedMail {
  readonly from: string;
  readonly recipients: readonly string[];
  /** Put together at each call. */
  readonly delivered: () => Buffer;
  readonly messageId: string;
  readonly subject: string;
  /** True when it names the mail that it answers. */
  readonly isReply: boolean;
}

/** PROVIDERS.md A3: 500 recipients per message by API. */
const RECIPIENT_LIMIT = 500;

/** What is put into a message on its way. */
export interface Stamps {
  readonly now: number;
  /** The Message-ID to set, or null to keep the client's where there is one. */
  readonly messageId: string | null;
  /** Used when there is no Message-ID to keep. */
  readonly freshMessageId: string;
}

/** Reads a message as Gmail does before sending; refused ones get Google's words. */
export function prepareMail(
  raw: Uint8Array,
  account: GoogleAccount,
  stamps: Stamps,
): PreparedMail | { readonly refused: PeerAnswer } {
  const mail = splitMail(raw);
  if (!mail) return { refused: badMail('Invalid message.') };
  const recipients = new Set<string>();
  for (const name of ['to', 'cc', 'bcc'] as const) {
    const list = mailboxesOf(mail, name);
    if (!list?.every(({ address }) => isDeliverable(address))) {
      // Gmail's words for a bad address: "Invalid To header" (langchain-ai/agents-from-scratch#47).
      const title = name.slice(0, 1).toUpperCase() + name.slice(1);
      return { refused: badMail(`Invalid ${title} header`) };
    }
    for (const { address } of list) recipients.add(address.toLowerCase());
  }
  // Byron/google-apis-rs#351, word for word.
  if (recipients.size === 0) return { refused: badMail('Recipient address required') };
  if (recipients.size > RECIPIENT_LIMIT) return { refused: badMail('Too many recipients.') };

  const messageId = stamps.messageId ?? fieldOf(mail, 'message-id') ?? stamps.freshMessageId;
  return {
    from: senderOf(mail, account) ?? account.email,
    recipients: [...recipients],
    delivered: () => rewritten(mail, account, { ...stamps, messageId }),
    messageId,
    subject: fieldOf(mail, 'subject') ?? '',
    isReply: fieldOf(mail, 'in-reply-to') !== null || fieldOf(mail, 'references') !== null,
  };
}

/** The address in From when the account may use it (its own, or an alias); null when it may not. */
function senderOf(mail: SplitMail, account: GoogleAccount): string | null {
  const address = mailboxesOf(mail, 'from')?.[0]?.address.toLowerCase();
  const own = [account.email, ...(account.aliases ?? [])].map((each) => each.toLowerCase());
  return address !== undefined && own.includes(address) ? address : null;
}

/**
 * What recipients see: Bcc gone, Message-ID replaced (PROVIDERS.md A3), From put right when it is not the
 * account's own (Gmail keeps the old one as X-Google-Original-From), Date and MIME-Version added when
 * missing, a Received line on top. The body is not touched, but for bare line feeds.
 */
function rewritten(
  mail: SplitMail,
  account: GoogleAccount,
  { now, messageId }: Pick<Stamps, 'now'> & { readonly messageId: string },
): Buffer {
  const date = new Date(now).toUTCString().replace('GMT', '+0000');
  const may = senderOf(mail, account) !== null;
  const originalFrom = mail.fields.find(({ name }) => name === 'from')?.value;
  const dropped = new Set(['bcc', 'message-id', ...(may ? [] : ['from'])]);
  const kept = mail.fields.filter(({ name }) => !dropped.has(name)).map(({ raw }) => asLine(raw));
  const own = `From: ${quotedName(account.name)} <${account.email}>\r\n`;
  const head = [
    `Received: from 111222333444 named unknown by gmailapi.google.com with HTTPREST; ${date}\r\n`,
    ...(may ? [] : [own]),
    ...(may || originalFrom === undefined
      ? []
      : [`X-Google-Original-From: ${Buffer.from(originalFrom, 'utf8').toString('latin1')}\r\n`]),
    ...kept,
    ...(fieldOf(mail, 'date') === null ? [`Date: ${date}\r\n`] : []),
    ...(fieldOf(mail, 'mime-version') === null ? ['MIME-Version: 1.0\r\n'] : []),
    `Message-ID: ${messageId}\r\n`,
    '\r\n',
  ].join('');
  return Buffer.concat([Buffer.from(head, 'latin1'), withCrlf(mail.body)]);
}

function asLine(raw: string): string {
  return `${raw.replaceAll(/\r?\n/g, '\r\n').replace(/(\r\n)?$/, '')}\r\n`;
}

function quotedName(name: string): string {
  const ascii = /^[ -~]*$/.test(name);
  if (!ascii) return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Gmail sends by SMTP, where a line ends with CRLF (RFC 5321 section 2.3.8). */
function withCrlf(body: Buffer): Buffer {
  let bare = body.indexOf(0x0a);
  while (bare > 0 && body[bare - 1] === 0x0d) bare = body.indexOf(0x0a, bare + 1);
  if (bare < 0) return body;
  return Buffer.from(body.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1');
}
