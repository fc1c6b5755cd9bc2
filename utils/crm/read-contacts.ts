import { chooseReaders } from './choose-readers.ts';
import { addressesBeside, caretIn, findAnchors, readClick } from './click.ts';
import type { CrmReader, ReaderContext, Root, Sighting } from './crm-reader.ts';
import { finish, type Gathered } from './finish.ts';
import { FOUND_LIMITS, type FoundContacts } from './found-contacts.ts';
import { createLabels } from './label-near.ts';
import { cleanName } from './name-text.ts';
import { createPacer, yieldToPage, type Pacer } from './pacer.ts';
import { findRoots } from './roots.ts';
import { createSafeDom, type SafeDom } from './safe-dom.ts';
import { createCollection } from './sightings.ts';
import { textInside } from './text-inside.ts';

/** What a search is told beside the page. Everything may be left out. */
export interface ReadOptions {
  /** The link under the click, resolved; null or absent for none. */
  readonly linkUrl?: string | null;
  /** The selected text; null or absent for none. */
  readonly selectionText?: string | null;
  /** How many contacts are wanted at most; absent: `FOUND_LIMITS.contacts`. Each takes time for its name. */
  readonly mostContacts?: number;
  /** Ends the search early: the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds, rising. Absent: `performance.now`. */
  readonly now?: () => number;
  /** Lets the page run between slices. Absent: `scheduler.yield` or a message. */
  readonly yieldToPage?: () => Promise<void>;
  /** Absent: all that the room has. */
  readonly readers?: readonly CrmReader[];
}

/**
 * Finds the contacts of a page, best first, each address once, and what the click says of the mail to be written.
 *
 * Looks at the document at `url`, its open shadow roots and its frames of the same origin; changes nothing, calls
 * nothing, keeps nothing. Works in slices of 4 ms and answers after two seconds at the latest with what it has
 * (`complete: false`). An empty page is an empty answer.
 * @throws the reason of `signal` when that is aborted.
 */
export async function readContacts(
  document: Document,
  url: string,
  options: ReadOptions = {},
): Promise<FoundContacts> {
  options.signal?.throwIfAborted();
  const pacer = createPacer({
    now: options.now ?? (() => performance.now()),
    yieldToPage: options.yieldToPage ?? yieldToPage,
    signal: options.signal ?? null,
  });
  let complete = true;
  const leaveOut = (): void => {
    complete = false;
  };
  const dom = createSafeDom(document);
  const labels = createLabels(dom);
  const click = readClick(options.linkUrl ?? null, options.selectionText ?? null);
  const most = Math.min(options.mostContacts ?? FOUND_LIMITS.contacts, FOUND_LIMITS.mostContacts);
  const collection = createCollection(most);
  const { isKnown } = collection;
  const context = { dom, labels, selectionText: click.selectionText, isKnown, leaveOut };
  const beside = new Map<string, string>();
  const near = new Set<string>();
  const gathered = { dom, labels, click, collection, most, leaveOut, beside, near };
  const roots: Root[] = [];
  const rootsLeft = findRoots(document, dom, leaveOut);
  if (!(await inSlices(rootsLeft, pacer, (root) => roots.push(root)))) leaveOut();
  await inSlices(clickedIn(roots, { dom, click, beside, near }), pacer, collection.add);
  const readers = chooseReaders(URL.parse(url) ?? new URL('about:blank'), options.readers);
  const sightings = sightingsIn(roots, readers, context);
  if (!(await inSlices(sightings, pacer, collection.add))) leaveOut();
  const found = await finish({ ...gathered, headings: headingsOf(dom, roots) }, pacer);
  return { ...found, complete };
}

function* sightingsIn(
  roots: readonly Root[],
  readers: readonly CrmReader[],
  context: ReaderContext,
): Iterable<Sighting | null> {
  for (const root of roots) {
    for (const reader of readers) {
      try {
        // Most begin with a search of the whole root, which is one task of the browser.
        yield null;
        yield* reader.read(root, context);
      } catch {
        // It must not throw, but when a CRM changed so that it does, the other readers still find most.
        context.leaveOut();
      }
    }
  }
}

/** Whom the click is about; read before all others, so that they are found on a page of any length. */
function* clickedIn(
  roots: readonly Root[],
  {
    dom,
    click,
    beside,
    near,
  }: Pick<Gathered, 'dom' | 'click'> & { beside: Map<string, string>; near: Set<string> },
): Iterable<Sighting | null> {
  for (const { name, address } of click.mail?.to ?? []) {
    const place = roots[0];
    if (place) yield { address, source: 'link', place, name };
  }
  for (const root of roots) {
    for (const anchor of findAnchors(dom, root, click)) {
      if (anchor === null) yield null;
      for (const [address, place] of anchor ? addressesBeside(dom, anchor.node) : []) {
        beside.set(address, anchor?.text ?? '');
        yield { address, source: 'text', place };
      }
    }
    const caret = click.linkUrl === null && click.mail === null ? caretIn(dom, root) : null;
    for (const [address, place] of caret ? addressesBeside(dom, caret) : []) {
      near.add(address);
      yield { address, source: 'text', place };
    }
  }
}

/** Takes items one by one, resting when a slice is used up. False when it ended before they did: `take` wants no more, or the time is up. */
async function inSlices<Item>(
  items: Iterable<Item | null>,
  pacer: Pacer,
  take: (item: Item) => unknown,
): Promise<boolean> {
  for (const item of items) {
    if (item !== null && take(item) === false) return false;
    if (!pacer.isDue()) continue;
    if (pacer.isOver()) return false;
    await pacer.rest();
  }
  return true;
}

/** What the page is about, each as it says it: its main headings, and its title (`Anna Berg - Contacts | Some CRM`). */
function headingsOf(dom: SafeDom, roots: readonly Root[]): string[] {
  const headings: string[] = [];
  for (const selector of ['h1', 'h2', 'title']) {
    for (const root of roots.slice(0, MAX_HEADING_ROOTS)) {
      const element = dom.first(root, selector);
      const text = element ? cleanName(textInside(dom, element, FOUND_LIMITS.nameChars)).text : '';
      const [subject] = selector === 'title' ? text.split(/\s[|\u2013\u2014\u00b7-]\s/) : [text];
      if (!subject) continue;
      headings.push(subject);
      break;
    }
  }
  return headings;
}

const MAX_HEADING_ROOTS = 200;
