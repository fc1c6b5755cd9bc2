/**
 * The DOM as its prototypes define it, whatever names the page gives to its elements.
 *
 * `<img name="body">` replaces `document.body`, and `<input name="parentNode">` the `parentNode` of
 * its form, in an extension's own world too (HTML: named properties of Document and of
 * HTMLFormElement override built-ins). So nothing is ever read from a document or an element
 * itself: every member is taken once from the prototype chain and called from there.
 */
export interface SafeDom {
  /** Every element below `root` that matches, in document order. Not live. */
  all(root: Node, selector: string): ArrayLike<Element> & Iterable<Element>;
  /** The first element below `root` that matches; null when none does. */
  first(root: Node, selector: string): Element | null;
  /** The nearest element that matches, the element itself included; null when none does. */
  closest(element: Element, selector: string): Element | null;
  matches(element: Element, selector: string): boolean;
  /** Null when the attribute is absent. */
  attribute(element: Element, name: string): string | null;
  /** Local name of an HTML element in lower case, such as `a`. */
  tag(element: Element): string;
  parent(node: Node): Node | null;
  /** The element around a node, a shadow root's host included; null at the top of a document. */
  holder(node: Node): Element | null;
  /** The document, shadow root or detached node at the top. */
  root(node: Node): Node;
  byId(root: Node, id: string): Element | null;
  firstChild(node: Node): Node | null;
  next(node: Node): Node | null;
  previous(node: Node): Node | null;
  /** How many elements lie directly in it. */
  childCount(element: Element): number;
  /** The open shadow root; null for none and for a closed one. */
  shadow(element: Element): ShadowRoot | null;
  isConnected(node: Node): boolean;
  /** Whether the element is shown at all. True where the browser can't tell. */
  isVisible(element: Element): boolean;
  /** All text of an element, however long that is: for scripts, whose text is data. */
  wholeText(node: Node): string;
  /** Every text node below `root`, by document order. */
  texts(root: Node): TreeWalker;
  firstInside(node: Node): Element | null;
  lastInside(node: Node): Element | null;
  nextElement(element: Element): Element | null;
  previousElement(element: Element): Element | null;
  /** Every text node and element below `root`, by document order. */
  nodes(root: Node): TreeWalker;
  /** A member that only some elements have, such as `value`; undefined where it is absent. */
  member(node: Node, name: string): unknown;
  /** Calls a method that only some nodes have; undefined where it is absent. */
  call(node: Node, name: string, ...values: readonly unknown[]): unknown;
}

const ELEMENT_NODE = 1;
const TEXT_NODE = 3;
const SHOW_ELEMENT = 1;
const SHOW_TEXT = 4;

/** Whether a node is an element, also one of another frame (whose `Element` is not ours). */
export function isElement(node: Node | null): node is Element {
  return node !== null && kindOf(node) === ELEMENT_NODE;
}

/** Whether a node is a text node, also one of another frame. */
export function isText(node: Node | null): node is Text {
  return node !== null && kindOf(node) === TEXT_NODE;
}

/** `<input name="nodeType">` hides its form's kind; then the prototype is asked, which takes longer. */
function kindOf(node: Node): unknown {
  const kind: unknown = node.nodeType;
  return typeof kind === 'number' ? kind : inherited(node, 'nodeType');
}

/** Takes the members from a document's prototypes. Works in whatever state the document is. */
export function createSafeDom(document: Document): SafeDom {
  // An element that never enters the page: the one way to Element.prototype that no name can hide.
  const sample = elementOf(call(document, 'createElement', 'p')) ?? document;
  const getAttribute = nativeMethod(sample, 'getAttribute');
  const getMatches = nativeMethod(sample, 'matches');
  const getClosest = nativeMethod(sample, 'closest');
  const getText = nativeGetter(sample, 'textContent');
  const getConnected = nativeGetter(sample, 'isConnected');
  const getShadow = nativeGetter(sample, 'shadowRoot');
  const checkVisibility = nativeMethod(sample, 'checkVisibility');
  const walk = nativeMethod(document, 'createTreeWalker');
  return {
    ...createMoves(sample),
    attribute: (element, name) => getAttribute.call(element, name) as string | null,
    matches: (element, selector) => getMatches.call(element, selector) === true,
    closest: (element, selector) => getClosest.call(element, selector) as Element | null,
    shadow: (element) => getShadow.call(element) as ShadowRoot | null,
    wholeText: (node) => textOf(getText.call(node)),
    isVisible: (element) => checkVisibility.call(element, { visibilityProperty: true }) !== false,
    isConnected: (node) => getConnected.call(node) === true,
    texts: (from) => walk.call(document, from, SHOW_TEXT) as TreeWalker,
    nodes: (from) => walk.call(document, from, SHOW_ELEMENT | SHOW_TEXT) as TreeWalker,
    root: (node) => call(node, 'getRootNode') as Node,
    byId: (from, id) => elementOf(call(from, 'getElementById', id)),
    all: (from, selector) =>
      byTag(from, selector) ?? listOf(call(from, 'querySelectorAll', selector)),
    first: (from, selector) => {
      const found = byTag(from, selector);
      return found ? (found[0] ?? null) : elementOf(call(from, 'querySelector', selector));
    },
    member: inherited,
    call,
  };
}

