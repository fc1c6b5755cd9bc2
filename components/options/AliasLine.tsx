import type { JSX } from 'preact';
import type { AliasesOutcome } from '../../utils/messaging/messaging.ts';
import { Icon } from '../parts/Icon.tsx';
import { aliasProblemText } from '../texts/sender-texts.ts';

type What = Extract<AliasesOutcome, { kind: 'problems' }>['problems'][number]['what'];

/** An alias as it is being typed. */
export interface Line {
  /** Tells lines apart while they come and go. */
  readonly key: number;
  readonly name: string;
  readonly address: string;
  /** What the last attempt to save found in it. */
  readonly problems: readonly What[];
}

/** One alias: its name, its address, what is wrong with either, and the way to be rid of it. */
export function AliasLine(props: {
  /** Unique in the page. */
  readonly id: string;
  /** Counted from 1, for those who hear the page. */
  readonly place: number;
  readonly line: Line;
  readonly onChange: (more: Partial<Line>) => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const { id, place, line, onChange, onRemove } = props;
  const field = (what: What): JSX.Element => {
    const wrong = line.problems.includes(what);
    return (
      <div class="field">
        <label for={`${id}-${what}`} class="small">
          {what === 'name' ? 'Name' : 'Address'}
          <span class="unseen"> {place}</span>
        </label>
        <input
          id={`${id}-${what}`}
          class={what === 'name' ? 'input alias-name' : 'input'}
          type="text"
          autocomplete="off"
          autocapitalize={what === 'name' ? 'words' : 'off'}
          spellcheck={false}
          maxLength={1_000}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-${what}-wrong` : undefined}
          value={line[what]}
          onInput={({ currentTarget }) =>
            onChange({
              [what]: currentTarget.value,
              problems: line.problems.filter((one) => one !== what),
            })
          }
        />
        {wrong && (
          <p class="failure small" id={`${id}-${what}-wrong`}>
            {aliasProblemText(what)}
          </p>
        )}
      </div>
    );
  };
  return (
    <div class="alias" role="group" aria-label={`Address ${place}`}>
      {field('name')}
      {field('address')}
      <button
        type="button"
        class="button button-icon"
        aria-label={`Remove ${line.address === '' ? `address ${place}` : line.address}`}
        title="Remove"
        onClick={onRemove}
      >
        <Icon name="cross" />
      </button>
    </div>
  );
}
