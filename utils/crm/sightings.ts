import type { Sighting } from './crm-reader.ts';
import { SOURCES, type Doubt, type Source } from './found-contacts.ts';

/** One address with everything that was seen of it. */
export interface Candidate {
  /** Lower case. Two spellings of one address are one person (see `sameAddress` in the room `mail`). */
  readonly key: string;
  /** As its best source spells it. */
  address: string;
  source: Source;
  /** Where it was seen, the first few places. */
  readonly places: Node[];
  /** Names that readers gave with it, the first few. */
  names: readonly string[];
  /** The doubt that every sighting had; null as soon as one had none. */
  doubt: Doubt | null;
  /** When it was first seen. */
  readonly order: number;
}

/** Gathers sightings by address. */
export interface Collection {
  /** False when there are so many that what else the page holds can't be among the best. */
  readonly add: (sighting: Sighting) => boolean;
  readonly isKnown: (address: string) => boolean;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

/**
 * How many times as many as an answer holds. Readers go through a page from its beginning, the most telling readers first, so what
 * comes after these would be ranked behind them; those of the click come before all.
 */
const TIMES_ENOUGH = 10;
/** Two times as many as the longest answer holds. */
const MOST_ENOUGH = 4_000;
const MAX_PLACES = 4;
const MAX_NAMES = 3;
const NO_NAMES: readonly string[] = [];
const MAX_ADDRESS_CHARS = 320;

/** Starts empty. `most` is how many an answer holds. */
export function createCollection(most: number): Collection {
  const enough = Math.min(most * TIMES_ENOUGH, MOST_ENOUGH);
  const candidates = new Map<string, Candidate>();
  return {
    candidates,
    isKnown: (address) => candidates.has(addressKey(address)),
    add({ address: raw, source, place, name, doubt }) {
      const address = raw.length > MAX_ADDRESS_CHARS ? '' : raw.trim();
      if (!address.includes('@')) return true;
      const key = addressKey(address);
      const known = candidates.get(key);
      if (known === undefined) {
        candidates.set(key, {
          key,
          address,
          source,
          places: [place],
          names: name ? [name] : NO_NAMES,
          doubt: doubt ?? null,
          order: candidates.size,
        });
        return candidates.size < enough;
      }
      if (SOURCES.indexOf(source) < SOURCES.indexOf(known.source)) {
        known.source = source;
        known.address = address;
        known.places.unshift(place);
      } else if (known.places.length < MAX_PLACES) known.places.push(place);
      if (name && known.names.length < MAX_NAMES) known.names = [...known.names, name];
      if (doubt === undefined) known.doubt = null;
      return true;
    },
  };
}

const NEEDS_FOLDING = /[A-Z]|[^\0-\x7f]/;

/** What makes two spellings of an address one: the letters without their case. Quick for the many that have none. */
export function addressKey(address: string): string {
  return NEEDS_FOLDING.test(address) ? address.toLowerCase() : address;
}
