import { withPictures } from '../../utils/mail/mail.ts';
import type {
  Client,
  DraftView,
  MessageError,
  SaveOutcome,
} from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';
import { createWatched, type Watched } from '../live/watched.ts';
import { NOTHING_PENDING, takePending, type Version } from './version.ts';

/** Whether what stands in the window is stored. */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** Tried again by itself, and with every change. */
  | { readonly kind: 'failed'; readonly error: MessageError }
  /** Another window saved in between. Nothing is saved from here until the person has chosen. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'not-a-draft' }
  /** It goes on as another draft, in a window of its own: from here nothing is saved any more. */
  | { readonly kind: 'kept-as-new' };

/** Keeps what is written in the window, and sees to it that it is stored. It never throws text away. */
export interface DraftKeeper {
  readonly id: string;
  readonly version: Watched<Version>;
  readonly saveState: Watched<SaveState>;
  change: (more: Partial<Version>) => void;
  /** Stores now. True when all that stands in the window is stored. */
  flush: () => Promise<boolean>;
  /** Stores now, without waiting for an earlier save: the window may be gone in a moment. */
  leave: () => void;
  /** Goes on from what is stored with this version, which is stored if it is another one. */
  goOn: (
    version: Version,
    stored: { readonly version: Version; readonly revision: number },
  ) => Promise<boolean>;
  /** Says that all of it goes on as another draft. */
  leaveToNew: () => void;
  /** Ends all timers. */
  stop: () => void;
}

/** Saving would change nothing before the person has done something, or ever. */
const AT_REST: readonly SaveState['kind'][] = ['conflict', 'not-a-draft', 'kept-as-new'];
const SAVE_AFTER_MS = 400;
const TRY_AGAIN_AFTER_MS = 5_000;

/** A stored draft as it stands in a window that was just opened. */
export function versionOf(draft: DraftView): Version {
  return { accountId: draft.accountId, content: draft.content, pending: NOTHING_PENDING };
}

/** Begins with a draft as it is stored. */
export function createDraftKeeper(client: Client, draft: DraftView): DraftKeeper {
  const version = createWatched(versionOf(draft));
  const saveState = createWatched<SaveState>({ kind: 'saved' });
  const saver = createSaver(client, draft.id, { version: version.value, revision: draft.revision });
  const timer = createTimer(() => void save());

  const atRest = (): boolean => AT_REST.includes(saveState.value.kind);
  const saveOnce = async (): Promise<void> => {
    if (atRest() || saver.isStored(version.value)) return;
    saveState.value = { kind: 'saving' };
    const answer = await saver.save(version.value);
    saveState.value = stateAfter(answer, saver.isStored(version.value));
    if (saveState.value.kind === 'failed') timer.within(TRY_AGAIN_AFTER_MS);
    if (saveState.value.kind === 'unsaved') timer.within(SAVE_AFTER_MS);
  };
  // One at a time: a second save needs the revision that the first one gets.
  let turn = Promise.resolve();
  const save = (): Promise<void> => (turn = turn.then(saveOnce));
  const flush = async (): Promise<boolean> => {
    timer.cancel();
    await save();
    const { kind } = saveState.value;
    // What was written while that was under way is stored by one more.
    return kind === 'unsaved' || kind === 'saving' ? flush() : kind === 'saved';
  };
  return {
    id: draft.id,
    version,
    saveState,
    change(more) {
      const next = { ...version.value, ...more };
      version.value = { ...next, content: withPictures(next.content) };
      if (atRest()) return;
      if (saveState.value.kind === 'saved') saveState.value = { kind: 'unsaved' };
      timer.within(SAVE_AFTER_MS);
    },
    flush,
    leave() {
      timer.cancel();
      if (!atRest() && !saver.isStored(version.value)) saver.saveAtOnce(version.value);
    },
    goOn(next, stored) {
      saver.begin(stored);
      version.value = next;
      saveState.value = { kind: saver.isStored(next) ? 'saved' : 'unsaved' };
      return flush();
    },
    leaveToNew: () => void (saveState.value = { kind: 'kept-as-new' }),
    stop: () => timer.cancel(),
  };
}

type SaveAnswer = Result<SaveOutcome, MessageError>;

function stateAfter(answer: SaveAnswer, allStored: boolean): SaveState {
  if (!answer.ok) return { kind: 'failed', error: answer.error };
  if (answer.value.kind === 'saved') return { kind: allStored ? 'saved' : 'unsaved' };
  return { kind: answer.value.kind };
}

interface Stored {
  readonly version: Version;
  readonly revision: number;
}

interface Saver {
  readonly isStored: (version: Version) => boolean;
  readonly save: (version: Version) => Promise<SaveAnswer>;
  readonly saveAtOnce: (version: Version) => void;
  readonly begin: (stored: Stored) => void;
}

/** Knows what is stored. To be asked for one save at a time. */
function createSaver(client: Client, id: string, first: Stored): Saver {
  let stored = first;
  let underWay = false;
  const ask = (version: Version, revision: number): Promise<SaveAnswer> => {
    const { accountId, content } = takePending(version);
    return client.ask('drafts.save', { id, accountId, content, revision });
  };
  return {
    isStored: (version) => version === stored.version,
    async save(version) {
      underWay = true;
      let answer = await ask(version, stored.revision);
      // The worker died over it. What it had stored already is no conflict when it is asked for as it was.
      if (!answer.ok && answer.error.code === 'no-answer') {
        answer = await ask(version, stored.revision);
      }
      underWay = false;
      if (answer.ok && answer.value.kind === 'saved') {
        stored = { version, revision: answer.value.revision };
      }
      return answer;
    },
    saveAtOnce(version) {
      // Each save raises the revision by one, so the one after a save under way is known.
      void ask(version, stored.revision + (underWay ? 1 : 0));
    },
    begin: (next) => void (stored = next),
  };
}

interface Timer {
  /** Does it after this long at the latest; an earlier appointment stands. */
  readonly within: (delayMs: number) => void;
  readonly cancel: () => void;
}

function createTimer(work: () => void): Timer {
  let dueAt = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(timer);
    dueAt = Infinity;
  };
  return {
    within(delayMs) {
      const at = performance.now() + delayMs;
      if (at >= dueAt) return;
      cancel();
      dueAt = at;
      timer = setTimeout(() => {
        dueAt = Infinity;
        work();
      }, delayMs);
    },
    cancel,
  };
}
