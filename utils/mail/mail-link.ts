/** Links that ask for a mail, which any web page may write as it likes: mailto (RFC 6068), and those of webmail. */
import { isAddress } from './address.ts';
import type { DraftContent, Mailbox } from './mail.ts';
import { percentDecode } from './percent-decode.ts';

/** What a link asks for. What it does not name, or can't hold, is empty. */
export type MailLink = Pick<DraftContent, 'to' | 'cc' | 'bcc' | 'subject' | 'text'>;

type Fields = { -readonly [K in keyof MailLink]: MailLink[K] };

const MAX_LINK_CHARS = 100_000;
const MAILTO = /^\s*mailto:/i;
/**
 * Where Gmail and Outlook on the web write a new mail; many CRMs link there instead of to mailto. Undocumented
 * by Google, and by Microsoft but for their own use; as seen in share buttons and CRMs in November 2026.
 */
const WEBMAIL =
  /^\s*https:\/\/(?:mail\.google\.com\/mail\/[^#]{0,2000}?[?&]view=cm(?![^&#])|outlook\.(?:live\.com|office\.com|office365\.com|cloud\.microsoft)\/(?:[^?#]{0,100}deeplink\/compose|owa\/\?[^#]{0,2000}?path=(?:\/|%2f)mail(?:\/|%2f)action(?:\/|%2f)compose))/i;

/** Whether a link asks for a mail to be written. */
export function isMailLink(url: string): boolean {
  return url.startsWith('mailto:') || MAILTO.test(url.slice(0, 40)) || WEBMAIL.test(url);
}

/**
 * Reads a link that asks for a mail. Takes recipients, Cc, Bcc, subject and text; everything else (`from`, `attach` …) is
 * unsafe (RFC 6068 section 7) and left out, as is what is no address, a second subject, and any field with a
 * control character, which is there to smuggle a header in. Null when it is no such link or longer than any real one. Never throws.
 */
export function readMailLink(url: string): MailLink | null {
  if (url.length > MAX_LINK_CHARS || !isMailLink(url)) return null;
  const scheme = MAILTO.exec(url)?.[0];
  const [address = ''] = url.split('#', 1);
  const query = address.indexOf('?');
  const before = address.slice(scheme?.length ?? 0, query < 0 ? address.length : query);
  const fields: Fields = { to: [], cc: [], bcc: [], subject: '', text: '' };
  if (scheme !== undefined) fields.to = mailboxesIn(before);
  for (const header of query < 0 ? [] : address.slice(query + 1).split(/&(?:amp;)?/)) {
    const equals = header.indexOf('=');
    if (equals < 0) continue;
    const name = percentDecode(header.slice(0, equals)).toLowerCase();
    const value = header.slice(equals + 1);
    if (name === 'to' || name === 'cc' || name === 'bcc') {
      fields[name] = [...fields[name], ...mailboxesIn(value)];
    } else {
      // In a web address a plus is a space (but never one of an address); in a mailto link it is a plus.
      setText(
        fields,
        name,
        percentDecode(scheme === undefined ? value.replace(/\+/g, ' ') : value),
      );
    }
  }
  return fields;
}

function setText(fields: Fields, name: string, value: string): void {
  if (name === 'body') fields.text ||= value.replace(/\r\n?/g, '\n');
  else if ((name === 'subject' || name === 'su') && !/\p{Cc}/u.test(value)) {
    fields.subject ||= value;
  }
}

/** The addresses of a list, with the names that RFC 6068 does not know but pages write: `Anna Berg <a@b.c>`. */
function mailboxesIn(encoded: string): Mailbox[] {
  const list = percentDecode(encoded).trim();
  if (/\p{Cc}/u.test(list)) return [];
  return (list.match(/(?:"[^"]*"|[^,;])+/g) ?? [])
    .map((item) => {
      const [, name = '', address = item] = /^([^<>]*)<([^<>]*)>\s*$/.exec(item) ?? [];
      return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: address.trim() };
    })
    .filter(({ address }) => isAddress(address));
}
