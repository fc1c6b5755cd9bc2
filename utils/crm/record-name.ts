import { affinity, cleanName, isRoleAddress, shapeOf, type CleanName } from './name-text.ts';
import { isPageWording } from './name-words.ts';
import type { Labels } from './label-near.ts';
import { isLabelText, labelKind, type LabelKind } from './label-words.ts';
import { ringsAround, type Piece, type Ring } from './record.ts';
import { isElement, type SafeDom } from './safe-dom.ts';
import { textInside } from './text-inside.ts';

/** A name and how sure it is that it belongs to the address; the scale is that of `NAME_SCORES`. */
export interface ScoredName extends CleanName {
  readonly score: number;
}

/** How much each sign is worth. Below `least` it is better to show no name than this one. */
export const NAME_SCORES = {
  least: 40,
  sure: 80,
  labelled: 85,
  /** First and last name, each in a field of its own. */
  labelledWhole: 120,
  labelledPart: 70,
  heading: 40,
  otherLabel: -30,
  person: 30,
  company: 12,
  companyOfRole: 30,
  words: 5,
  affinity: [0, 35, 55],
  /** In letters that no address is written in, so that nothing of it can be seen there. */
  otherScript: 10,
  emphasis: 12,
  first: 10,
  outerRing: -5,
  shared: -20,
} as const;

const EMPHASIS = 'h1,h2,h3,h4,h5,h6,b,strong,th,legend,caption,figcaption,a,[role="heading"]';
const HEADING = 'h1,h2,h3,h4,h5,h6,dt,strong,b,legend,summary,[role="heading"]';
const MAX_LEVELS_ABOVE = 4;
const MAX_STEPS_ABOVE = 10;
const MAX_CHARS_ABOVE = 400;
/** A role in brackets after a name. */
const BRACKETED_END = /\s*\([^()]{0,40}\)$/;

/** What names are judged with. */
interface Judging {
  readonly dom: SafeDom;
  readonly labels: Labels;
}

/** Looks for the name that belongs to an address around the place where it was found; null when none is sure enough. */
export function nameFromRecord(
  { dom, labels }: Judging,
  place: Node,
  address: string,
): ScoredName | null {
  const key = address.toLowerCase();
  let best: ScoredName | null = null;
  let outward = 0;
  for (const ring of ringsAround(dom, place, (other) => other !== key)) {
    const found = bestOfRing({ dom, labels }, ring, address);
    if (ring.isShared && found && !isOwn(found.text)) continue;
    const malus = outward + (ring.isShared ? NAME_SCORES.shared : 0);
    if (found && found.score + malus > (best?.score ?? NAME_SCORES.least - 1)) {
      best = { ...found, score: found.score + malus };
    }
    if (best && best.score >= NAME_SCORES.sure) return best;
    outward += NAME_SCORES.outerRing;
  }
  const above = nameAbove({ dom, labels }, place, address);
  if (above && above.score > (best?.score ?? 0)) best = above;
  return best;

  /** In a record with several addresses the name belongs to the one that it is like, or that is labelled as the record's own. */
  function isOwn(name: string): boolean {
    if (affinity(name, address) > 0) return true;
    const element = isElement(place) ? place : dom.holder(place);
    return !isRoleAddress(address) && element !== null && labels.of(element) === 'email';
  }
}

/**
 * A heading over the place, or the term that it is the definition of: `<h3>Anna Berg</h3><p>anna@example.com</p>`;
 * or a field of the same data sheet that is called a name: `Contact: Anna Berg`, some rows above `E-mail:`.
 */
function nameAbove({ dom, labels }: Judging, place: Node, address: string): ScoredName | null {
  const holder = isElement(place) ? place : dom.holder(place);
  const isField = holder !== null && labels.of(holder) === 'email';
  const parts = new Map<LabelKind, CleanName>();
  let current: Node | null = place;
  for (let level = 0; level < MAX_LEVELS_ABOVE && current !== null; level += 1) {
    let before: Node | null = dom.previous(current);
    for (let step = 0; step < MAX_STEPS_ABOVE && before !== null; step += 1) {
      const text: string = isElement(before) ? textInside(dom, before, MAX_CHARS_ABOVE) : '';
      // What stands above another address belongs to that.
      if (text.includes('@')) return partsOf(parts);
      if (isElement(before)) {
        if (isField) addField(dom, parts, before);
        const name = dom.matches(before, HEADING) ? nameOf({ text, element: before }) : null;
        if (name) {
          const looks = shapeScore(name.text, address);
          const score = NAME_SCORES.heading + looks;
          return partsOf(parts) ?? (looks < NAME_SCORES.company ? null : { ...name, score });
        }
      }
      before = dom.previous(before);
    }
    current = dom.holder(current);
  }
  return partsOf(parts);
}

