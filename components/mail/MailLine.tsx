import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MailView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { RowPlace } from '../parts/LongList.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { MAY_HAVE_ARRIVED, mailStateText, unreadableText } from '../texts/outcome-texts.ts';
import { sizeText, timeText } from '../texts/times-and-sizes.ts';
import { Countdown } from './Countdown.tsx';
import { MailActs } from './MailActs.tsx';
import './mail.css';

/** One mail of the outbox: what it is, where it stands, and what can be done about it. */
export function MailLine(props: {
  readonly mail: MailView;
  /** The account, where it has to be said; '' where not. */
  readonly from?: string;
  readonly place?: RowPlace;
}): JSX.Element {
  const { mail, from = '', place } = props;
  const { clock } = useTools();
  const now = clock.now();
  const text =
    mail.unreadable === null ? mailStateText(mail.state, now) : unreadableText(mail.unreadable);
  const { kind } = mail.state;
  const explained =
    text.tone === 'heed' || kind === 'retry' || kind === 'scheduled' || kind === 'at-provider';
  return (
    <li class="mail" {...place}>
      <div class="mail-head">
        <strong class="one-line">
          <bdi>{titleOf(mail)}</bdi>
        </strong>
        <StateWord tone={text.tone} word={text.word} />
      </div>
      <p class="mail-to soft small">
        <span class="one-line">
          <bdi>{recipientsOf(mail)}</bdi>
          {from !== '' && ` from ${from}`}
        </span>
        <span>{timeText(mail.updatedAt, now)}</span>
      </p>
      {explained && <p class="small">{wholeText(text)}</p>}
      <MayHaveArrived mail={mail} />
      <Countdown mail={mail} />
      <UploadProgress mail={mail} />
      <MailActs mail={mail} />
    </li>
  );
}

/** What is said of a mail that waits although it may have arrived; nothing for the others. */
export function MayHaveArrived({ mail }: { readonly mail: MailView }): JSX.Element | null {
  const { kind } = mail.state;
  if (!mail.mayHaveArrived || kind === 'sending') return null;
  return (
    <>
      {kind !== 'unconfirmed' && <p class="small">{MAY_HAVE_ARRIVED}</p>}
      {mail.sentPage !== null && (
        <p class="small">
          <a href={mail.sentPage} target="_blank" rel="noopener noreferrer">
            Look into the Sent folder
          </a>
        </p>
      )}
    </>
  );
}

/** How much of a large mail the provider has acknowledged; nothing for one that goes in one request. */
export function UploadProgress({ mail }: { readonly mail: MailView }): JSX.Element | null {
  const { state, sizeBytes } = mail;
  if (state.kind !== 'sending' && state.kind !== 'halted') return null;
  // Before the first acknowledgement nothing is known; what goes in one request never has another.
  if (state.acknowledgedBytes === 0) return null;
  const text = `${sizeText(state.acknowledgedBytes)} of ${sizeText(sizeBytes)}`;
  return (
    <p class="mail-progress small">
      <progress
        aria-label="Sent so far"
        aria-valuetext={text}
        value={state.acknowledgedBytes}
        max={sizeBytes}
      />
      {text}
    </p>
  );
}

/** A draft: all of the line opens it. */
export function DraftLine(props: {
  readonly mail: MailView;
  readonly place?: RowPlace;
}): JSX.Element {
  const { mail, place } = props;
  const { client, clock } = useTools();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const open = async (): Promise<void> =>
    setFailure(failureOf(await client.ask('compose.show', { id: mail.id })));
  return (
    <li class="draft" {...place}>
      <button type="button" class="draft-open" onClick={() => void open()}>
        <span class="mail-head">
          <strong class="one-line">
            <bdi>{titleOf(mail)}</bdi>
          </strong>
          <span class="soft small">{timeText(mail.updatedAt, clock.now())}</span>
        </span>
        <span class="soft small one-line">
          <bdi>{recipientsOf(mail)}</bdi>
        </span>
      </button>
      <button
        type="button"
        class="button button-icon button-small"
        aria-label={`Discard: ${titleOf(mail)}`}
        aria-expanded={asking}
        onClick={() => setAsking(!asking)}
      >
        <Icon name="cross" />
      </button>
      {asking && <DiscardDraft mail={mail} onKeep={() => setAsking(false)} />}
      {failure !== null && (
        <p class="failure small" role="alert">
          {failure}
        </p>
      )}
    </li>
  );
}

function DiscardDraft(props: {
  readonly mail: MailView;
  readonly onKeep: () => void;
}): JSX.Element {
  const { mail, onKeep } = props;
  const { client } = useTools();
  return (
    <div class="mail-acts" role="group" aria-label="Discard this mail for good?">
      <span class="small">Discard it for good?</span>
      <ActButton
        size="small"
        busyText="Discarding…"
        onAct={async () => failureOf(await client.ask('drafts.discard', { id: mail.id }))}
      >
        Discard
      </ActButton>
      <button type="button" class="button button-small button-bare" onClick={onKeep}>
        No, keep it
      </button>
    </div>
  );
}

function titleOf(mail: MailView): string {
  if (mail.unreadable !== null) return 'A mail';
  return mail.subject === '' ? 'No subject' : mail.subject;
}

function recipientsOf(mail: MailView): string {
  if (mail.unreadable !== null) return '';
  return mail.recipients === '' ? 'No recipient yet' : `To ${mail.recipients}`;
}

/** What is left of a mail that was sent: when, from where, how large. */
export function ReceiptLine(props: {
  readonly mail: MailView;
  readonly from: string;
  readonly place?: RowPlace;
}): JSX.Element {
  const { client, clock } = useTools();
  const { mail, from, place } = props;
  const sentAt = mail.state.kind === 'sent' ? mail.state.sentAt : mail.updatedAt;
  const when = timeText(sentAt, clock.now());
  return (
    <li class="receipt small" {...place}>
      <StateWord tone="good" word="Sent" />
      <span class="soft one-line">
        {when}
        {from === '' ? '' : ` from ${from}`}, {sizeText(mail.sizeBytes)}
      </span>
      <ActButton
        kind="bare"
        size="small"
        busyText="Removing…"
        label={`Remove the receipt of ${when}`}
        onAct={async () => failureOf(await client.ask('outbox.dismiss', { id: mail.id }))}
      >
        <Icon name="cross" />
      </ActButton>
    </li>
  );
}
