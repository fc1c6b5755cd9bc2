import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { addressKey, type Mailbox } from '../../utils/mail/mail.ts';
import { useLive } from '../live/use-live.ts';
import { Icon } from '../parts/Icon.tsx';
import { draftProblemText } from '../texts/draft-problem-texts.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { ChipHint } from './RecipientChip.tsx';
import { RecipientField } from './RecipientField.tsx';
import { Doubts, type Suggested } from './SuggestionBox.tsx';
import type { SendTrouble } from './use-sending.ts';
import type { RecipientFieldId, Version } from './version.ts';

const LABELS: Readonly<Record<RecipientFieldId, string>> = { to: 'To', cc: 'Cc', bcc: 'Bcc' };
const EXTRA = ['cc', 'bcc'] as const;
const MOST_CHIPS = 6;

/**
 * To, Cc and Bcc, and who was found on the page. Cc and Bcc appear when they are wanted; when there
 * is anybody in them they are always seen, wherever they came from.
 */
export function RecipientFields(props: {
  readonly keeper: DraftKeeper;
  readonly suggestions: readonly Suggested[];
  readonly trouble: SendTrouble | null;
}): JSX.Element {
  const { keeper, suggestions, trouble } = props;
  const version = useLive(keeper.version);
  const [wanted, setWanted] = useState<readonly RecipientFieldId[]>([]);
  const { to, cc, bcc } = version.content;
  const left = useMemo(
    () => notAmong([...to, ...cc, ...bcc], suggestions),
    [to, cc, bcc, suggestions],
  );
  const shown = (field: RecipientFieldId): boolean =>
    field === 'to' ||
    wanted.includes(field) ||
    version.content[field].length > 0 ||
    version.pending[field] !== '';

  const field = (id: RecipientFieldId): JSX.Element => (
    <RecipientField
      key={id}
      id={id}
      label={LABELS[id]}
      recipients={version.content[id]}
      text={version.pending[id]}
      suggestions={left}
      problem={
        id === 'to' && lacksRecipient(version, trouble) ? draftProblemText('no-recipient') : ''
      }
      onChange={(recipients, text) => put(keeper, id, { recipients, text })}
    />
  );
  return (
    <>
      <ChipHint />
      <div class="to-row">
        {field('to')}
        <div class="to-more">
          {EXTRA.filter((id) => !shown(id)).map((id) => (
            <button
              key={id}
              type="button"
              class="button button-bare button-small"
              aria-label={`Add ${LABELS[id]}`}
              onClick={() => setWanted([...wanted, id])}
            >
              {LABELS[id]}
            </button>
          ))}
        </div>
      </div>
      {left.length > 0 && <FoundOnPage found={left} onAdd={(one) => add(keeper, one)} />}
      {EXTRA.filter(shown).map(field)}
    </>
  );
}

function FoundOnPage(props: {
  readonly found: readonly Suggested[];
  readonly onAdd: (mailbox: Mailbox) => void;
}): JSX.Element {
  const { found, onAdd } = props;
  const [all, setAll] = useState(false);
  const shown = all ? found : found.slice(0, MOST_CHIPS);
  return (
    <div class="found">
      <p class="soft small" id="found">
        Found on the page
      </p>
      <ul class="chips" aria-labelledby="found">
        {shown.map((one) => (
          <li key={one.address} class="chip chip-found">
            <button type="button" class="chip-name" onClick={() => onAdd(one)}>
              <Icon name="plus" />
              <span class="unseen">Add </span>
              {one.name !== '' && <bdi class="one-line">{one.name}</bdi>}{' '}
              <bdi class={one.name === '' ? 'one-line' : 'one-line chip-address'}>
                {one.address}
              </bdi>{' '}
              <Doubts of={one} />
            </button>
          </li>
        ))}
        {shown.length < found.length && (
          <li>
            <button
              type="button"
              class="button button-bare button-small"
              onClick={() => setAll(true)}
            >
              Show all {found.length}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}

function put(
  keeper: DraftKeeper,
  field: RecipientFieldId,
  now: { readonly recipients: readonly Mailbox[]; readonly text: string },
): void {
  const { content, pending } = keeper.version.value;
  keeper.change({
    content: { ...content, [field]: now.recipients },
    pending: { ...pending, [field]: now.text },
  });
}

function add(keeper: DraftKeeper, { name, address }: Mailbox): void {
  const { content } = keeper.version.value;
  keeper.change({ content: { ...content, to: [...content.to, { name, address }] } });
}

function notAmong(
  recipients: readonly Mailbox[],
  suggestions: readonly Suggested[],
): readonly Suggested[] {
  const known = new Set(recipients.map(({ address }) => addressKey(address)));
  return suggestions.filter(({ address }) => !known.has(addressKey(address)));
}

function lacksRecipient({ content }: Version, trouble: SendTrouble | null): boolean {
  return (
    trouble?.kind === 'problems' &&
    trouble.problems.some((problem) => problem.code === 'no-recipient') &&
    content.to.length + content.cc.length + content.bcc.length === 0
  );
}
