import type { JSX } from 'preact';
import type { NeedsAdmin } from '../../utils/messaging/messaging.ts';
import { CopyText } from '../parts/CopyText.tsx';
import { Icon } from '../parts/Icon.tsx';
import { adminRequestText } from '../texts/account-texts.ts';

/** What a person sends to their administrator, ready to be copied, and where that one approves. */
export function AdminRequest(props: {
  /** Unique in the page. */
  readonly id: string;
  readonly asked: NeedsAdmin;
}): JSX.Element {
  const { id, asked } = props;
  return (
    <div class="stack">
      <CopyText
        id={id}
        label="For your administrator"
        value={adminRequestText(asked)}
        copy="Copy this text"
      />
      {asked.link?.startsWith('https://') === true && (
        <p class="small">
          <a href={asked.link} target="_blank" rel="noreferrer">
            You are an administrator yourself? Open the approval page
            <Icon name="leave" />
          </a>
        </p>
      )}
    </div>
  );
}
