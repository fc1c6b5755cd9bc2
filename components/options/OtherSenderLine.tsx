import type { JSX } from 'preact';
import type { AccountView, OtherSendersOutcome } from '../../utils/messaging/messaging.ts';
import { Icon } from '../parts/Icon.tsx';
import { senderKindText, senderProblemText } from '../texts/sender-texts.ts';

type What = Extract<OtherSendersOutcome, { kind: 'problems' }>['problems'][number]['what'];
type Kind = AccountView['otherSenders'][number]['kind'];

/** A further address as it is being typed. */
export interface Line {
  /** Tells lines apart while they come and go. */
  readonly key: number;
  readonly kind: Kind;
  readonly name: string;
  readonly address: string;
  /** What the last attempt to save found in it. */
  readonly problems: readonly What[];
}

interface LineProps {
  /** Unique in the page. */
  readonly id: string;
  /** Counted from 1, for those who hear the page. */
  readonly place: number;
  readonly line: Line;
  readonly onChange: (more: Partial<Line>) => void;
}

/** One further address: its name, what it is, what is wrong with it, and the way to be rid of it. */
export function OtherSenderLine(
  props: LineProps & {
    /** Whether it may be a shared mailbox. */
    readonly shares: boolean;
    readonly onRemove: () => void;
  },
): JSX.Element {
  const { id, place, line, shares, onChange, onRemove } = props;
  return (
    <div class="sender" role="group" aria-label={`Address ${place}`}>
      <TextField id={id} place={place} line={line} onChange={onChange} what="name" />
      <TextField id={id} place={place} line={line} onChange={onChange} what="address" />
      <button
        type="button"
        class="button button-icon"
        aria-label={`Remove ${line.address === '' ? `address ${place}` : line.address}`}
        title="Remove"
        onClick={onRemove}
      >
        <Icon name="cross" />
      </button>
      {(shares || line.kind === 'shared-mailbox') && (
        <KindField id={id} place={place} line={line} onChange={onChange} />
      )}
    </div>
  );
}

function TextField(props: LineProps & { readonly what: 'name' | 'address' }): JSX.Element {
  const { id, place, line, onChange, what } = props;
  const wrong = line.problems.includes(what);
  return (
    <div class="field">
      <label for={`${id}-${what}`} class="small">
        {what === 'name' ? 'Name' : 'Address'}
        <span class="unseen"> {place}</span>
      </label>
      <input
        id={`${id}-${what}`}
        class={what === 'name' ? 'input sender-name' : 'input'}
        type="text"
        autocomplete="off"
        autocapitalize={what === 'name' ? 'words' : 'off'}
        spellcheck={false}
        maxLength={1_000}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-${what}-wrong` : undefined}
        value={line[what]}
        onInput={({ currentTarget }) =>
          onChange({ [what]: currentTarget.value, problems: without(line, what) })
        }
      />
      {wrong && <Wrong id={id} what={what} />}
    </div>
  );
}

const CHOICES: readonly Kind[] = ['alias', 'shared-mailbox'];

function KindField({ id, place, line, onChange }: LineProps): JSX.Element {
  const wrong = line.problems.includes('kind');
  return (
    <div class="field sender-kind">
      <label for={`${id}-kind`} class="small">
        What it is
        <span class="unseen"> {place}</span>
      </label>
      <select
        id={`${id}-kind`}
        class="input"
        autocomplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-kind-wrong` : undefined}
        value={line.kind}
        onChange={({ currentTarget }) => {
          const kind = CHOICES.find((choice) => choice === currentTarget.value) ?? 'alias';
          onChange({ kind, problems: without(line, 'kind') });
        }}
      >
        {CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {senderKindText(choice)}
          </option>
        ))}
      </select>
      {wrong && <Wrong id={id} what="kind" />}
    </div>
  );
}

function Wrong({ id, what }: { readonly id: string; readonly what: What }): JSX.Element {
  return (
    <p class="failure small" id={`${id}-${what}-wrong`}>
      {senderProblemText(what)}
    </p>
  );
}

function without({ problems }: Line, what: What): Line['problems'] {
  return problems.filter((one) => one !== what);
}
