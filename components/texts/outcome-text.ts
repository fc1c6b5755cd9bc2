/** The shape of a text about an outcome, and how the catalogue in outcome-texts.ts is written. */

/** One text. `kept` and `next` are '' where nothing is at stake or nothing has to be done. */
export interface OutcomeText {
  readonly happened: string;
  readonly kept: string;
  readonly next: string;
}

/** How a state is coloured and which icon stands beside its word. */
export type Tone = 'good' | 'moving' | 'heed' | 'quiet';

/** A state with the one or two words that name it. */
export interface StateText extends OutcomeText {
  readonly word: string;
  readonly tone: Tone;
}

/** One entry for every kind of an outcome: the compiler finds the forgotten one. */
export type ByKind<O extends { readonly kind: string }, T> = {
  readonly [K in O['kind']]: (outcome: Extract<O, { readonly kind: K }>) => T;
};

/** Finds the entry for an outcome. */
export function tell<O extends { readonly kind: string }, T>(texts: ByKind<O, T>, outcome: O): T {
  const text = texts[outcome.kind as O['kind']] as (outcome: O) => T;
  return text(outcome);
}

/**
 * Reads `what happened | what was kept | what to do`. Bars count in the text itself only, never in
 * the values that are put into it, which may come from a provider.
 */
export function say(parts: TemplateStringsArray, ...values: readonly string[]): OutcomeText {
  const said = [''];
  for (const [index, part] of parts.entries()) {
    const [first = '', ...more] = part.split(' | ');
    said.push((said.pop() ?? '') + first, ...more);
    said.push((said.pop() ?? '') + (values[index] ?? ''));
  }
  const [happened = '', kept = '', next = ''] = said;
  return { happened, kept, next };
}

/** The three parts as one paragraph. */
export function wholeText({ happened, kept, next }: OutcomeText): string {
  return [happened, kept, next].filter((part) => part !== '').join(' ');
}

const toned =
  (tone: Tone) =>
  (word: string, text: OutcomeText): StateText => ({ tone, word, ...text });

/** A state in which all is well. */
export const good = toned('good');
/** A state that goes on by itself. */
export const moving = toned('moving');
/** A state that needs the person. */
export const heed = toned('heed');
/** A state in which nothing happens. */
export const quiet = toned('quiet');
