/** A mailbox as people read it, in a form that `parseAddressList` reads back to the same mailbox. */
import type { Mailbox } from './mail.ts';

/** What would end a name, begin something else or change when it stands without quotes. */
const NEEDS_QUOTES =
  /[()<>@,:;"\\[\]\uff0c\uff1b\u3001\u060c\u061b\p{Cc}\u2028\u2029]|^\s|\s$|\s\s/u;

/**
 * `Anna Berg <anna@example.com>`, or the address alone when there is no name. Unicode stays as it
 * is, in the domain too: this is for eyes, not for the wire. A name with marks of its own is quoted.
 */
export function formatMailbox({ name, address }: Mailbox): string {
  if (name === '') return address;
  const quoted = NEEDS_QUOTES.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${quoted} <${address}>`;
}
