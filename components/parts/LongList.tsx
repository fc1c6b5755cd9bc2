import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createRowHeights, type RowHeights } from './row-heights.ts';

/** Before any row was measured: a head, a line, and its acts. */
const GUESS_PX = 96;
/** Drawn above and below what is in sight, so that slow scrolling finds a row there. */
const BEYOND_PX = 400;
/** Drawn before and after the row that has the focus at once, so that Tab never comes to an end of what is drawn. */
const AROUND_FOCUS = 4;

/** Which row of a long list a line is: said to whoever can't see it, and where it stands. */
export interface RowPlace {
  readonly 'aria-setsize': number;
  readonly 'aria-posinset': number;
  readonly 'data-row': number;
}

/** What a list may have: it is known again by its id, wherever it stands. */
interface Item {
  readonly id: string;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * A list as long as there are items, of which only those in sight are drawn. Each row says which of
 * how many it is; the row with the keyboard's focus stays, wherever one scrolls.
 */
export function LongList<T extends Item>(props: {
  readonly label: string;
  readonly total: number;
  /** By their place; what is not there yet is drawn as waiting. */
  readonly items: ReadonlyMap<number, T>;
  /** Told which places are in sight, where not every item is there from the start. */
  readonly onShow?: (first: number, last: number) => void;
  readonly line: (item: T, place: RowPlace) => JSX.Element;
}): JSX.Element {
  const { label, total, items, onShow, line } = props;
  const list = useRef<HTMLUListElement>(null);
  const heights = useMemo(() => createRowHeights(GUESS_PX), []);
  const range = useRange(list, heights, total);
  const focused = useKeptFocus(list, items);
  useEffect(() => onShow?.(range.first, range.last), [range.first, range.last, onShow]);
  usePlacing(list, heights, total);

  const rows = rowsToDraw(range, total, rowOf(items, focused.at)).map((row) => {
    const place: RowPlace = {
      'aria-setsize': total,
      'aria-posinset': row + 1,
      'data-row': row,
    };
    const item = items.get(row);
    return item ? line(item, place) : <ComingRow key={`coming-${row}`} place={place} />;
  });
  return (
    <ul
      class="long-list"
      aria-label={label}
      tabIndex={-1}
      ref={list}
      onFocusIn={focused.onFocusIn}
      onFocusOut={focused.onFocusOut}
    >
      {rows}
    </ul>
  );
}

/** Can have the focus, and hands it to its item when that comes: Tab skips none, however fast one is. */
function ComingRow({ place }: { readonly place: RowPlace }): JSX.Element {
  return (
    <li class="coming-row" tabIndex={0} {...place}>
      <span class="asking">Opening…</span>
    </li>
  );
}

function rowsToDraw({ first, last }: Range, total: number, kept: number | null): readonly number[] {
  const rows = new Set<number>();
  const add = (from: number, to: number): void => {
    for (let row = Math.max(0, from); row <= Math.min(to, total - 1); row += 1) rows.add(row);
  };
  add(first, last);
  if (kept !== null) add(kept - AROUND_FOCUS, kept + AROUND_FOCUS);
  return [...rows].sort((a, b) => a - b);
}

/** Where the focus is: at an item, wherever it stands, or at a place whose item is still coming. */
type Focus = { readonly id: string } | { readonly row: number };

function focusAt(target: EventTarget | null, items: ReadonlyMap<number, Item>): Focus | null {
  const element = target instanceof Element ? target.closest('[data-row]') : null;
  if (element === null) return null;
  const row = Number(element.getAttribute('data-row'));
  const item = items.get(row);
  return item ? { id: item.id } : { row };
}

/** Null when the item is not in the list any more. */
function rowOf(items: ReadonlyMap<number, Item>, focus: Focus | null): number | null {
  if (focus === null) return null;
  if ('row' in focus) return focus.row;
  for (const [row, item] of items) if (item.id === focus.id) return row;
  return null;
}

type ListRef = { readonly current: HTMLUListElement | null };

/** Which rows are in sight, and a little more. */
function useRange(list: ListRef, heights: RowHeights, total: number): Range {
  const [range, setRange] = useState<Range>({ first: 0, last: 0 });
  useLayoutEffect(() => {
    const look = (): void => {
      const topPx = -(list.current?.getBoundingClientRect().top ?? 0);
      const first = heights.rowAt(topPx - BEYOND_PX, total);
      const last = heights.rowAt(topPx + window.innerHeight + BEYOND_PX, total);
      setRange((before) =>
        before.first === first && before.last === last ? before : { first, last },
      );
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [heights, total]);
  return range;
}

/** Leaves room for what is not drawn, measures what is, and does so once more where a guess was wrong. */
function usePlacing(list: ListRef, heights: RowHeights, total: number): void {
  const [, drawAgain] = useState(0);
  useLayoutEffect(() => {
    if (!list.current) return;
    let wrong = false;
    let belowPx = 0;
    for (const row of list.current.querySelectorAll<HTMLElement>('[data-row]')) {
      const at = Number(row.dataset.row);
      row.style.marginBlockStart = gap(heights.topOf(at) - belowPx);
      belowPx = heights.topOf(at + 1);
      const heightPx = row.offsetHeight;
      if (heightPx > 0 && heights.note(at, heightPx)) wrong = true;
    }
    list.current.style.paddingBlockEnd = gap(heights.topOf(total) - belowPx);
    if (wrong) drawAgain((times) => times + 1);
  });
}

function gap(px: number): string {
  return `${Math.max(0, Math.round(px))}px`;
}

/**
 * The row that has the keyboard's focus. When an item comes to where it was waited for, it gets the
 * focus; when it leaves the list, the list has it: never nothing.
 */
function useKeptFocus(
  list: ListRef,
  items: ReadonlyMap<number, Item>,
): {
  readonly at: Focus | null;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: (event: FocusEvent) => void;
} {
  const [at, setAt] = useState<Focus | null>(null);
  useLayoutEffect(() => {
    if (at === null || document.activeElement !== document.body) return;
    const row = rowOf(items, at);
    // An item that is still there lost it because the person clicked beside it.
    if (row !== null && (!('row' in at) || !items.has(row))) return;
    const control = list.current?.querySelector<HTMLElement>(
      `[data-row="${row ?? ''}"] :is(a, button)`,
    );
    (control ?? list.current)?.focus();
  });
  return {
    at,
    onFocusIn: ({ target }) => setAt(focusAt(target, items)),
    // Without a target the row was taken away, or the window lost its focus.
    onFocusOut: ({ relatedTarget }) => {
      if (relatedTarget === null) return;
      if (!(relatedTarget instanceof Node && list.current?.contains(relatedTarget))) setAt(null);
    },
  };
}
