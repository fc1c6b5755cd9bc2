import type { Suggestion } from '../../utils/messaging/messaging.ts';

type Doubt = Suggestion['doubts'][number];

const DOUBTS: Readonly<Record<Doubt, string>> = {
  'shown-differently': 'shown differently on the page',
  'hidden-characters': 'had hidden characters',
  'mixed-scripts': 'mixes look-alike letters',
  'spelled-out': 'spelled out on the page',
  'name-unlike': 'the name beside it may be somebody else’s',
  'not-visible': 'not visible on the page',
};

/** Why to look twice before writing to somebody that a page offered; '' for no reason. */
export function doubtText(doubts: readonly Doubt[]): string {
  return doubts.map((doubt) => DOUBTS[doubt]).join(', ');
}
