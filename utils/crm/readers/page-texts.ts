import type { CrmReader, ReaderContext, Sighting } from '../crm-reader.ts';
import { findAddresses, type AddressInText } from '../find-addresses.ts';
import { createInlineText, type InlineText } from '../inline-text.ts';
import { visibleText } from '../invisible.ts';
import { isMailLink } from '../../mail/mail.ts';
import { linkRecipients } from '../link-recipients.ts';
import { isElement, type SafeDom } from '../safe-dom.ts';
import { findSpelledOut, mayBeSpelledOut } from '../spelled-out.ts';
import { textsToRead } from '../texts-to-read.ts';

/** Addresses in the text of the page, also those cut into pieces by highlighting or written as `a [at] b [dot] c`. */
export const pageTexts: CrmReader = {
  id: 'page-texts',
  matches: () => true,
  *read(root, context): Iterable<Sighting | null> {
    const { dom, leaveOut } = context;
    const inlineText = createInlineText(dom);
    for (const node of textsToRead(dom, root, leaveOut)) {
      if (node === null) {
        yield null;
        continue;
      }
      const text = beginningOf(node.nodeValue ?? '', leaveOut);
      // Whatever is looked for in it takes as long as sixty others.
      if (text.length === MAX_TEXT_CHARS) yield null;
      if (!text.includes('@') && !mayBeSpelledOut(text)) continue;
      const parent = dom.parent(node);
      if (isElement(parent)) {
        const tag = dom.tag(parent);
        if (UNREAD_TAGS.has(tag) || (tag === 'a' && writesMail(dom, parent))) continue;
      }
      yield* readText({ node, text, context, inlineText });
    }
  },
};

function beginningOf(text: string, leaveOut: () => void): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  leaveOut();
  return text.slice(0, MAX_TEXT_CHARS);
}

const MAX_TEXT_CHARS = 100_000;
const MAX_ADDRESSES = 1_000;
/** Text that nobody sees as text, or that another reader reads. */
const UNREAD_TAGS = new Set(
  'script style noscript template textarea option title iframe svg'.split(' '),
);
interface TextNode {
  readonly node: Node;
  readonly text: string;
  readonly context: ReaderContext;
  readonly inlineText: InlineText;
}

function readText({ node, text, context, inlineText }: TextNode): readonly Sighting[] {
  if (!text.includes('@')) {
    return findSpelledOut(text).map((address) => ({
      address,
      source: 'text',
      place: node,
      doubt: 'spelled-out',
    }));
  }
  let read = addressesOf(text);
  if (read.found.length === 0) read = addressesOf(inlineText.line(node) ?? '');
  else if (touchesEdge(read)) {
    const glued = inlineText.glued(node, text);
    if (glued !== null) read = addressesOf(glued);
  }
  const sightings: Sighting[] = [];
  for (const { address } of read.found) {
    if (!context.isKnown(address) && isSaidByLink(context.dom, node)) continue;
    const sighting = { address, source: 'text', place: node } as const;
    sightings.push(read.isDeceiving ? { ...sighting, doubt: 'hidden-characters' } : sighting);
  }
  return sightings;
}

interface ReadText {
  readonly text: string;
  readonly found: readonly AddressInText[];
  readonly isDeceiving: boolean;
}

function addressesOf(raw: string): ReadText {
  const { text, isDeceiving } = visibleText(raw);
  return { text, found: findAddresses(text, MAX_ADDRESSES), isDeceiving };
}

/** Whether the first or the last address may go on in the node beside. */
function touchesEdge({ text, found }: ReadText): boolean {
  return (found[0]?.start ?? 1) === 0 || (found.at(-1)?.end ?? 0) === text.length;
}

/** Whether the text lies in a mailto link. Where that writes to counts, not what it says. */
function isSaidByLink(dom: SafeDom, text: Node): boolean {
  const parent = dom.holder(text);
  const link = parent && dom.closest(parent, 'a[href]');
  return link !== null && writesMail(dom, link);
}

function writesMail(dom: SafeDom, link: Element): boolean {
  const href = dom.attribute(link, 'href');
  return (
    href !== null && isMailLink(href) && (href.includes('@') || linkRecipients(href).length > 0)
  );
}
