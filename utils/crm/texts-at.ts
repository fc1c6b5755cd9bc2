import { NODES_BETWEEN_PAUSES } from './crm-reader.ts';
import { isText, type SafeDom } from './safe-dom.ts';

/** The text of a node, as the browser put it together. */
export interface WholeText {
  readonly dom: SafeDom;
  /** An element or a shadow root. */
  readonly top: Node;
  /** All text in it. */
  readonly text: string;
}

/**
 * The text nodes that hold the given places of a text (offsets, rising), each once, in document order. Yields null as a
 * place to pause; null when the page changed so that they can't be told.
 *
 * Walks over the texts from both sides to the widest stretch without a place, so that most of a page is left alone when
 * little is looked for.
 */
export function* textsAt(
  whole: WholeText,
  places: readonly number[],
): Generator<null, ReadonlySet<Node> | null> {
  const gap = widestGap(places, whole.text.length);
  const before = yield* walk(whole, places.slice(0, gap), false);
  if (before === null) return null;
  const behind = yield* walk(whole, places.slice(gap).reverse(), true);
  return behind && new Set([...before, ...behind.reverse()]);
}

/** How many places lie before the widest stretch without any. */
function widestGap(places: readonly number[], end: number): number {
  let widest = 0;
  let before = 0;
  let last = 0;
  for (const [index, place] of [...places, end].entries()) {
    if (place - last > widest) {
      widest = place - last;
      before = index;
    }
    last = place;
  }
  return before;
}

/** Goes from the beginning or the end until it was at all places, which are in the order in which it comes to them. */
function* walk(
  { dom, top, text }: WholeText,
  places: readonly number[],
  fromEnd: boolean,
): Generator<null, Node[] | null> {
  const found: Node[] = [];
  const walker = dom.texts(top);
  let node = fromEnd ? walker.lastChild() : walker.nextNode();
  let edge = fromEnd ? text.length : 0;
  let reached = 0;
  for (let looked = 1; reached < places.length; looked += 1) {
    if (looked % NODES_BETWEEN_PAUSES === 0) yield null;
    // At the end with a place to go to: there is less text than there was.
    if (!isText(node)) return null;
    const { length } = node;
    const start = fromEnd ? edge - length : edge;
    edge = fromEnd ? start : start + length;
    const before = reached;
    while (isWithin(places[reached], start, length)) reached += 1;
    if (reached > before) {
      if (!text.startsWith(node.data, start)) return null;
      found.push(node);
    }
    node = fromEnd ? walker.previousNode() : walker.nextNode();
  }
  return found;
}

function isWithin(place: number | undefined, start: number, length: number): boolean {
  return place !== undefined && place >= start && place < start + length;
}
