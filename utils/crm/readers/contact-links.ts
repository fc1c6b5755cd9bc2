import { NODES_BETWEEN_PAUSES, type CrmReader, type Sighting } from '../crm-reader.ts';
import { linkRecipients } from '../link-recipients.ts';
import { cardsIn } from '../vcard.ts';

/**
 * Links that hold an address: those that ask for a mail (mailto, RFC 6068, or webmail), of which only To counts until the
 * link is clicked, and business cards (`data:text/vcard`, RFC 2397). One search for both, because each takes as long as the page is large.
 */
export const contactLinks: CrmReader = {
  id: 'contact-links',
  matches: () => true,
  *read(root, { dom, leaveOut }): Iterable<Sighting | null> {
    const links = dom.all(root, SELECTOR);
    const count = Math.min(links.length, MAX_LINKS);
    if (links.length > count) leaveOut();
    let cardChars = 0;
    for (let index = 0; index < count; index += 1) {
      const place = links[index];
      if (index % NODES_BETWEEN_PAUSES === 0) yield null;
      const href = place && dom.attribute(place, 'href');
      if (!href) continue;
      if (!isData(href)) {
        for (const address of linkRecipients(href)) yield { address, source: 'link', place };
        continue;
      }
      cardChars += href.length;
      if (cardChars > MAX_CARD_CHARS) {
        leaveOut();
        return;
      }
      for (const { name, emails } of cardsIn(href)) {
        for (const address of emails) yield { address, source: 'structured', place, name };
      }
      yield null;
    }
  },
};

const STARTS = ['mailto:', 'data:text/', 'https://mail.google.com/mail/', 'https://outlook.'];
/** Most links of a page lead on within it: those without a colon are passed over at once. */
const SELECTOR = `a[href*=":"]:is(${STARTS.map((start) => `[href^="${start}" i]`).join()})`;
const MAX_LINKS = 50_000;
/** Pictures lie inside cards too. */
const MAX_CARD_CHARS = 1_000_000;

function isData(href: string): boolean {
  return href.charCodeAt(0) !== 0x6d && /^data:/i.test(href);
}
