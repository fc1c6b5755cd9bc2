import { isMailLink } from '../mail/mail.ts';
import { findAddresses } from './find-addresses.ts';
import { visibleText } from './invisible.ts';
import { linkRecipients } from './link-recipients.ts';
import { shapeOf } from './name-text.ts';
import { isPageWording } from './name-words.ts';
import { isElement, isText, type SafeDom } from './safe-dom.ts';
import { addressKey } from './sightings.ts';
import { wholeText } from './whole-text.ts';

/** A short text of a record, with the element that shows it. */
export interface Piece {
  readonly text: string;
  readonly element: Element;
}

/** What one step outward added to a record. */
export interface Ring {
  readonly pieces: readonly Piece[];
  /** Addresses in it, in lower case, each with the node that holds it. */
  readonly addresses: ReadonlyMap<string, Node>;
  /** Whether there are foreign addresses in it or in the place itself: a row with its owner's, `a@b.c (home), d@e.f (work)`. */
  readonly isShared: boolean;
}

const MAX_RINGS = 12;
const MAX_STEPS = 40;
/** In one record, all rings together: more is a page, not a record. */
const MAX_NODES = 400;
const MAX_PIECES = 120;
const MAX_PIECE_CHARS = 200;
const MAX_TEXT_CHARS = 1_000;
const SILENT_TAGS =
  /^(?:script|style|noscript|template|svg|select|textarea|button|iframe|object|video|audio)$/;
/** What holds one record by its very kind, whatever addresses are in it. */
const RECORD = 'tr,li,form,[role="row"],[role="listitem"]';
const TEXT_INPUT = 'input[type="email" i],input[type="text" i],input:not([type])';

/**
 * Goes outward from a place, ring by ring: first what lies in the element itself, then what lies beside
 * it in its parent, and so on, through the hosts of shadow roots. Ends where the record does: at the edge of a row or
 * card among others of its kind, before a ring for which `isForeign` is true (another person's card), and when it
 * gets too large to be a record.
 */
export function* ringsAround(
  dom: SafeDom,
  place: Node,
  isForeign: (address: string) => boolean,
): Iterable<Ring> {
  let inner: Node = place;
  let rings = 0;
  let nodesLeft = MAX_NODES;
  let texts = 0;
  let isNamed = false;
  let isCrowded = false;
  for (let step = 0; step < MAX_STEPS && rings < MAX_RINGS; step += 1) {
    if (isNamed && texts > 1 && isElement(inner) && isOneOfMany(dom, inner)) return;
    const holder = step === 0 ? null : dom.holder(inner);
    const isRecord = holder !== null && dom.matches(holder, RECORD);
    const pieces: Piece[] = [];
    const addresses = new Map<string, Node>();
    const look: Look = {
      pieces,
      addresses,
      nodesLeft,
      // What lies in the place itself is one person's other address as often as another's: see `isShared`.
      isForeign: (address) => step > 0 && !isRecord && isForeign(address),
    };
    if (!(step === 0 ? lookInto(dom, look, inner) : lookBeside(dom, look, inner))) return;
    ({ nodesLeft } = look);
    const hasForeign = [...addresses.keys()].some(isForeign);
    if (step === 0) isCrowded = hasForeign;
    const isLast = isRecord && hasForeign;
    const isShared = isLast || isCrowded;
    if (pieces.length + addresses.size > 0) {
      rings += 1;
      yield { pieces, addresses, isShared };
    }
    const outer: Node | null = step === 0 ? inner : outerOf(dom, inner);
    if (outer === null || isLast) return;
    inner = outer;
    texts += pieces.length + addresses.size;
    isNamed ||= pieces.some(({ text }) => isNaming(text));
  }
}

/** The parent, or the shadow root's host when the node lies right in one. */
function outerOf(dom: SafeDom, node: Node): Node | null {
  const parent = dom.parent(node);
  return isElement(parent) ? parent : dom.holder(node);
}

function isNaming(text: string): boolean {
  const shape = shapeOf(text);
  return (shape === 'person' || shape === 'company') && !isPageWording(text);
}

/** Whether an element has a neighbour built like itself, as the rows of a list are. Cells are built alike too, but hold one text. */
function isOneOfMany(dom: SafeDom, element: Element): boolean {
  const build = buildOf(dom, element);
  let before = dom.previousElement(element);
  let after = dom.nextElement(element);
  // Two of each, because rows may look different in turns.
  for (let step = 0; step < 2; step += 1) {
    if (before && buildOf(dom, before) === build) return true;
    if (after && buildOf(dom, after) === build) return true;
    before = before && dom.previousElement(before);
    after = after && dom.nextElement(after);
  }
  return false;
}

