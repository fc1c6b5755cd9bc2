import type { JSX } from 'preact';
import type { RevokeResult } from '../../utils/messaging/messaging.ts';
import { Icon } from '../parts/Icon.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { revokeText } from '../texts/account-texts.ts';

interface RevokeNoticeProps {
  /** What happened besides; '' for nothing. */
  readonly before: string;
  readonly result: RevokeResult;
  /** The right page for this account; null when none is known. */
  readonly consentPage: string | null;
}

/** What became of a consent, with the provider's own page where it is still to be withdrawn by hand. */
export function RevokeNotice(props: RevokeNoticeProps): JSX.Element {
  const { before, result, consentPage } = props;
  const text = revokeText(result);
  const happened = before === '' ? text.happened : `${before} ${text.happened}`;
  return (
    <OutcomeNotice tone={result.kind === 'revoked' ? 'good' : 'heed'} text={{ ...text, happened }}>
      <ConsentPageLink result={result} consentPage={consentPage} />
    </OutcomeNotice>
  );
}

/** Where a consent that may still stand is withdrawn by hand; nothing where it was withdrawn. */
export function ConsentPageLink(
  props: Pick<RevokeNoticeProps, 'result' | 'consentPage'>,
): JSX.Element | null {
  const { result, consentPage } = props;
  const page = result.kind === 'local-only' ? result.consentPage : consentPage;
  if (result.kind === 'revoked' || page?.startsWith('https://') !== true) return null;
  return (
    <div class="row">
      <a class="button button-small" href={page} target="_blank" rel="noreferrer">
        Open the provider’s page
        <Icon name="leave" />
      </a>
      <span class="soft small">{new URL(page).host}</span>
    </div>
  );
}
