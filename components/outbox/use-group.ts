import { useEffect, useMemo } from 'preact/hooks';
import type { MailGroup } from '../mail/mail-acts.ts';
import { useTools } from '../live/tools.ts';
import { createPagedGroup, type GroupSeen, type PagedGroup } from './paged-group.ts';
import { useLive } from '../live/use-live.ts';

/** A group of the outbox, asked for piece by piece for as long as the component is there. */
export function useGroup(group: MailGroup): {
  readonly pages: PagedGroup;
  readonly seen: GroupSeen;
} {
  const { client } = useTools();
  const pages = useMemo(() => createPagedGroup(client, group), [client, group]);
  useEffect(() => () => pages.stop(), [pages]);
  const asked = useLive(pages);
  return { pages, seen: asked.kind === 'answered' ? asked.value : NOTHING_SEEN };
}

const NOTHING_SEEN: GroupSeen = { counts: null, mails: new Map(), error: null };
