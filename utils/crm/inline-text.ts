import { isElement, isText, type SafeDom } from './safe-dom.ts';

/** Puts text together that the page shows as one but keeps in several nodes. One per root. */
export interface InlineText {
  /**
   * The line around a text whose address may go on in the nodes beside it, as it does when a search was
   * highlighted (`<mark>anna</mark>.berg@example.com`) or a template left pieces; null when it ends with the node.
   */
  glued(node: Node, own: string): string | null;
  /** The line around a text that has an `@` but no address of its own; null when it is too long to be a line. */
  line(node: Node): string | null;
}

/** Elements that change how a piece of a line looks and part nothing. */
const FORMATTING = /^(?:b|strong|i|em|u|s|mark|font|big|small|span|wbr|bdi|bdo|ins|tt|code|a)$/;
/** Those that are put into the middle of a word. A `span` or `b` before an address is as often a label or a badge. */
const INSIDE_WORDS = /^(?:mark|wbr|em|font)$/;
const HIGHLIGHT_CLASS = /highlight|search|match|found|(?:^|[\s_-])(?:hl|hit)(?:$|[\s_-])/i;
const MAX_LINE_CHARS = 400;
const MAX_LINE_NODES = 40;
/** How often in one root: honest pages need it for a searched-for word here and there. */
const MAX_LINES = 2_000;

/** Starts with nothing put together. */
export function createInlineText(dom: SafeDom): InlineText {
  let lines = 0;
  const line = (node: Node): string | null => {
    lines += 1;
    return lines > MAX_LINES ? null : lineAround(dom, node);
  };
  return {
    line,
    glued(node, own) {
      const before = isSpace(own, 0) ? null : dom.previous(node);
      const after = isSpace(own, own.length - 1) ? null : dom.next(node);
      const goesOn =
        (before !== null && touches(dom, before, true)) ||
        (after !== null && touches(dom, after, false));
      return goesOn ? line(node) : null;
    },
  };
}

function isSpace(text: string, index: number): boolean {
  return text.charCodeAt(index) <= 0x20;
}

/** Whether the same word may go on in the node beside. */
function touches(dom: SafeDom, beside: Node, atItsEnd: boolean): boolean {
  if (isText(beside)) {
    const text = beside.data;
    return text !== '' && !isSpace(text, atItsEnd ? text.length - 1 : 0);
  }
  if (!isElement(beside)) return false;
  const tag = dom.tag(beside);
  if (!FORMATTING.test(tag)) return false;
  return INSIDE_WORDS.test(tag) || HIGHLIGHT_CLASS.test(dom.attribute(beside, 'class') ?? '');
}

function lineAround(dom: SafeDom, node: Node): string | null {
  let line = dom.holder(node);
  while (line !== null && FORMATTING.test(dom.tag(line))) {
    const outer = dom.parent(line);
    if (!isElement(outer)) break;
    line = outer;
  }
  if (line === null) return null;
  let text = '';
  let count = 0;
  const walker = dom.nodes(line);
  for (let item = walker.nextNode(); item !== null; item = walker.nextNode()) {
    count += 1;
    if (isText(item)) text += item.data;
    else if (isElement(item) && !FORMATTING.test(dom.tag(item))) text += '\n';
    if (text.length > MAX_LINE_CHARS || count > MAX_LINE_NODES) return null;
  }
  return text;
}
