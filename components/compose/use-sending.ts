import { useRef, useState } from 'preact/hooks';
import { draftProblems, type DraftProblem } from '../../utils/mail/mail.ts';
import type { MessageError, QueueOutcome } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import type { Attacher } from './attacher.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { takePending } from './version.ts';

/** What stands between a press on Send and the queue. */
export type SendTrouble =
  | { readonly kind: 'problems'; readonly problems: readonly DraftProblem[] }
  /** What is in the window could not be stored, so it is not sent either; the save state says why. */
  | { readonly kind: 'not-saved' }
  /** A file in the list did not get into the mail. */
  | { readonly kind: 'not-attached' }
  | { readonly kind: 'refused'; readonly outcome: QueueOutcome }
  | { readonly kind: 'failed'; readonly error: MessageError };

interface Schedule {
  readonly at: number;
  readonly zone: string;
}

/** The outcomes after which the window follows the mail. */
const UNDER_WAY: readonly QueueOutcome['kind'][] = [
  'queued',
  'held',
  'scheduled',
  'already-queued',
];

/** Sending from a compose window. */
export interface Sending {
  readonly busy: boolean;
  /** Null when nothing is known to be wrong. */
  readonly trouble: SendTrouble | null;
  send: () => Promise<void>;
  /** Queues it to go at a time. Resolves like `send`; what is wrong is in `trouble`. */
  schedule: (schedule: Schedule) => Promise<void>;
  /** Forgets the trouble of an earlier press. */
  clear: () => void;
}

/** Sends what stands in the window: it is stored first, and looked over here, where it can be put right. */
export function useSending(parts: {
  readonly keeper: DraftKeeper;
  readonly attacher: Pick<Attacher, 'pending' | 'whenIdle'>;
  readonly onQueued: () => void;
}): Sending {
  const { keeper, attacher, onQueued } = parts;
  const { client } = useTools();
  const [busy, setBusy] = useState(false);
  /** Known at once, while what is drawn lags behind: a second press in the same moment is none. */
  const running = useRef(false);
  const [trouble, setTrouble] = useState<SendTrouble | null>(null);

  const attempt = async (schedule: Schedule | null): Promise<SendTrouble | null> => {
    await attacher.whenIdle();
    // What was meant to go with it must not stay behind unnoticed.
    if (attacher.pending.value.length > 0) return { kind: 'not-attached' };
    const version = takePending(keeper.version.value);
    if (version !== keeper.version.value) keeper.change(version);
    const problems = draftProblems(version.content);
    if (problems.length > 0) return { kind: 'problems', problems };
    if (!(await keeper.flush())) return { kind: 'not-saved' };
    const answer =
      schedule === null
        ? await client.ask('outbox.send', { id: keeper.id })
        : await client.ask('outbox.schedule', { id: keeper.id, ...schedule });
    if (!answer.ok) return { kind: 'failed', error: answer.error };
    if (!UNDER_WAY.includes(answer.value.kind)) return { kind: 'refused', outcome: answer.value };
    onQueued();
    return null;
  };
  const press = async (schedule: Schedule | null): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      setTrouble(await attempt(schedule));
    } finally {
      setBusy(false);
      running.current = false;
    }
  };
  return {
    busy,
    trouble,
    send: () => press(null),
    schedule: press,
    clear: () => setTrouble(null),
  };
}
