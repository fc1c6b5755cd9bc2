import { areCrowded, findSigns } from './address-signs.ts';
import { NODES_BETWEEN_PAUSES, type Root } from './crm-reader.ts';
import type { SafeDom } from './safe-dom.ts';
import { mayBeSpelledOut } from './spelled-out.ts';
import { textsAt } from './texts-at.ts';

/** Texts at the beginning of a page that show whether it has many addresses. */
const TEXTS_TRIED = 512;
const MAX_CHARS_BETWEEN_PAUSES = 100_000;
const MAX_RESTARTS = 2;

/**
 * The text nodes of a root in which an address may be, in document order. Yields null as a place to
 * pause. `leaveOut` is called when the page changes so often that some can't be reached.
 *
 * A browser puts the text of a whole page together in a fraction of the time that a walk over its nodes takes, and to
 * look through it takes next to none. Most pages hold few addresses: then only the way to these is walked.
 */
export function* textsToRead(
  dom: SafeDom,
  root: Root,
  leaveOut: () => void,
): Iterable<Node | null> {
  yield* (yield* textsWithSigns(dom, root)) ?? allWithSigns(dom, root, leaveOut);
}

/** Null when they are many, or when the page changed meanwhile. */
function* textsWithSigns(dom: SafeDom, root: Root): Generator<null, Iterable<Node> | null> {
  // A document itself has no text; all of it is in its one element.
  const top = dom.member(root, 'host') ? root : dom.firstInside(root);
  if (top === null) return [];
  if (yield* beginsCrowded(dom, top)) return null;
  const text = dom.wholeText(top);
  const signs = yield* findSigns(text);
  return signs && (yield* textsAt({ dom, top, text }, signs));
}

/** Whether many are likely, so that the text of the whole need not be put together to know it. */
function* beginsCrowded(dom: SafeDom, top: Node): Generator<null, boolean> {
  const walker = dom.texts(top);
  let signs = 0;
  let chars = 0;
  for (let tried = 1; tried <= TEXTS_TRIED; tried += 1) {
    const text = walker.nextNode()?.nodeValue;
    if (text === undefined || text === null) return false;
    if (text.includes('@')) signs += 1;
    chars += text.length;
    if (tried % NODES_BETWEEN_PAUSES === 0) yield null;
  }
  return areCrowded(signs, chars);
}

/** The same by a look at every text node. */
function* allWithSigns(dom: SafeDom, root: Root, leaveOut: () => void): Iterable<Node | null> {
  const walker = dom.texts(root);
  let restarts = 0;
  let looked = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    looked += 1;
    const text = node.nodeValue ?? '';
    if (looked % NODES_BETWEEN_PAUSES === 0 || text.length > MAX_CHARS_BETWEEN_PAUSES) {
      yield null;
      if (!dom.isConnected(node)) {
        // The page took away what we stood on; what follows can only be found from the start.
        restarts += 1;
        if (restarts > MAX_RESTARTS) {
          leaveOut();
          return;
        }
        walker.currentNode = root;
        continue;
      }
    }
    // Most have none: to hand these on, too, would take longer than the look.
    if (text.includes('@') || mayBeSpelledOut(text)) yield node;
  }
}
