import type { ComponentChildren, JSX } from 'preact';
import type { LinkOutcome } from '../../utils/messaging/messaging.ts';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import type { OutcomeText } from '../texts/outcome-text.ts';
import { AdminRequest } from './AdminRequest.tsx';
import { AllowHost } from './AllowHost.tsx';

/** A way through the provider's window that may have ended with something for the person to do. */
type Ended = Exclude<LinkOutcome, { kind: 'linked' }> | { readonly kind: 'done' };

/** How a sign-in window ended, with what helps on: a host to allow, a text for an administrator, the setup. */
export function SignInNotice(props: {
  /** Unique in the page. */
  readonly id: string;
  readonly ended: Ended;
  readonly text: OutcomeText;
  readonly good: boolean;
  /** True where leaving the page would lose what it is about: the setup opens in a tab of its own. */
  readonly besides?: boolean;
  /** Does it again, once what was in the way is gone. */
  readonly again: () => Promise<string | null>;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { id, ended, text, good, besides = false, again, children } = props;
  return (
    <OutcomeNotice tone={good ? 'good' : 'heed'} text={text}>
      {ended.kind === 'needs-host' && <AllowHost host={ended.host} then={again} />}
      {ended.kind === 'needs-admin' && <AdminRequest id={id} asked={ended} />}
      {(ended.kind === 'refused' || ended.kind === 'no-client') && (
        <div class="row">
          <a
            class="button button-small"
            href={besides ? '/options.html#client' : '#client'}
            target={besides ? '_blank' : undefined}
          >
            Look at the client setup
          </a>
        </div>
      )}
      {children}
    </OutcomeNotice>
  );
}
