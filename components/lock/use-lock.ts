import { useEffect, useMemo } from 'preact/hooks';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { createLiveAnswer, type Asked } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { useLive } from '../live/use-live.ts';

/** How the lock is, asked anew whenever it changes. */
export function useLock(): Asked<AnswerOf<'lock.status'>> {
  const { client } = useTools();
  const live = useMemo(
    () => createLiveAnswer(client, { name: 'lock.status', request: {}, changes: ['lock'] }),
    [client],
  );
  useEffect(() => () => live.stop(), [live]);
  return useLive(live);
}

/** True for an answer that the lock keeps back. */
export function isLocked(asked: Asked<unknown>): boolean {
  return asked.kind === 'failed' && asked.error.code === 'locked';
}
