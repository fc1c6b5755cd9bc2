import * as z from 'zod/mini';
import { draftContentSchema, mailboxSchema } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import { secret, type Secret } from '../platform/platform.ts';
import { DOUBTS } from '../vocabulary/vocabulary.ts';
import { VaultError, type RecordLabel, type Vault } from '../vault/vault.ts';

/** What seals and opens. */
export type Seal = Pick<Vault, 'seal' | 'open' | 'isOpen'>;

const suggestion = once(() =>
  z.object({
    name: z.string(),
    address: z.string(),
    /** Reasons to look twice; none in a draft from before they were kept. */
    doubts: z._default(z.readonly(z.array(z.enum(DOUBTS))), []),
  }),
);

const mailContent = once(() =>
  z.object({
    content: draftContentSchema(),
    suggestions: z.array(suggestion()),
    /** Whom else the page had, for a merge: packed (`packPeople`), '' for nobody. Wiped when the draft is sent. */
    alsoFound: z._default(z.string(), ''),
    /** The table of the merge that the draft was taken back from, packed (`packPlan`); '' for none. Wiped when the draft is sent. */
    mergePlan: z._default(z.string(), ''),
    /** Those of its files that belong to its merge, by id; none in a record from before there were any. */
    sharedFiles: z._default(z.readonly(z.array(z.string())), []),
    /** Where `List-Unsubscribe` (RFC 2369) lets the recipient write to; null for no such header. */
    unsubscribe: z._default(z.nullable(z.string()), null),
    /** Why it came back, when it did. */
    rejection: z.nullable(z.object({ code: z.string(), detail: z.string() })),
    /** Fixed when the mail is queued; null in a draft. The Date lies in the record. */
    fixed: z.nullable(
      z.object({ from: mailboxSchema(), messageId: z.string(), boundarySeed: z.string() }),
    ),
  }),
);

/** Everything of a mail that says something about people or content. */
export type MailContent = z.infer<ReturnType<typeof mailContent>>;

const CONTENT_VERSION = 1;

/** Under which a mail's content is sealed. */
export function contentLabel(mailId: string): RecordLabel {
  return { kind: 'mail-content', id: mailId, version: CONTENT_VERSION };
}

/** Under which a resume handle is sealed: that of one attempt. */
export function handleLabel(mailId: string, attempt: number): RecordLabel {
  return { kind: 'resume-handle', id: `${mailId}/${attempt}`, version: 1 };
}

/** Seals a mail's content. @throws VaultError */
export function sealContent(
  vault: Seal,
  mailId: string,
  content: MailContent,
): Promise<Uint8Array<ArrayBuffer>> {
  const clear = new TextEncoder().encode(JSON.stringify(content));
  return vault.seal(contentLabel(mailId), clear);
}

/** Opens a mail's content. @throws VaultError */
export async function openContent(
  vault: Seal,
  mailId: string,
  sealed: Uint8Array,
): Promise<MailContent> {
  const clear = await vault.open(contentLabel(mailId), sealed);
  const parsed = mailContent().safeParse(jsonOf(clear));
  // Without a cause: a parser's message may quote what it read.
  if (!parsed.success) throw new VaultError('corrupt');
  return parsed.data;
}

function jsonOf(clear: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(clear));
  } catch {
    return undefined;
  }
}

/** Seals a resume handle, bound to the mail and to the attempt that got it. @throws VaultError */
export function sealHandle(
  vault: Seal,
  of: { readonly mailId: string; readonly attempt: number },
  handle: Secret,
): Promise<Uint8Array<ArrayBuffer>> {
  const clear = new TextEncoder().encode(handle.reveal());
  return vault.seal(handleLabel(of.mailId, of.attempt), clear);
}

/** Opens a resume handle. @throws VaultError */
export async function openHandle(
  vault: Seal,
  of: { readonly mailId: string; readonly attempt: number },
  sealed: Uint8Array,
): Promise<Secret> {
  const clear = await vault.open(handleLabel(of.mailId, of.attempt), sealed);
  return secret(new TextDecoder().decode(clear));
}
