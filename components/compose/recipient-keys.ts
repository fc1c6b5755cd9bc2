/** What a key means in a recipient field. */
export type FieldAct = 'take' | 'choose' | 'next' | 'previous' | 'close' | 'last-chip';

/** What a key means on a recipient. */
export type ChipAct = 'left' | 'right' | 'remove' | 'edit' | 'field';

/** How things stand in the field when a key is pressed. */
export interface FieldSituation {
  readonly text: string;
  /** Nothing is selected, and the caret stands before the first character. */
  readonly caretAtStart: boolean;
  readonly hasChips: boolean;
  readonly listOpen: boolean;
  /** Which suggestion Enter would take; -1 for none. */
  readonly active: number;
}

type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Null leaves the key to the browser. */
export function fieldAct(event: Key, situation: FieldSituation): FieldAct | null {
  const { text, caretAtStart, hasChips, listOpen, active } = situation;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case 'Enter':
      if (listOpen && active >= 0) return 'choose';
      return text.trim() === '' ? null : 'take';
    case 'ArrowDown':
      return 'next';
    case 'ArrowUp':
      return listOpen ? 'previous' : null;
    case 'Escape':
      return listOpen ? 'close' : null;
    case 'Backspace':
    case 'ArrowLeft':
      return caretAtStart && hasChips ? 'last-chip' : null;
    default:
      return null;
  }
}

/** Null leaves the key to the browser. */
export function chipAct(event: Key): ChipAct | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'Backspace':
    case 'Delete':
      return 'remove';
    case 'Enter':
      return 'edit';
    case 'Escape':
    case 'End':
      return 'field';
    default:
      return null;
  }
}
