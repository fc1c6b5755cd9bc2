import { readMailLink } from '../mail/mail.ts';

const SIMPLE = /^[\w.+-]{1,64}@[\w.-]{1,253}$/;
const MAX_LINK_CHARS = 10_000;
const MAX_RECIPIENTS = 50;

/**
 * The addresses that a link writes To, decoded. The quick way for the many links of a page, of which by far
 * the most are no more than `mailto:` and an address.
 */
export function linkRecipients(href: string): readonly string[] {
  if (href.startsWith('mailto:')) {
    const bare = href.slice('mailto:'.length);
    if (SIMPLE.test(bare)) return [bare];
  }
  if (href.length > MAX_LINK_CHARS) return [];
  return (readMailLink(href)?.to ?? []).slice(0, MAX_RECIPIENTS).map(({ address }) => address);
}
