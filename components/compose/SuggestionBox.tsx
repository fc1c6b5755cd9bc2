import type { JSX } from 'preact';
import type { Mailbox } from '../../utils/mail/mail.ts';
import type { Suggestion } from '../../utils/messaging/messaging.ts';
import { doubtText } from '../texts/doubt-texts.ts';

/** Somebody to choose; from a page, with the reasons to look twice. */
export type Suggested = Mailbox & Partial<Pick<Suggestion, 'doubts'>>;

/** The list that opens under a recipient field while one types: WAI-ARIA's combobox with a listbox. */
export function SuggestionBox(props: {
  readonly id: string;
  readonly suggestions: readonly Suggested[];
  /** Which one Enter would take; -1 for none. */
  readonly active: number;
  readonly onChoose: (mailbox: Mailbox) => void;
}): JSX.Element {
  const { id, suggestions, active, onChoose } = props;
  return (
    <ul class="suggestions" id={id} role="listbox" aria-label="Found on the page">
      {suggestions.map((suggestion, index) => (
        <li
          key={suggestion.address}
          id={`${id}-${index}`}
          class="suggestion"
          role="option"
          aria-selected={index === active}
          // Before the field loses the focus, which would take what was typed as it is.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(suggestion);
          }}
        >
          {suggestion.name !== '' && <bdi class="one-line">{suggestion.name}</bdi>}
          <bdi class="one-line soft small">{suggestion.address}</bdi>
          <Doubts of={suggestion} />
        </li>
      ))}
    </ul>
  );
}

/** Why to look twice, beside the address; nothing when there is no reason. */
export function Doubts(props: { readonly of: Suggested }): JSX.Element | null {
  const text = doubtText(props.of.doubts ?? []);
  return text === '' ? null : <span class="small tone-heed">{text}</span>;
}

/** Those whose name or address has a word that begins with what was typed; all for ''. */
export function matchSuggestions(
  suggestions: readonly Suggested[],
  typed: string,
): readonly Suggested[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return suggestions;
  return suggestions.filter(({ name, address }) =>
    [address, ...name.split(/\s+/)].some((word) => word.toLowerCase().startsWith(wanted)),
  );
}
