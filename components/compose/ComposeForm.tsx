import type { JSX } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { onOneLine } from '../../utils/mail/mail.ts';
import type { AnswerOf, DraftView } from '../../utils/messaging/messaging.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import type { MailRoom } from '../texts/attach-texts.ts';
import { mailStateText } from '../texts/outcome-texts.ts';
import { AttachedFiles } from './AttachedFiles.tsx';
import { DoNotMailNotice } from './DoNotMailNotice.tsx';
import { ComposeFoot } from './ComposeFoot.tsx';
import type { DraftKeeper } from './draft-keeper.ts';
import { FromField } from './FromField.tsx';
import { giveToText } from './pictures-in-text.ts';
import { RecipientFields } from './RecipientFields.tsx';
import { SaveTrouble } from './SaveTrouble.tsx';
import { SendTroubleNotice } from './SendTroubleNotice.tsx';
import { useGivenFiles, type TakesFiles } from './use-given-files.ts';
import { useSavingOnLeave } from './use-saving-on-leave.ts';
import { useSending, type Sending } from './use-sending.ts';
import type { Writing } from './writing.ts';

/** What the form is opened with. */
export interface ComposeFormProps {
  readonly writing: Writing;
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
  readonly onQueued: () => void;
}

/** The mail being written. All that is typed is stored by itself; Ctrl+Enter sends. */
export function ComposeForm({ writing, accounts, onQueued }: ComposeFormProps): JSX.Element {
  const { clock } = useTools();
  const { draft, keeper, attacher } = writing;
  const sending = useSending({ keeper, attacher, onQueued });
  const room = useMailRoom(keeper, accounts);
  const attach = useCallback(
    (files: readonly File[]) => attacher.attach(files, room),
    [attacher, room],
  );
  useLayoutEffect(() => attacher.refit(room), [attacher, room]);
  const give = useCallback<TakesFiles>(
    (files, target) =>
      target instanceof HTMLTextAreaElement
        ? giveToText({ attacher, room }, target, files)
        : attach(files),
    [attach],
  );
  const dropping = useGivenFiles(give);
  const form = useRef<HTMLElement>(null);
  useSavingOnLeave(keeper, attacher);
  useFirstFocus(form, draft);
  useFocusAfterSending(form, sending);

  useSendKeys(sending);
  // What was said of a file in the list is over when no such file is left.
  const pending = useLive(attacher.pending);
  const isAttached = sending.trouble?.kind === 'not-attached' && pending.length === 0;
  return (
    <main class={dropping ? 'compose compose-dropping' : 'compose'} ref={form}>
      <h1 class="unseen">New mail</h1>
      <div class="compose-notices">
        {draft.rejection && (
          <OutcomeNotice
            tone="heed"
            text={mailStateText({ kind: 'draft', reason: draft.rejection }, clock.now())}
          />
        )}
        <SaveTrouble keeper={keeper} />
        <DoNotMailNotice keeper={keeper} />
        {!isAttached && <SendTroubleNotice trouble={sending.trouble} />}
      </div>
      <fieldset class="compose-fields" disabled={sending.busy} aria-label="Mail">
        <FromField keeper={keeper} accounts={accounts} />
        <RecipientFields
          keeper={keeper}
          suggestions={draft.suggestions}
          trouble={sending.trouble}
        />
        <SubjectField keeper={keeper} />
        <TextField keeper={keeper} />
        <AttachedFiles keeper={keeper} attacher={attacher} room={room} />
      </fieldset>
      <ComposeFoot keeper={keeper} sending={sending} onFiles={attach} />
    </main>
  );
}

/** Ctrl+Enter sends from anywhere in the window, also when a notice that had the focus has gone. */
function useSendKeys({ send }: Sending): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      void send();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [send]);
}

/** What the chosen account takes in one mail; null when that is not known. */
function useMailRoom(keeper: DraftKeeper, accounts: ComposeFormProps['accounts']): MailRoom | null {
  const asked = useLive(accounts);
  const { accountId } = useLive(keeper.version);
  const all = asked.kind === 'answered' ? asked.value.accounts : [];
  const { limits = null, larger = null } = all.find(({ id }) => id === accountId) ?? {};
  return useMemo(
    () => limits && { messageBytes: limits.messageBytes, larger },
    [limits?.messageBytes, larger?.rung],
  );
}

function SubjectField({ keeper }: { readonly keeper: DraftKeeper }): JSX.Element {
  const { content } = useLive(keeper.version);
  return (
    <div class="line">
      <label class="line-label" for="subject">
        Subject
      </label>
      <div class="line-body">
        <input
          id="subject"
          class="bare-input subject"
          type="text"
          dir="auto"
          autocomplete="off"
          value={content.subject}
          onInput={({ currentTarget }) =>
            keeper.change({
              content: {
                ...keeper.version.value.content,
                subject: onOneLine(currentTarget.value),
              },
            })
          }
        />
      </div>
    </div>
  );
}

function TextField({ keeper }: { readonly keeper: DraftKeeper }): JSX.Element {
  const { content } = useLive(keeper.version);
  return (
    <textarea
      id="text"
      class="text"
      dir="auto"
      aria-label="Text"
      placeholder="Write your mail"
      autocomplete="off"
      value={content.text}
      onInput={({ currentTarget }) =>
        keeper.change({ content: { ...keeper.version.value.content, text: currentTarget.value } })
      }
    />
  );
}

/** The first thing that is still missing. */
function useFirstFocus(form: { readonly current: HTMLElement | null }, draft: DraftView): void {
  useLayoutEffect(() => {
    const { to, cc, bcc, subject } = draft.content;
    const missing =
      to.length + cc.length + bcc.length === 0 ? '#to' : subject === '' ? '#subject' : '#text';
    form.current?.querySelector<HTMLElement>(missing)?.focus();
  }, []);
}

/** A fieldset that is disabled loses the focus: it goes to what is wrong, or back to where it was. */
function useFocusAfterSending(
  form: { readonly current: HTMLElement | null },
  { busy, trouble }: Sending,
): void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (busy || trouble === null) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? null;
    if (wrong !== null) wrong.focus();
    else if (before.current instanceof HTMLElement) before.current.focus();
  }, [busy, trouble]);
  // What was disabled meanwhile has lost it to the body.
  if (!busy && document.activeElement !== document.body) before.current = document.activeElement;
}
