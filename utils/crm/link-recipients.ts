/** A link that a page means to write a mail, with as much around it as browsers overlook. */
const MAILTO = /^\s*mailto:/i;
const SIMPLE = /^[\w.+-]{1,64}@[\w.-]{1,253}$/;
const MAX_LINK_CHARS = 10_000;
const MAX_RECIPIENTS = 50;

/** Whether an `href` is a mailto link. */
export function isMailto(href: string): boolean {
  return href.startsWith('mailto:') || MAILTO.test(href.slice(0, 40));
}

/**
 * The addresses that a mailto link writes To (RFC 6068 section 2), decoded; not yet checked. The
 * quick way for the many links of a page; the one that was clicked is read whole by the room `mail`.
 */
export function linkRecipients(href: string): readonly string[] {
  if (href.startsWith('mailto:')) {
    // By far the most are no more than this.
    const bare = href.slice('mailto:'.length);
    if (SIMPLE.test(bare)) return [bare];
  }
  const scheme = MAILTO.exec(href.slice(0, 40));
  if (!scheme || href.length > MAX_LINK_CHARS) return [];
  const rest = href.slice(scheme[0].length);
  const query = rest.indexOf('?');
  const lists = [query < 0 ? rest : rest.slice(0, query)];
  if (query >= 0) {
    for (const field of rest.slice(query + 1).split(/&(?:amp;)?/, MAX_RECIPIENTS)) {
      if (/^to=/i.test(field)) lists.push(field.slice(3));
    }
  }
  return lists
    .flatMap((list) => list.split(',', MAX_RECIPIENTS))
    .map((text) => bareAddress(decoded(text)))
    .filter((text) => text !== '')
    .slice(0, MAX_RECIPIENTS);
}

/** Some pages put `Name <address>` into a link, which RFC 6068 does not know. */
function bareAddress(text: string): string {
  const open = text.lastIndexOf('<');
  const close = text.indexOf('>', open);
  return (open >= 0 && close > open ? text.slice(open + 1, close) : text).trim();
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: what is left of it is refused as an address later.
    return text;
  }
}
