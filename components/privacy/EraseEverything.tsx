import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { EraseReport, ProviderView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { useFocusKept } from '../live/use-focus-kept.ts';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { Notice } from '../parts/Notice.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { revokeText } from '../texts/account-texts.ts';

/** The way out: revokes what can be revoked, wipes the rest, and says what was done. */
export function EraseEverything(props: {
  readonly providers: readonly ProviderView[];
}): JSX.Element {
  const { client } = useTools();
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<EraseReport | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // The question goes, with the focus; what was done stands under the heading.
  useFocusKept(asking, () => heading.current);
  const erase = async (): Promise<string | null> => {
    const answer = await client.ask('privacy.erase-everything', {});
    if (!answer.ok) return answer.error.userText;
    setReport(answer.value);
    setAsking(false);
    return null;
  };
  return (
    <section class="part" aria-labelledby="erase">
      <h2 id="erase" ref={heading} tabIndex={-1}>
        Erase everything
      </h2>
      <p class="soft">
        Withdraws every consent that can be withdrawn and wipes all that Postern stored on this
        device. What was sent stays in your mailbox.
      </p>
      {report && <Report report={report} providers={props.providers} />}
      {asking ? (
        <ConfirmInPlace
          question="Erase everything?"
          word="erase"
          confirm="Erase everything now"
          busyText="Revoking and wiping…"
          onConfirm={erase}
          onCancel={() => setAsking(false)}
        >
          <ul class="bullets">
            <li>All accounts are revoked; other browsers are disconnected from them too.</li>
            <li>
              Drafts, mails that wait, receipts, clients, settings (also those that follow you),
              logs, allowed hosts and keys are wiped.
            </li>
            <li>A mail on its way right now may still arrive. This can’t be taken back.</li>
          </ul>
        </ConfirmInPlace>
      ) : (
        <div class="row">
          <button type="button" class="button" onClick={() => setAsking(true)}>
            Erase everything…
          </button>
        </div>
      )}
    </section>
  );
}

function Report(props: {
  readonly report: EraseReport;
  readonly providers: readonly ProviderView[];
}): JSX.Element {
  const { revoked, unreadable, wiped, left } = props.report;
  const byHand = unreadable > 0 || revoked.some(({ result }) => result.kind !== 'revoked');
  const whole = left.length === 0;
  return (
    <Notice tone={whole && !byHand ? 'good' : 'heed'} urgent={!whole}>
      <p>
        <strong>
          {whole ? 'Everything on this device was wiped.' : 'Not everything could be wiped.'}
        </strong>
      </p>
      {revoked.map(({ address, result, consentPage }) => (
        <p key={address}>
          <strong>{address}:</strong> {wholeText(revokeText(result))}{' '}
          {result.kind !== 'revoked' && consentPage !== null && (
            <a href={consentPage} target="_blank" rel="noreferrer">
              Open the page where you withdraw it
            </a>
          )}
        </p>
      ))}
      {unreadable > 0 && (
        <p>
          {unreadable === 1 ? 'One account' : `${unreadable} accounts`} could not be opened, so
          nothing could be withdrawn there. If you know which, look at the provider’s own list of
          connected apps:{' '}
          {props.providers.map((provider) => (
            <a key={provider.id} href={provider.consentPage} target="_blank" rel="noreferrer">
              {provider.name}
            </a>
          ))}
        </p>
      )}
      <p>Wiped: {wiped.join(', ')}.</p>
      {!whole && (
        <p>
          Still there: {left.join(', ')}. Try again, or remove the extension: the browser then wipes
          all of its storage.
        </p>
      )}
    </Notice>
  );
}
