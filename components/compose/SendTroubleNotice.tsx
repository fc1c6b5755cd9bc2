import type { JSX } from 'preact';
import { assertNever } from '../../utils/result/result.ts';
import { Notice } from '../parts/Notice.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { NOT_ALL_ATTACHED } from '../texts/attach-texts.ts';
import { queueProblemText } from '../texts/draft-problem-texts.ts';
import { queueText } from '../texts/outcome-texts.ts';
import type { SendTrouble } from './use-sending.ts';

/** Why a press on Send did not send. What belongs to one field is shown there as well. */
export function SendTroubleNotice(props: {
  readonly trouble: SendTrouble | null;
}): JSX.Element | null {
  const { trouble } = props;
  if (trouble === null) return null;
  switch (trouble.kind) {
    case 'not-saved':
      // The notice about saving stands beside it.
      return null;
    case 'not-attached':
      return (
        <Notice tone="heed" urgent>
          <p>{NOT_ALL_ATTACHED}</p>
        </Notice>
      );
    case 'problems': {
      const texts = [
        ...new Set(
          trouble.problems.map(({ field, code }) => queueProblemText(`${field}: ${code}`)),
        ),
      ];
      return <Problems texts={texts} />;
    }
    case 'refused': {
      const { outcome } = trouble;
      if (outcome.kind === 'problems') {
        return <Problems texts={outcome.problems.map(queueProblemText)} />;
      }
      return (
        <OutcomeNotice tone="heed" text={queueText(outcome)}>
          {outcome.kind === 'sender-needs-right' && (
            <div class="row">
              <a class="button button-small" href="/options.html#accounts" target="_blank">
                Look at the account’s rights
              </a>
            </div>
          )}
          {outcome.kind === 'no-account' && (
            <div class="row">
              <a class="button button-small" href="/options.html#accounts" target="_blank">
                Link an account
              </a>
            </div>
          )}
        </OutcomeNotice>
      );
    }
    case 'failed':
      return (
        <Notice tone="heed" urgent>
          <div>
            <p>
              <strong>It was not sent.</strong>
            </p>
            <p>{trouble.error.userText}</p>
          </div>
        </Notice>
      );
    default:
      return assertNever(trouble);
  }
}

function Problems({ texts }: { readonly texts: readonly string[] }): JSX.Element {
  return (
    <OutcomeNotice tone="heed" text={queueText({ kind: 'problems', problems: [] })}>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </OutcomeNotice>
  );
}
