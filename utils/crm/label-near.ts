import { labelKind, type LabelKind } from './label-words.ts';
import { isElement, type SafeDom } from './safe-dom.ts';
import { textInside } from './text-inside.ts';

/** Finds what the page calls the text of an element. One per search: it remembers what it looked up. */
export interface Labels {
  /** What the labels of an element say; null when it has none. */
  of(element: Element): LabelKind | null;
}

/** Attributes by which pages name a field for themselves or for a screen reader, the most telling first. */
const NAMING_ATTRIBUTES = [
  'autocomplete',
  'itemprop',
  'aria-label',
  'label',
  'data-label',
  'data-title',
  'data-th',
  'data-field',
  'data-name',
  'data-column',
  'data-key',
  'name',
  'id',
  'placeholder',
  'title',
];
const FIELD_TAGS = /^(?:input|textarea|select)$/;
const LABEL_TAGS = /^(?:dt|th|label|legend)$/;
const ACTIVE_TAGS = /^(?:a|button|option|input|select)$/;
const CELL = 'td,th,[role="gridcell"],[role="cell"]';
const ROW = 'tr,[role="row"]';
const HEADER_CELLS = 'th,[role="columnheader"]';
const MAX_LEVELS = 4;
const MAX_LABEL_CHARS = 60;
const MAX_CLASS_CHARS = 400;
const MAX_COLUMNS = 100;
const MAX_LABELS = 5_000;

/** Starts with nothing looked up. */
export function createLabels(dom: SafeDom): Labels {
  const headers = new WeakMap<Element, readonly (LabelKind | null)[]>();
  const labelsFor = new WeakMap<Node, ReadonlyMap<string, Element>>();

  return {
    of: (element) =>
      (FIELD_TAGS.test(dom.tag(element)) ? fieldLabel(element) : null) ?? nearLabel(element),
  };

  /** Labels as HTML defines them: `<label>` around it or for its id, `aria-labelledby`. */
  function fieldLabel(field: Element): LabelKind | null {
    const root = dom.root(field);
    const id = dom.attribute(field, 'id');
    const other = dom.attribute(field, 'aria-labelledby')?.trim().split(/\s+/)[0];
    const labels = [
      dom.closest(field, 'label'),
      id ? remembered(labelsFor, root, () => readLabels(dom, root)).get(id) : null,
      other ? dom.byId(root, other) : null,
    ];
    return firstTelling(labels, (label) => label && labelKind(shortText(dom, label)));
  }

  function nearLabel(element: Element): LabelKind | null {
    let fallback: LabelKind | null = null;
    let current: Element | null = element;
    for (let level = 0; level < MAX_LEVELS && current !== null; level += 1) {
      const own: LabelKind | null = attributeLabel(dom, current) ?? siblingLabel(dom, current);
      if (own !== null && own !== 'other') return own;
      fallback ??= own;
      if (dom.matches(current, CELL)) return columnLabel(current) ?? fallback;
      current = dom.holder(current);
      if (current !== null && dom.childCount(current) > 3) break;
    }
    return fallback;
  }

  function columnLabel(cell: Element): LabelKind | null {
    const table = dom.closest(cell, 'table,[role="grid"],[role="table"]');
    if (!table) return null;
    return remembered(headers, table, () => readHeaders(dom, table))[columnOf(dom, cell)] ?? null;
  }
}

function readLabels(dom: SafeDom, root: Node): ReadonlyMap<string, Element> {
  const byId = new Map<string, Element>();
  for (const label of dom.all(root, 'label[for]')) {
    if (byId.size >= MAX_LABELS) break;
    byId.set(dom.attribute(label, 'for') ?? '', label);
  }
  return byId;
}

/** What the first row with headers says of each column. */
function readHeaders(dom: SafeDom, table: Element): readonly (LabelKind | null)[] {
  const first = dom.first(table, HEADER_CELLS);
  const row = first && dom.closest(first, ROW);
  if (!row) return [];
  const kinds: (LabelKind | null)[] = [];
  for (let cell = dom.firstChild(row); cell !== null; cell = dom.next(cell)) {
    if (!isElement(cell)) continue;
    // Beside a value the header names its row, not a column.
    if (!dom.matches(cell, `${HEADER_CELLS},td:empty`) && kinds.length > 0) return [];
    const label = dom.attribute(cell, 'aria-label') ?? shortText(dom, cell);
    kinds.push(labelKind(label.trim()));
    if (kinds.length >= MAX_COLUMNS) break;
  }
  return kinds;
}

function remembered<Key extends object, Value>(
  memory: WeakMap<Key, Value>,
  key: Key,
  read: () => Value,
): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const value = read();
  memory.set(key, value);
  return value;
}

/** The first kind that says more than that there is a label. */
function firstTelling<Item>(
  items: readonly Item[],
  read: (item: Item) => LabelKind | null | undefined,
): LabelKind | null {
  for (const item of items) {
    const kind = read(item);
    if (kind && kind !== 'other') return kind;
  }
  return null;
}

function attributeLabel(dom: SafeDom, element: Element): LabelKind | null {
  const named = firstTelling(NAMING_ATTRIBUTES, (name) => {
    const value = dom.attribute(element, name);
    return value === null ? null : labelKind(value);
  });
  if (named) return named;
  const classes = dom.attribute(element, 'class');
  if (!classes || classes.length > MAX_CLASS_CHARS) return null;
  return firstTelling(classes.split(/\s+/), labelKind);
}

/** `<dt>`, `<th>`, `<label>` or a short text that ends in a colon or is a known label, right before the element. */
function siblingLabel(dom: SafeDom, element: Element): LabelKind | null {
  let before = dom.previous(element);
  while (before !== null && !isElement(before) && (before.nodeValue ?? '').trim() === '') {
    before = dom.previous(before);
  }
  if (before === null) return null;
  if (!isElement(before)) return labelOfText(before.nodeValue ?? '', false);
  // The entry of a menu before another one is no label of it.
  if (dom.childCount(before) > 3 || ACTIVE_TAGS.test(dom.tag(before))) return null;
  const text = shortText(dom, before);
  const isSure = LABEL_TAGS.test(dom.tag(before));
  // In a row of several, labels and values take turns. `Customer` in the second cell is a state.
  const isValue = columnOf(dom, before) % 2 > 0 && dom.childCount(dom.holder(before) ?? before) > 3;
  return isValue && !isSure && !text.includes(':') ? null : labelOfText(text, isSure);
}

function labelOfText(raw: string, sure: boolean): LabelKind | null {
  const text = raw.trim();
  const kind = labelKind(text);
  if (kind !== 'other') return kind;
  return sure || text.endsWith(':') ? 'other' : null;
}

function columnOf(dom: SafeDom, cell: Element): number {
  let index = 0;
  for (let before = dom.previous(cell); before !== null; before = dom.previous(before)) {
    if (isElement(before)) index += 1;
    if (index >= MAX_COLUMNS) break;
  }
  return index;
}

/** The text of an element that should be short; '' when it is not. */
function shortText(dom: SafeDom, element: Element): string {
  const text = textInside(dom, element, MAX_LABEL_CHARS + 1);
  return text.length > MAX_LABEL_CHARS ? '' : text;
}