type Moves = Pick<
  SafeDom,
  | 'parent'
  | 'firstChild'
  | 'next'
  | 'previous'
  | 'tag'
  | 'childCount'
  | 'holder'
  | 'firstInside'
  | 'lastInside'
  | 'nextElement'
  | 'previousElement'
>;

/** Ways from node to node. Each is a function of its own, not made by one, so that the engine can inline it. */
function createMoves(sample: Node): Moves {
  const getParent = nativeGetter(sample, 'parentNode');
  const getFirstChild = nativeGetter(sample, 'firstChild');
  const getNext = nativeGetter(sample, 'nextSibling');
  const getPrevious = nativeGetter(sample, 'previousSibling');
  const getNextElement = nativeGetter(sample, 'nextElementSibling');
  const getFirstElement = nativeGetter(sample, 'firstElementChild');
  const getTag = nativeGetter(sample, 'localName');
  const getChildCount = nativeGetter(sample, 'childElementCount');
  const parent = (node: Node): Node | null => getParent.call(node) as Node | null;
  return {
    parent,
    firstChild: (node) => getFirstChild.call(node) as Node | null,
    next: (node) => getNext.call(node) as Node | null,
    previous: (node) => getPrevious.call(node) as Node | null,
    tag: (element) => getTag.call(element) as string,
    childCount: (element) => getChildCount.call(element) as number,
    holder(node) {
      const outer = parent(node);
      if (isElement(outer)) return outer;
      return outer === null ? null : elementOf(inherited(outer, 'host'));
    },
    firstInside(node) {
      if (isElement(node)) return getFirstElement.call(node) as Element | null;
      return elementOf(inherited(node, 'firstElementChild'));
    },
    lastInside: (node) => elementOf(inherited(node, 'lastElementChild')),
    nextElement: (element) => getNextElement.call(element) as Element | null,
    previousElement: (element) => elementOf(inherited(element, 'previousElementSibling')),
  };
}

const TAG = /^[a-z]+\d?$/;

/** Elements of one tag by the browser's own index; null for other selectors, and in shadow roots, which have none. */
function byTag(from: Node, selector: string): readonly Element[] | null {
  if (!TAG.test(selector)) return null;
  const live = call(from, 'getElementsByTagName', selector);
  return live === undefined ? null : Array.from(listOf(live));
}

/** Reads a member through the prototypes only, never from the object, where names of elements hide it. */
function inherited(target: object, name: string): unknown {
  const get = getterOf(target, name);
  return get ? get.call(target) : descriptor(target, name)?.value;
}

function call(target: object, name: string, ...values: readonly unknown[]): unknown {
  const found: unknown = descriptor(target, name)?.value;
  return typeof found === 'function'
    ? (Reflect.apply(found, target, values) as unknown)
    : undefined;
}

function descriptor(target: object, name: string): PropertyDescriptor | undefined {
  let prototype: object | null = prototypeOf(target);
  while (prototype !== null) {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    if (found) return found;
    prototype = prototypeOf(prototype);
  }
  return undefined;
}

function prototypeOf(target: object): object | null {
  return Object.getPrototypeOf(target) as object | null;
}

type Native = (this: object, ...values: readonly unknown[]) => unknown;

function getterOf(target: object, name: string): Native | null {
  const found = descriptor(target, name);
  const get: unknown = found ? Reflect.get(found, 'get') : undefined;
  return isNative(get) ? get : null;
}

function nativeGetter(sample: object, name: string): Native {
  return getterOf(sample, name) ?? nothing;
}

function nativeMethod(sample: object, name: string): Native {
  const found: unknown = descriptor(sample, name)?.value;
  return isNative(found) ? found : nothing;
}

function isNative(value: unknown): value is Native {
  return typeof value === 'function';
}

function nothing(): null {
  return null;
}

function elementOf(value: unknown): Element | null {
  return typeof value === 'object' && value !== null ? (value as Element) : null;
}

function listOf(value: unknown): NodeListOf<Element> | readonly Element[] {
  return typeof value === 'object' && value !== null
    ? (value as unknown as NodeListOf<Element>)
    : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
