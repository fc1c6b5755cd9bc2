import { parseMailto, type MailtoDraft } from '../mail/mail.ts';
import type { Root } from './crm-reader.ts';
import { FOUND_LIMITS } from './found-contacts.ts';
import { isMailto } from './link-recipients.ts';
import { ringsAround } from './record.ts';
import type { SafeDom } from './safe-dom.ts';

/** What the person clicked, as the browser tells it. */
export interface Click {
  /** The mail that the clicked mailto link asks for; null when it was none. */
  readonly mail: MailtoDraft | null;
  /** The clicked link when it leads elsewhere, such as to the record of a person; null when there was none. */
  readonly linkUrl: string | null;
  /** '' when nothing was selected. */
  readonly selectionText: string;
}

const MAX_LINK_CHARS = 100_000;
const MAX_SELECTION_CHARS = 100_000;
/** A longer selection is no name, and is not compared with the page's own. */
const MAX_SELECTED_NAME_CHARS = 200;
const MAX_LINKS_LOOKED_AT = 50_000;
const MAX_SAME_LINKS = 6;
/** With more addresses around it, the click was on none of them in particular. */
const MAX_BESIDE = 5;

/** Reads what the browser says of a click. */
export function readClick(linkUrl: string | null, selectionText: string | null): Click {
  const url = linkUrl !== null && linkUrl.length <= MAX_LINK_CHARS ? linkUrl : null;
  const isMail = url !== null && isMailto(url);
  return {
    mail: isMail ? parseMailto(url) : null,
    linkUrl: isMail ? null : url,
    selectionText: (selectionText ?? '').slice(0, MAX_SELECTION_CHARS),
  };
}

/** A node that the click was about, and what it says: the clicked link, or the selected text. */
export interface Anchor {
  readonly node: Node;
  /** '' when the node itself says nothing. */
  readonly text: string;
}

/** Finds in one root what was clicked or selected there. Yields null as a place to pause. */
export function* findAnchors(dom: SafeDom, root: Root, click: Click): Iterable<Anchor | null> {
  yield* selectedAnchors(dom, root, click.selectionText);
  if (click.linkUrl !== null) yield* linkAnchors(dom, root, click.linkUrl);
}

function* linkAnchors(dom: SafeDom, root: Root, linkUrl: string): Iterable<Anchor | null> {
  // The page may write the address in any relative form; what they have in common is the end.
  const tail = linkUrl.slice(linkUrl.lastIndexOf('/', linkUrl.length - 2) + 1);
  let looked = 0;
  let found = 0;
  for (const link of dom.all(root, 'a[href]')) {
    looked += 1;
    if (looked > MAX_LINKS_LOOKED_AT || found >= MAX_SAME_LINKS) return;
    if (looked % 256 === 0) yield null;
    const written = dom.attribute(link, 'href') ?? '';
    if (!written.endsWith(tail) && linkUrl.includes(written)) continue;
    if (dom.member(link, 'href') !== linkUrl) continue;
    found += 1;
    yield { node: link, text: dom.wholeText(link).slice(0, FOUND_LIMITS.nameChars) };
  }
}

function* selectedAnchors(dom: SafeDom, root: Root, selectionText: string): Iterable<Anchor> {
  const wanted = oneLine(selectionText);
  if (wanted === '' || wanted.length > MAX_SELECTED_NAME_CHARS) return;
  // A shadow root has its own selection in Chromium; elsewhere the document's ends at the host.
  const selection = dom.call(root, 'getSelection');
  if (!isSelection(selection) || selection.rangeCount === 0) return;
  // Another frame's selection may be an old one.
  if (oneLine(selection.toString().slice(0, MAX_SELECTED_NAME_CHARS * 2)) !== wanted) return;
  yield { node: selection.getRangeAt(0).commonAncestorContainer, text: wanted };
}

function isSelection(value: unknown): value is Selection {
  return typeof value === 'object' && value !== null && 'getRangeAt' in value;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The addresses of the row or card that a node lies in, in lower case, with their nodes; empty when it lies in none. */
export function addressesBeside(dom: SafeDom, anchor: Node): ReadonlyMap<string, Node> {
  for (const { addresses } of ringsAround(dom, anchor, () => false)) {
    if (addresses.size > 0) return addresses.size > MAX_BESIDE ? new Map() : addresses;
  }
  return new Map();
}
