import { isMailLink } from '../mail/mail.ts';
import { findAddresses } from './find-addresses.ts';
import type { Doubt } from './found-contacts.ts';
import type { Labels } from './label-near.ts';
import { visibleText } from './invisible.ts';
import { linkRecipients } from './link-recipients.ts';
import { nameBefore } from './name-before.ts';
import { affinity, cleanName, isUnlike, shapeOf } from './name-text.ts';
import { isPageWording, withoutWriteTo } from './name-words.ts';
import { isLabelText } from './label-words.ts';
import { nameFromRecord, NAME_SCORES, type ScoredName } from './record-name.ts';
import { isElement, isText, type SafeDom } from './safe-dom.ts';
import type { Candidate } from './sightings.ts';
import { textInside } from './text-inside.ts';

/** The name of a contact, '' when none is sure enough, and what speaks against what the page shows. */
export interface Naming {
  readonly name: string;
  readonly doubts: readonly Doubt[];
}

/** What names are looked for with. */
export interface NamingParts {
  readonly dom: SafeDom;
  readonly labels: Labels;
  /** What the page says that it is about, the main heading first. */
  readonly headings: readonly string[];
  /** What the clicked link or the selection says, when it lies in this contact's row; '' otherwise. */
  readonly clickedText: string;
  /** Whether this is the only contact of the page, so that the heading can only be its name. */
  readonly isOnly: boolean;
}

const SCORES = {
  given: 95,
  bound: 94,
  linkPerson: 88,
  linkWords: 82,
  clicked: 84,
  /** It may as well be the company of the row. */
  clickedOther: 60,
  beside: 80,
  near: 42,
};
const HEADING = { affine: 76, only: 45 };
const MAX_TEXT_CHARS = 5_000;

/** Finds the best name among what readers gave, what links and texts say, what lies nearby, and the heading. */
export function nameOf(candidate: Candidate, parts: NamingParts): Naming {
  const doubts = new Set<Doubt>();
  const offers = createOffers();
  for (const given of candidate.names) {
    // A name that is itself an address says nothing good; another address is a lie.
    if (!given.includes('@')) offers.add(given, SCORES.given);
    else if (!shows(given, [candidate.key])) doubts.add('shown-differently');
  }
  for (const place of candidate.places) {
    if (isText(place)) offerBeside(place.data, candidate.address, offers);
    if (!isElement(place)) continue;
    offerBeside(parts.dom.attribute(place, 'title') ?? '', candidate.address, offers);
    const link = readLink(parts.dom, place);
    if (!link) continue;
    if (!shows(link.shown, link.recipients)) doubts.add('shown-differently');
    if (link.recipients.length === 1) offerLinkTexts(link, candidate.address, offers);
  }
  if (isNameLike(parts.clickedText)) {
    const isLike = affinity(parts.clickedText, candidate.address) > 0;
    offers.add(parts.clickedText, isLike ? SCORES.clicked : SCORES.clickedOther);
  }
  offerHeadings(candidate.address, parts, offers);
  for (const place of offers.isSure() ? [] : candidate.places) {
    // A selection has no place of its own: what lies anywhere on the page is not beside it.
    if (!isElement(place) && !isText(place)) continue;
    offers.addScored(nameFromRecord(parts, place, candidate.address));
  }
  const best = offers.best();
  if (best?.hadHidden) doubts.add('hidden-characters');
  // What lies about the address may lie about the name.
  const isBelieved = !doubts.has('shown-differently');
  if (isBelieved && best && best.score < NAME_SCORES.labelledPart) {
    if (isUnlike(best.text, candidate.address)) doubts.add('name-unlike');
  }
  return { name: (isBelieved && best?.text) || '', doubts: [...doubts] };
}

/** Keeps the best of the names that are offered; of equals the first. */
interface Offers {
  add(raw: string, score: number): void;
  addScored(name: ScoredName | null): void;
  isSure(): boolean;
  best(): ScoredName | null;
}

function createOffers(): Offers {
  let best: ScoredName | null = null;
  const addScored = (name: ScoredName | null): void => {
    if (name && name.text !== '' && name.score > (best?.score ?? 0)) best = name;
  };
  return {
    addScored,
    add: (raw, score) => addScored({ ...cleanName(raw), score }),
    isSure: () => (best?.score ?? 0) >= NAME_SCORES.sure,
    best: () => best,
  };
}

function offerBeside(raw: string, address: string, offers: Offers): void {
  const { text } = visibleText(raw.slice(0, MAX_TEXT_CHARS));
  const key = address.toLowerCase();
  const found = findAddresses(text).find((hit) => hit.address.toLowerCase() === key);
  const beside = found && nameBefore(text, found.start, found.end);
  if (!beside || isPageWording(beside.name)) return;
  if (beside.bound) offers.add(beside.name, SCORES.bound);
  else offers.add(beside.name, affinity(beside.name, address) > 0 ? SCORES.beside : SCORES.near);
}

/** A mailto link: what it says, and whom it writes to in lower case. */
interface MailLink {
  readonly shown: string;
  readonly hints: readonly string[];
  readonly recipients: readonly string[];
}

function readLink(dom: SafeDom, link: Element): MailLink | null {
  const href = dom.attribute(link, 'href');
  if (href === null || !isMailLink(href)) return null;
  return {
    shown: textInside(dom, link, MAX_TEXT_CHARS),
    hints: [dom.attribute(link, 'title') ?? '', dom.attribute(link, 'aria-label') ?? ''],
    recipients: linkRecipients(href).map((recipient) => recipient.toLowerCase()),
  };
}

function offerLinkTexts({ shown, hints }: MailLink, address: string, offers: Offers): void {
  const named = findAddresses(shown)[0];
  const said = named ? (nameBefore(shown, named.start, named.end)?.name ?? '') : shown;
  for (const raw of [said, ...hints]) {
    const text = withoutWriteTo(cleanName(raw).text);
    if (!isNameLike(text)) continue;
    if (shapeOf(text) === 'person') offers.add(withoutWriteTo(raw.trim()), SCORES.linkPerson);
    else if (affinity(text, address) > 0) offers.add(text, SCORES.linkWords);
    else if (shapeOf(text) === 'company') offers.add(text, SCORES.near);
  }
}

function offerHeadings(address: string, { headings, isOnly }: NamingParts, offers: Offers): void {
  for (const heading of headings.filter(isNameLike)) {
    if (affinity(heading, address) > 0) offers.add(heading, HEADING.affine);
    else if (isOnly && shapeOf(heading) !== 'words') offers.add(heading, HEADING.only);
  }
}

/** Whether a text may be a name by its looks: no sentence, no label, nothing that buttons say. */
export function isNameLike(text: string): boolean {
  return shapeOf(text) !== 'none' && !isPageWording(text) && !isLabelText(text);
}

/** Whether the addresses that a text shows, if any, are all among those it stands for. */
function shows(text: string, keys: readonly string[]): boolean {
  return findAddresses(cleanName(text).text).every(({ address }) =>
    keys.includes(address.toLowerCase()),
  );
}
