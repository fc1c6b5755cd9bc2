import { simpleParser, type AddressObject } from 'mailparser';
import { spawn } from 'node:child_process';
import { text as textOfStream } from 'node:stream/consumers';
import PostalMime, { type Address } from 'postal-mime';
import type { Mailbox } from '../../../utils/mail/mail.ts';

/** A file as a reader saw it, its bytes in base64. */
export interface ReadFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly bytes: string;
}

/** What a reader made of a message. */
export interface Reading {
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly dateAt: number;
  readonly text: string;
  readonly html: string | null;
  readonly files: readonly ReadFile[];
}

/** What Python says beside the reading. */
export interface PythonReading extends Reading {
  /** Names of the faults that its parser noted; a right message has none. */
  readonly defects: readonly string[];
  readonly error?: string;
}

/** Reads with postal-mime. */
export async function readWithPostalMime(bytes: Uint8Array<ArrayBuffer>): Promise<Reading> {
  const email = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' });
  return {
    from: flat(email.from ? [email.from] : []),
    to: flat(email.to ?? []),
    cc: flat(email.cc ?? []),
    bcc: flat(email.bcc ?? []),
    replyTo: flat(email.replyTo ?? []),
    subject: email.subject ?? '',
    messageId: email.messageId ?? '',
    inReplyTo: email.inReplyTo ?? null,
    references: email.references?.split(/\s+/) ?? [],
    dateAt: Date.parse(email.date ?? ''),
    text: email.text ?? '',
    html: email.html ?? null,
    files: email.attachments.map((file) => ({
      fileName: file.filename ?? '',
      mediaType: file.mimeType,
      contentId: file.contentId?.replace(/^<|>$/g, '') ?? null,
      bytes: Buffer.from(file.content as ArrayBuffer).toString('base64'),
    })),
  };
}

function flat(list: readonly Address[]): Mailbox[] {
  return list.flatMap((entry) =>
    entry.group
      ? entry.group.map(({ name, address }) => ({ name, address }))
      : [{ name: entry.name, address: entry.address }],
  );
}

/** Reads with mailparser. */
export async function readWithMailparser(bytes: Uint8Array): Promise<Reading> {
  const mail = await simpleParser(Buffer.from(bytes), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  const list = (field: AddressObject | AddressObject[] | undefined): Mailbox[] =>
    [field ?? []]
      .flat()
      .flatMap((object) => object.value.map(({ name, address = '' }) => ({ name, address })));
  return {
    from: list(mail.from),
    to: list(mail.to),
    cc: list(mail.cc),
    bcc: list(mail.bcc),
    replyTo: list(mail.replyTo),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    inReplyTo: mail.inReplyTo ?? null,
    references: [mail.references ?? []].flat(),
    dateAt: mail.date?.getTime() ?? Number.NaN,
    text: mail.text ?? '',
    html: mail.html === false ? null : mail.html,
    files: mail.attachments.map((file) => ({
      fileName: file.filename ?? '',
      mediaType: file.contentType,
      contentId: file.cid ?? null,
      bytes: file.content.toString('base64'),
    })),
  };
}

/** Reads a batch with one Python process; null when there is no python3 here. */
export async function readWithPython(
  messages: readonly Uint8Array[],
): Promise<readonly PythonReading[] | null> {
  const child = spawn('python3', [`${import.meta.dirname}/read-messages.py`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const started = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
  if (!started) return null;
  child.stdin.end(messages.map((bytes) => `${Buffer.from(bytes).toString('base64')}\n`).join(''));
  const lines = (await textOfStream(child.stdout)).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as PythonReading);
}