/** Reads a field of a data sheet, which is a row of a label and its value, or a value after its label as in `<dl>`. */
function addField(dom: SafeDom, parts: Map<LabelKind, CleanName>, field: Element): void {
  const isRow = dom.childCount(field) === 2;
  const label = isRow ? dom.firstInside(field) : dom.previousElement(field);
  const value = isRow ? dom.lastInside(field) : field;
  if (!label || !value) return;
  const kind = labelKind(textInside(dom, label, MAX_CHARS_ABOVE).trim());
  const name = nameOf({ text: textInside(dom, value, MAX_CHARS_ABOVE), element: value });
  if (kind && name && !parts.has(kind)) parts.set(kind, name);
}

function partsOf(parts: ReadonlyMap<LabelKind, CleanName>): ScoredName | null {
  const whole = parts.get('name');
  return whole && shapeOf(whole.text) === 'person'
    ? { ...whole, score: NAME_SCORES.labelled }
    : joinedName(parts);
}

function bestOfRing(
  { dom, labels }: Judging,
  { pieces }: Ring,
  address: string,
): ScoredName | null {
  let winner: ScoredName | null = null;
  let order: number = NAME_SCORES.first;
  const parts = new Map<LabelKind, CleanName>();
  for (const piece of pieces) {
    const name = nameOf(piece);
    // A piece of the address itself, which is highlighted or wrapped.
    if (name === null || (isLowerCase(name.text) && address.includes(name.text))) continue;
    const kind = labels.of(piece.element);
    if (kind && !parts.has(kind)) parts.set(kind, name);
    const label = kind === 'name' ? NAME_SCORES.labelled : kind && NAME_SCORES.otherLabel;
    const emphasis = dom.matches(piece.element, EMPHASIS) ? NAME_SCORES.emphasis : 0;
    const score = (label ?? 0) + order + emphasis + shapeScore(name.text, address);
    order = 0;
    if (score > (winner?.score ?? 0)) winner = { ...name, score };
  }
  const joined = joinedName(parts);
  return joined && joined.score >= (winner?.score ?? 0) ? joined : winner;
}

/** A name whose words stand in fields of their own. */
function joinedName(named: ReadonlyMap<LabelKind, CleanName>): ScoredName | null {
  const parts = [named.get('first-name'), named.get('last-name')].filter(
    (part) => part !== undefined,
  );
  if (parts.length === 0) return null;
  return {
    text: parts.map(({ text }) => text).join(' '),
    hadHidden: parts.some(({ hadHidden }) => hadHidden),
    score: parts.length > 1 ? NAME_SCORES.labelledWhole : NAME_SCORES.labelledPart,
  };
}

function shapeScore(text: string, address: string): number {
  const near = NAME_SCORES.affinity[affinity(text, address)];
  const shape = shapeOf(text);
  if (shape === 'person') {
    const other = /\p{sc=Latn}/u.test(text) ? 0 : NAME_SCORES.otherScript;
    return NAME_SCORES.person + near + other;
  }
  if (shape !== 'company') return NAME_SCORES.words + near;
  return (isRoleAddress(address) ? NAME_SCORES.companyOfRole : NAME_SCORES.company) + near;
}

/** A piece that may be a name by its looks; null when it can't be one. */
function nameOf(piece: Piece): CleanName | null {
  const name = cleanName(piece.text);
  const text = name.text.replace(BRACKETED_END, '');
  if (shapeOf(text) === 'none' || isPageWording(text) || isLabelText(text)) return null;
  return { ...name, text };
}

function isLowerCase(text: string): boolean {
  return text === text.toLowerCase();
}
