import type { SafeDom } from './safe-dom.ts';

const CUT_OFF = /\s*(?:\u2026|\.{3})\s*$/;

/** The whole of a text that a page cut off (`Anna van d…`) and gives in a tooltip; the text itself where there is none. */
export function wholeText(dom: SafeDom, element: Element | null, text: string): string {
  if (!element || !CUT_OFF.test(text)) return text;
  const start = text.replace(CUT_OFF, '').trim();
  const holder = dom.closest(element, '[title]');
  const title = holder && dom.attribute(holder, 'title');
  return start && title?.startsWith(start) ? title : text;
}
