import { RELATIONS, SOURCES, type Doubt, type Relation, type Source } from './found-contacts.ts';
import { isElement, type SafeDom } from './safe-dom.ts';
import type { Candidate } from './sightings.ts';

/** What is known of a contact when it is put in order. */
export interface Standing {
  readonly relation: Relation;
  readonly source: Source;
  readonly address: string;
  readonly doubts: readonly Doubt[];
  /** Whether it lies in a header, footer or navigation, which are about the site and its user, not about a contact. */
  readonly isPeripheral: boolean;
  /** Whether the page's heading names this person. */
  readonly isSubject: boolean;
  /** Whether the caret stands in its row or card. */
  readonly isNear: boolean;
  readonly hasName: boolean;
  readonly order: number;
}

/** No person reads what is sent there. */
const UNREAD = /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)\b/i;
const PERIPHERY =
  'nav,footer,body > header,#header,#footer,.footer,[role="navigation"],[role="contentinfo"],[role="banner"]';

/** Puts the better one first: sorts like `Array.prototype.sort` wants it. */
export function compareStanding(a: Standing, b: Standing): number {
  return malus(a) - malus(b) || a.order - b.order;
}

/** Relation before all else, then whether a person is there to be written to, then how it was found. */
function malus(standing: Standing): number {
  const { address, doubts } = standing;
  return (
    RELATIONS.indexOf(standing.relation) * 1_000 +
    (doubts.includes('not-visible') ? 400 : 0) +
    (UNREAD.test(address) ? 200 : 0) +
    (standing.isPeripheral ? 100 : 0) +
    (standing.isSubject ? -50 : 0) +
    (standing.isNear ? -70 : 0) +
    SOURCES.indexOf(standing.source) * 5 +
    (standing.hasName ? 0 : 4) +
    (doubtsOfAddress(doubts).length > 0 ? 20 : 0)
  );
}

/** The doubts that are about the address itself, not about whose it is. */
export function doubtsOfAddress(doubts: readonly Doubt[]): readonly Doubt[] {
  return doubts.filter((doubt) => doubt !== 'name-unlike');
}

/** What is known of a candidate before names and places are looked at. */
export type EarlyStanding = Pick<Standing, 'relation' | 'isSubject' | 'isNear'>;

/** The same order from what is known early, for many; the candidates themselves stay as they are. */
export function inEarlyOrder(
  candidates: Iterable<Candidate>,
  standingOf: (candidate: Candidate) => EarlyStanding,
): readonly Candidate[] {
  return Array.from(candidates, (candidate) => {
    const { address, source, order } = candidate;
    const doubts = candidate.doubt === null ? [] : [candidate.doubt];
    const early = { isPeripheral: false, hasName: true, ...standingOf(candidate) };
    return { candidate, worth: malus({ address, source, order, doubts, ...early }), order };
  })
    .sort((a, b) => a.worth - b.worth || a.order - b.order)
    .map(({ candidate }) => candidate);
}

/** Whether all places of a candidate lie at the edge of the page. */
export function isPeripheral(dom: SafeDom, places: readonly Node[]): boolean {
  return places.every((place) => {
    const element = isElement(place) ? place : dom.holder(place);
    return element !== null && dom.closest(element, PERIPHERY) !== null;
  });
}

/** Whether no place of a candidate can be seen. True only where the browser can tell. */
export function isInvisible(dom: SafeDom, places: readonly Node[]): boolean {
  return places.every((place) => {
    const element = isElement(place) ? place : dom.holder(place);
    if (element === null || /^(?:script|meta|link)$/.test(dom.tag(element))) return false;
    return !dom.isVisible(element);
  });
}
