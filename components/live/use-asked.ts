import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AnswerOf, Change, MessageName, RequestOf } from '../../utils/messaging/messaging.ts';
import { createLiveAnswer, type Asked } from './live-answer.ts';
import { useTools } from './tools.ts';
import { useLive } from './use-live.ts';

/**
 * Asks for as long as the component is there, anew whenever the request or the worker's state
 * changes. While another request is being asked the answer before stays in sight.
 */
export function useAsked<Name extends MessageName>(
  name: Name,
  request: RequestOf<Name>,
  changes: readonly Change[],
): { readonly asked: Asked<AnswerOf<Name>>; readonly refresh: () => Promise<void> } {
  const { client } = useTools();
  const key = JSON.stringify(request);
  const live = useMemo(
    () => createLiveAnswer(client, { name, request, changes }),
    // The request is compared by what it says.
    [client, name, key],
  );
  useEffect(() => () => live.stop(), [live]);
  const now = useLive(live);
  const before = useRef<Asked<AnswerOf<Name>>>(now);
  if (now.kind !== 'asking') before.current = now;
  return { asked: before.current, refresh: () => live.refresh() };
}
