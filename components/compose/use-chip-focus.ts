import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** The way from chip to chip and back to the field. */
export interface ChipFocus {
  readonly box: RefObject<HTMLDivElement | null>;
  /** Puts the focus there now. */
  readonly now: (to: number | 'field') => void;
  /** Puts the focus there once the change that follows is drawn. */
  readonly next: (to: number | 'field') => void;
}

/** Moves the focus within a recipient field; chips are counted from 0. */
export function useChipFocus(): ChipFocus {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | 'field' | null>(null);
  const now = (to: number | 'field'): void => {
    const chips = box.current?.querySelectorAll<HTMLElement>('.chip-name') ?? [];
    const field = box.current?.querySelector('input');
    const target = to === 'field' ? field : (chips[Math.min(to, chips.length - 1)] ?? field);
    target?.focus();
  };
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    now(wanted.current);
    wanted.current = null;
  });
  return { box, now, next: (to) => (wanted.current = to) };
}
