import { wireAddress, type MailLink } from '../mail/mail.ts';
import type { Click } from './click.ts';
import { cleanName, likenessTo } from './name-text.ts';
import {
  FOUND_LIMITS,
  type Doubt,
  type FoundContact,
  type FoundContacts,
  type Prefill,
} from './found-contacts.ts';
import type { Labels } from './label-near.ts';
import { mixesScripts } from './mixed-scripts.ts';
import { isNameLike, nameOf } from './name-of.ts';
import type { Pacer } from './pacer.ts';
import { MAX_SELECTED_TO, prefillOfLink } from './prefill.ts';
import {
  compareStanding,
  doubtsOfAddress,
  inEarlyOrder,
  isInvisible,
  isPeripheral,
  type EarlyStanding,
  type Standing,
} from './rank.ts';
import type { SafeDom } from './safe-dom.ts';
import { addressKey, type Candidate, type Collection } from './sightings.ts';

/** What a search has gathered when the page was looked through. */
export interface Gathered {
  readonly dom: SafeDom;
  readonly labels: Labels;
  readonly click: Click;
  readonly collection: Collection;
  /** How many contacts the answer holds at most. */
  readonly most: number;
  /** Addresses in the row or card of the click, in lower case, with what was clicked there. */
  readonly beside: ReadonlyMap<string, string>;
  /** Addresses in the row or card where the caret stands, in lower case: most likely the click was there. */
  readonly near: ReadonlySet<string>;
  /** What the page says that it is about, the main heading first. */
  readonly headings: readonly string[];
  readonly leaveOut: () => void;
}

/** A contact with what put it in its place. */
interface Ranked extends Standing {
  readonly name: string;
}

/** Names, orders and cuts what was gathered, and says what the click means. */
export async function finish(
  gathered: Gathered,
  pacer: Pacer,
): Promise<Omit<FoundContacts, 'complete'>> {
  const { click } = gathered;
  const subjects = gathered.headings.filter(isNameLike).map(likenessTo);
  const clicked = new Set(click.mail?.to.map(({ address }) => addressKey(address)));
  const standingOf = ({ key, source }: Candidate): EarlyStanding => {
    const isClicked = clicked.has(key) || source === 'selection';
    const relation = isClicked ? 'clicked' : gathered.beside.has(key) ? 'beside' : 'page';
    const isSubject = subjects.some((likeness) => likeness(key) > 0);
    return { relation, isSubject, isNear: gathered.near.has(key) };
  };
  const chosen = choose(gathered, standingOf);
  const ranked: Ranked[] = [];
  for (const candidate of chosen) {
    ranked.push(
      rank(gathered, candidate, { ...standingOf(candidate), isOnly: chosen.length === 1 }),
    );
    if (!pacer.isDue()) continue;
    if (ranked.length >= FOUND_LIMITS.contacts && pacer.isOver()) {
      gathered.leaveOut();
      break;
    }
    await pacer.rest();
  }
  ranked.sort(compareStanding);
  return { prefill: prefillOf(click, ranked), contacts: ranked.map(toContact) };
}

/** The best that are addresses, each once, also when one is written in letters and one in punycode. */
function choose(
  { collection, most, leaveOut }: Gathered,
  standingOf: (candidate: Candidate) => EarlyStanding,
): readonly Candidate[] {
  const wires = new Set<string>();
  const chosen: Candidate[] = [];
  for (const candidate of inEarlyOrder(collection.candidates.values(), standingOf)) {
    const wire = wireAddress(candidate.address)?.toLowerCase();
    if (wire === undefined || wires.has(wire)) continue;
    if (chosen.length >= most) {
      leaveOut();
      break;
    }
    wires.add(wire);
    chosen.push(candidate);
  }
  return chosen;
}

function rank(
  { dom, labels, click, headings, beside }: Gathered,
  candidate: Candidate,
  { relation, isSubject, isNear, isOnly }: EarlyStanding & { readonly isOnly: boolean },
): Ranked {
  const { address, source, order, places } = candidate;
  const clickedText = beside.get(candidate.key) ?? '';
  const naming = nameOf(candidate, { dom, labels, headings, clickedText, isOnly });
  const doubts = new Set<Doubt>(naming.doubts);
  if (candidate.doubt !== null) doubts.add(candidate.doubt);
  if (mixesScripts(address)) doubts.add('mixed-scripts');
  if (relation === 'page' && isInvisible(dom, places)) doubts.add('not-visible');
  return {
    name: naming.name,
    address,
    source,
    relation: relation === 'page' && isSelected(click, naming.name) ? 'beside' : relation,
    doubts: [...doubts],
    isPeripheral: isPeripheral(dom, places),
    isSubject,
    isNear,
    hasName: naming.name !== '',
    order,
  };
}

/** Whether the person had selected this name, wherever on the page. */
function isSelected({ selectionText }: Click, name: string): boolean {
  return (
    name !== '' &&
    selectionText.length <= FOUND_LIMITS.nameChars &&
    cleanName(selectionText).text === name
  );
}

function toContact({ name, address, source, relation, doubts }: Ranked): FoundContact {
  return { name, address, source, relation, doubts };
}

function prefillOf({ mail }: Click, ranked: readonly Ranked[]): Prefill {
  // A link that names nobody means nobody.
  const asked: MailLink = mail ?? {
    ...NOTHING_ASKED,
    to: recipientsOf(ranked).map(({ address }) => ({ name: '', address })),
  };
  // Nobody looks at a name that is filled in already: it is left out where it may be another person's.
  const sure = ranked.filter(({ doubts }) => !doubts.includes('name-unlike'));
  const names = new Map(sure.map(({ name, address }) => [addressKey(address), name]));
  return prefillOfLink(
    asked,
    ({ name, address }) => cleanName(name).text || (names.get(addressKey(address)) ?? ''),
  );
}

const NOTHING_ASKED = { to: [], cc: [], bcc: [], subject: '', text: '' };

/** Whom the click was about when it was no mailto link: what was selected, else the one contact that it can only be. */
function recipientsOf(ranked: readonly Ranked[]): readonly Ranked[] {
  const selected = ranked.filter(({ relation }) => relation === 'clicked');
  if (selected.length > 0) return selected.length <= MAX_SELECTED_TO ? selected : [];
  const beside = ranked.filter(({ relation }) => relation === 'beside');
  const subjects = ranked.filter(({ isSubject }) => isSubject);
  for (const group of [beside, subjects, ranked]) {
    const [only] = group;
    if (only && group.length === 1) return isPlain(only) ? [only] : [];
    if (group === beside && group.length > 1) return [];
  }
  return [];
}

/** Whether somebody may be put into To without having been clicked. */
function isPlain({ doubts, isPeripheral: peripheral }: Ranked): boolean {
  return doubtsOfAddress(doubts).length === 0 && !peripheral;
}
