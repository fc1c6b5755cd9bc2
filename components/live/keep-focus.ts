const CONTROLS = 'a[href], button, input, select, textarea';

/**
 * Nobody at the keyboard is sent back to the top of a page by an act: when what had the focus is taken away, and
 * nothing else took the focus meanwhile, the next control in its place has it. A click beside everything lets go of it.
 */
export function keepFocus(page: HTMLElement): void {
  /** What has, or last had, the focus, and what it stands in, up to the page. */
  let path: readonly Element[] = [];
  page.addEventListener('focusin', ({ target }) => {
    path = target instanceof Element ? upTo(page, target) : [];
  });
  page.addEventListener('focusout', () => {
    // What is being taken away is still there at this moment.
    queueMicrotask(() => {
      if (path[0]?.isConnected && document.activeElement === document.body) path = [];
    });
  });
  new MutationObserver((changes) => {
    if (path.length === 0 || path[0]?.isConnected) return;
    if (document.activeElement !== document.body) return;
    const gone = new Set<Node>(path);
    const change = changes.find(({ removedNodes }) => [...removedNodes].some((n) => gone.has(n)));
    let before: Node | null = change?.previousSibling?.isConnected ? change.previousSibling : null;
    for (const home of path.filter((one) => one.isConnected)) {
      if (focusWithin(home, before)) return;
      before = home;
    }
  }).observe(page, { childList: true, subtree: true });
}

/** Gives the focus to the first control there that comes after `before`, else to the current one of a list, or to the last. */
function focusWithin(home: Element, before: Node | null): boolean {
  const all = [...home.querySelectorAll<HTMLElement>(CONTROLS)];
  const follows = (one: Node): boolean =>
    before === null ||
    (before.compareDocumentPosition(one) &
      (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)) ===
      Node.DOCUMENT_POSITION_FOLLOWING;
  const next = all.filter(follows);
  const current = all.filter((one) => one.hasAttribute('aria-current'));
  return [...next, ...current, ...all.reverse()].some((one) => {
    one.focus();
    return document.activeElement === one;
  });
}

function upTo(page: Element, from: Element): readonly Element[] {
  const path = [];
  for (let one: Element | null = from; one && one !== page; one = one.parentElement) path.push(one);
  return [...path, page];
}
