import type { Doubt, Source } from './found-contacts.ts';
import type { Labels } from './label-near.ts';
import type { SafeDom } from './safe-dom.ts';

/**
 * The contract of everything that finds contacts on a page. To add a CRM takes two steps:
 *
 * 1. Write `utils/crm/readers/<crm>.ts` with one exported `CrmReader`: `matches` by host name, `read` by the
 *    selectors of its record page, each with the date it was seen; `source: 'record'` for what it finds.
 * 2. Name it in `utils/crm/choose-readers.ts`. `tests/utils/crm/reader-contract.test.ts` runs the contract over it.
 *
 * It only has to know where that CRM keeps a contact's address and name. What it misses, the
 * generic readers still find; ranking, deduplication and names from nearby are not its task.
 */
export interface CrmReader {
  /** Names the reader in tests, such as `mailto-links`; unique. */
  readonly id: string;
  /** Whether this reader knows the page at `url`. The generic readers know every page. */
  matches(url: URL): boolean;
  /**
   * Finds contacts below one root: the document, an open shadow root, or the document of a frame
   * of the same origin. Called once for each; nested roots are not its task.
   *
   * It must yield null at least every hundred nodes it looks at, as a place to pause; may be left at any
   * of its yields, for ever; must not change the page, read password or hidden fields, or keep anything
   * afterwards; must take time linear in the page; and must not throw on any page.
   */
  read(root: Root, context: ReaderContext): Iterable<Sighting | null>;
}

/** What a reader looks into. */
export type Root = Document | ShadowRoot;

/** What a reader is given beside its root. */
export interface ReaderContext {
  /** The only way to look at the page: proof against names that hide the DOM's own members. */
  readonly dom: SafeDom;
  readonly labels: Labels;
  /** What was selected when the person clicked, '' for nothing. */
  readonly selectionText: string;
  /** Whether an address was sighted before, so that a reader need not look closely whether this one counts. */
  readonly isKnown: (address: string) => boolean;
  /** To be called when a limit kept the reader from looking at everything. */
  readonly leaveOut: () => void;
}

/** An address, seen at one place of the page. The same address may be sighted any number of times. */
export interface Sighting {
  /** As the page writes it. What is no address is dropped later. */
  readonly address: string;
  readonly source: Source;
  /** Where: the element or text node that holds it. Names and labels are looked for around it. */
  readonly place: Node;
  /** The name that the page itself binds to this address; absent when names nearby have to do. */
  readonly name?: string;
  readonly doubt?: Doubt;
}

/** How many nodes a reader may look at between two places to pause. */
export const NODES_BETWEEN_PAUSES = 64;