function buildOf(dom: SafeDom, element: Element): string {
  const className = (dom.attribute(element, 'class') ?? '').slice(0, MAX_PIECE_CHARS);
  let build = `${dom.tag(element)}.${className.trim().split(/\s/)[0] ?? ''}`;
  let child = dom.firstInside(element);
  for (let count = 0; child !== null && count < 8; count += 1) {
    build += `>${dom.tag(child)}`;
    child = dom.nextElement(child);
  }
  return build;
}

/** What a look around has seen so far, and how much it may still see. */
interface Look {
  readonly pieces: Piece[];
  readonly addresses: Map<string, Node>;
  nodesLeft: number;
  readonly isForeign: (address: string) => boolean;
}

/**
 * Looks at what lies beside a node, the nearest neighbours first, so that the next row of a long table is met
 * at once. False when something foreign or too much was met.
 */
function lookBeside(dom: SafeDom, look: Look, inner: Node): boolean {
  let before = dom.previous(inner);
  let after = dom.next(inner);
  const firsts: Piece[] = [];
  while (before !== null || after !== null) {
    if (before !== null) {
      const from = look.pieces.length;
      if (!lookInto(dom, look, before)) return false;
      firsts.unshift(...look.pieces.splice(from));
      before = dom.previous(before);
    }
    if (after !== null) {
      if (!lookInto(dom, look, after)) return false;
      after = dom.next(after);
    }
  }
  look.pieces.unshift(...firsts);
  return true;
}

/** Looks at all that lies in a node. False as above. */
function lookInto(dom: SafeDom, look: Look, start: Node): boolean {
  const open: Node[] = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    look.nodesLeft -= 1;
    if (look.nodesLeft < 0 || look.pieces.length > MAX_PIECES) return false;
    if (isText(node)) {
      const element = dom.holder(node);
      if (!addText(look, node, { raw: wholeText(dom, element, node.data), element })) return false;
    } else if (!isElement(node)) open.push(...childrenOf(dom, node, look.nodesLeft));
    else if (!enter(dom, look, { element: node, open })) return false;
  }
  return true;
}

function enter(
  dom: SafeDom,
  look: Look,
  { element, open }: { readonly element: Element; readonly open: Node[] },
): boolean {
  const tag = dom.tag(element);
  if (SILENT_TAGS.test(tag)) return true;
  if (tag === 'input') {
    const value = dom.matches(element, TEXT_INPUT) ? dom.member(element, 'value') : '';
    return addText(look, element, { raw: typeof value === 'string' ? value : '', element });
  }
  const href = tag === 'a' ? dom.attribute(element, 'href') : null;
  if (href !== null && isMailLink(href)) {
    const recipients = linkRecipients(href);
    // What the link says is no address of its own; its reader compares the two.
    if (recipients.length > 0)
      return recipients.every((address) => addAddress(look, address, element));
  }
  const title = dom.attribute(element, 'title');
  for (const { address } of title?.includes('@')
    ? findAddresses(title.slice(0, MAX_TEXT_CHARS))
    : []) {
    if (!addAddress(look, address, element)) return false;
  }
  const shadow = dom.shadow(element);
  open.push(...childrenOf(dom, element, look.nodesLeft));
  if (shadow) open.push(...childrenOf(dom, shadow, look.nodesLeft));
  return true;
}

/** The children, last first; one more than `most` when there are more. */
function childrenOf(dom: SafeDom, parent: Node, most: number): Node[] {
  const children: Node[] = [];
  let child = dom.firstChild(parent);
  while (child !== null && children.length <= most) {
    children.push(child);
    child = dom.next(child);
  }
  return children.reverse();
}

function addText(
  look: Look,
  place: Node,
  { raw, element }: { readonly raw: string; readonly element: Element | null },
): boolean {
  const text = raw.slice(0, MAX_PIECE_CHARS).trim();
  if (element === null || text === '') return true;
  if (text.includes('@')) {
    const found = findAddresses(visibleText(raw.slice(0, MAX_TEXT_CHARS)).text);
    return found.every(({ address }) => addAddress(look, address, place));
  }
  if (raw.length <= MAX_PIECE_CHARS) look.pieces.push({ text, element });
  return true;
}

function addAddress(look: Look, address: string, place: Node): boolean {
  const key = addressKey(address);
  look.addresses.set(key, place);
  return !look.isForeign(key);
}
