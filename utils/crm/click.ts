import { readMailLink, type MailLink } from '../mail/mail.ts';
import { NODES_BETWEEN_PAUSES, type Root } from './crm-reader.ts';
import { FOUND_LIMITS } from './found-contacts.ts';
import { ringsAround } from './record.ts';
import type { SafeDom } from './safe-dom.ts';
import { textInside } from './text-inside.ts';
import { wholeText } from './whole-text.ts';

/** What the person clicked, as the browser tells it. */
export interface Click {
  /** The mail that the clicked link asks for; null when it asks for none. */
  readonly mail: MailLink | null;
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
  const mail = url === null ? null : readMailLink(url);
  return {
    mail,
    linkUrl: mail ? null : url,
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
  const links = dom.all(root, linkSelector(linkUrl));
  let found = 0;
  for (let index = 0; index < links.length && index < MAX_LINKS_LOOKED_AT; index += 1) {
    if (index % NODES_BETWEEN_PAUSES === 0) yield null;
    const node = links[index];
    if (!node || !mayResolveTo(dom.attribute(node, 'href') ?? '', linkUrl)) continue;
    if (dom.member(node, 'href') !== linkUrl) continue;
    found += 1;
    yield { node, text: wholeText(dom, node, textInside(dom, node, FOUND_LIMITS.nameChars)) };
    if (found >= MAX_SAME_LINKS) return;
  }
}

/** The links that may lead to an address: in whatever relative form it is written, its last piece stays at the end. */
function linkSelector(url: string): string {
  const { length } = url;
  const end = url.endsWith('/') ? length - 1 : length;
  const cuts = ['/', '?', '#'].map((mark) => url.lastIndexOf(mark, end - 1));
  const start = Math.max(...cuts) + 1;
  // Only the host is left: the link is written `/`, or with it.
  const last = url.slice(start - 2, start) === '//' ? '/' : url.slice(start);
  // Letters that browsers encode may be written as they are.
  return /^[\w./~+=&,;:@!*()-]{1,200}$/.test(last) ? `a[href$="${last}"]` : 'a[href]';
}

/** Whether it is worth resolving: whatever its relative form, an address ends as it is written, unless it is encoded. */
function mayResolveTo(written: string, url: string): boolean {
  return url.endsWith(written.replace(/^[./]+/, '')) || /[^!-~]/.test(written);
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

/**
 * Where the caret stands in one root: a right click puts it there in Chromium and Firefox, though not on what can't be
 * selected, where it stays from before. So it is good for an order, and not for To. Null when there is none.
 */
export function caretIn(dom: SafeDom, root: Root): Node | null {
  const selection = dom.call(root, 'getSelection');
  if (!isSelection(selection) || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return range.collapsed ? range.startContainer : null;
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
