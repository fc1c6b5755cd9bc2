import { asHtml, fromHtml, type DraftContent } from '../mail/mail.ts';
import { fillText, normalName } from './template.ts';

/** Somebody who gets a mail, with what is filled in for them. */
export interface MergeRecipient {
  /** '' when there is none. */
  readonly name: string;
  readonly address: string;
  /** One for each field of the merge, in the order of its field names. */
  readonly values: readonly string[];
}

/**
 * The mail for one recipient, who is the only one: Cc and Bcc of the draft would get a copy of each.
 * @param fields the names of the fields, in the order of `values`
 */
export function fillContent(
  content: DraftContent,
  fields: readonly string[],
  { name, address, values }: MergeRecipient,
): DraftContent {
  const byName = new Map(
    fields.map((field, index) => [normalName(field), values[index] ?? ''] as const),
  );
  const plain = (field: string): string | null => byName.get(field) ?? null;
  const escaped = (field: string): string | null => {
    const value = plain(normalName(fromHtml(field)));
    return value === null ? null : asHtml(value);
  };
  return {
    ...content,
    to: [{ name, address }],
    cc: [],
    bcc: [],
    subject: fillText(content.subject, plain),
    text: fillText(content.text, (field) => plain(field)?.replace(/\r\n?/g, '\n') ?? null),
    html: content.html === null ? null : fillText(content.html, escaped),
  };
}
