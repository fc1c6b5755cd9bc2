import { NODES_BETWEEN_PAUSES, type Root } from './crm-reader.ts';
import type { SafeDom } from './safe-dom.ts';

const MAX_ROOTS = 5_000;
const MAX_DEPTH = 30;

interface Found {
  readonly root: Root;
  readonly depth: number;
}

/**
 * Every root of a page, outer before inner: the document, open shadow roots, documents of frames of the
 * same origin. Yields null as a place to pause. Closed roots and frames of others stay closed.
 */
export function* findRoots(
  document: Document,
  dom: SafeDom,
  leaveOut: () => void,
): Iterable<Root | null> {
  const open: Found[] = [{ root: document, depth: 0 }];
  let count = 0;
  for (let found = open.pop(); found !== undefined; found = open.pop()) {
    const { root, depth } = found;
    count += 1;
    if (count > MAX_ROOTS || depth > MAX_DEPTH) {
      leaveOut();
      return;
    }
    yield root;
    const inner: Found[] = [];
    for (const item of innerRoots(root, dom)) {
      if (item === null) yield null;
      else inner.push({ root: item, depth: depth + 1 });
    }
    open.push(...inner.reverse());
  }
}

function* innerRoots(root: Root, dom: SafeDom): Iterable<Root | null> {
  let looked = 0;
  for (const element of sampledElements(root, dom)) {
    looked += 1;
    if (looked % NODES_BETWEEN_PAUSES === 0) yield null;
    const shadow = dom.shadow(element);
    if (shadow) yield shadow;
  }
  for (const frame of [...dom.all(root, 'iframe'), ...dom.all(root, 'frame')]) {
    const inside = dom.member(frame, 'contentDocument');
    if (isDocument(inside)) yield inside;
  }
}

interface List {
  next: Element | null;
  seen: number;
  hasHost: boolean;
}

/**
 * Every element of a root, but of the middle of a very long list, whose rows come from one template: when the
 * first of its rows hold no shadow root, neither do the others. Looking at each would take as long as all the rest.
 */
function* sampledElements(root: Root, dom: SafeDom): Iterable<Element> {
  const open: List[] = [{ next: dom.firstInside(root), seen: 0, hasHost: false }];
  for (let list = open.at(-1); list !== undefined; list = open.at(-1)) {
    const element = list.next;
    if (element === null) {
      open.pop();
      const outer = open.at(-1);
      if (outer && list.hasHost) outer.hasHost = true;
      continue;
    }
    list.seen += 1;
    list.next = dom.nextElement(element);
    if (list.seen === ROWS_LOOKED_AT && !list.hasHost) list.next = lastRows(element, dom);
    if (dom.shadow(element)) list.hasHost = true;
    yield element;
    const first = dom.firstInside(element);
    if (first) open.push({ next: first, seen: 0, hasHost: false });
  }
}

const ROWS_LOOKED_AT = 300;
const LAST_ROWS = 30;

/** Where the last few siblings begin: what follows a list is often no row of it. */
function lastRows(element: Element, dom: SafeDom): Element | null {
  const parent = dom.parent(element);
  const last = parent && dom.lastInside(parent);
  let ahead = dom.nextElement(element);
  let left = LAST_ROWS;
  while (ahead !== null && left > 0) {
    left -= 1;
    ahead = dom.nextElement(ahead);
  }
  // Fewer are left than would be looked at anyway.
  if (ahead === null || last === null) return dom.nextElement(element);
  let from = last;
  for (let step = 1; step < LAST_ROWS; step += 1) from = dom.previousElement(from) ?? from;
  return from;
}

/** `contentDocument` is null when the frame is another origin's. */
function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null;
}
