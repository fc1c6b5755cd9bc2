import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MailView } from '../../utils/messaging/messaging.ts';
import type { RowPlace } from '../mail/MailLine.tsx';
import { createRowHeights, type RowHeights } from './row-heights.ts';

/** Before any row was measured: a head, a line, and its acts. */
const GUESS_PX = 96;
/** Drawn above and below what is in sight, so that slow scrolling finds a row there. */
const BEYOND_PX = 400;
/** Drawn before and after the row that has the focus at once, so that Tab never comes to an end of what is drawn. */
const AROUND_FOCUS = 4;

interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * A list as long as there are mails, of which only those in sight are drawn. Each row says which of
 * how many it is; the row with the keyboard's focus stays, wherever one scrolls.
 */
export function MailRows(props: {
  readonly label: string;
  readonly total: number;
  /** By their place; what is not there yet is drawn as waiting. */
  readonly mails: ReadonlyMap<number, MailView>;
  readonly onShow: (first: number, last: number) => void;
  readonly line: (mail: MailView, place: RowPlace) => JSX.Element;
}): JSX.Element {
  const { label, total, mails, onShow, line } = props;
  const list = useRef<HTMLUListElement>(null);
  const heights = useMemo(() => createRowHeights(GUESS_PX), []);
  const range = useRange(list, heights, total);
  const focused = useKeptFocus(list, mails);
  useEffect(() => onShow(range.first, range.last), [range.first, range.last, onShow]);
  usePlacing(list, heights, total);

  const rows = rowsToDraw(range, total, rowOf(mails, focused.at)).map((row) => {
    const place: RowPlace = {
      'aria-setsize': total,
      'aria-posinset': row + 1,
      'data-row': row,
    };
    const mail = mails.get(row);
    return mail ? line(mail, place) : <ComingRow key={`coming-${row}`} place={place} />;
  });
  return (
    <ul
      class="mail-rows"
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

/** Can have the focus, and hands it to its mail when that comes: Tab skips none, however fast one is. */
function ComingRow({ place }: { readonly place: RowPlace }): JSX.Element {
  return (
    <li class="mail mail-coming" tabIndex={0} {...place}>
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

/** Where the focus is: at a mail, wherever it stands, or at a place whose mail is still coming. */
type Focus = { readonly id: string } | { readonly row: number };

function focusAt(target: EventTarget | null, mails: ReadonlyMap<number, MailView>): Focus | null {
  const element = target instanceof Element ? target.closest('[data-row]') : null;
  if (element === null) return null;
  const row = Number(element.getAttribute('data-row'));
  const mail = mails.get(row);
  return mail ? { id: mail.id } : { row };
}

/** Null when the mail is not in the list any more. */
function rowOf(mails: ReadonlyMap<number, MailView>, focus: Focus | null): number | null {
  if (focus === null) return null;
  if ('row' in focus) return focus.row;
  for (const [row, mail] of mails) if (mail.id === focus.id) return row;
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
 * The row that has the keyboard's focus. When a mail comes to where it was waited for, it gets the
 * focus; when it leaves the list, the list has it: never nothing.
 */
function useKeptFocus(
  list: ListRef,
  mails: ReadonlyMap<number, MailView>,
): {
  readonly at: Focus | null;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: (event: FocusEvent) => void;
} {
  const [at, setAt] = useState<Focus | null>(null);
  useLayoutEffect(() => {
    if (at === null || document.activeElement !== document.body) return;
    const row = rowOf(mails, at);
    // A mail that is still there lost it because the person clicked beside it.
    if (row !== null && (!('row' in at) || !mails.has(row))) return;
    const control = list.current?.querySelector<HTMLElement>(
      `[data-row="${row ?? ''}"] :is(a, button)`,
    );
    (control ?? list.current)?.focus();
  });
  return {
    at,
    onFocusIn: ({ target }) => setAt(focusAt(target, mails)),
    // Without a target the row was taken away, or the window lost its focus.
    onFocusOut: ({ relatedTarget }) => {
      if (relatedTarget === null) return;
      if (!(relatedTarget instanceof Node && list.current?.contains(relatedTarget))) setAt(null);
    },
  };
}
