import type { SafeDom } from './safe-dom.ts';

/** More pieces than this are no name, no label and no address. */
const MAX_NODES = 64;

/** The beginning of an element's text, at most `maxChars` long, in little time however large the element is. */
export function textInside(dom: SafeDom, element: Node, maxChars: number): string {
  let text = '';
  const walker = dom.texts(element);
  for (let count = 0; count < MAX_NODES && text.length < maxChars; count += 1) {
    const node = walker.nextNode();
    if (node === null) break;
    text += (node.nodeValue ?? '').slice(0, maxChars);
  }
  return text.slice(0, maxChars);
}
