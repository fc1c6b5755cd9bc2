import type { Client, DraftView } from '../../utils/messaging/messaging.ts';
import { createAttacher, type Attacher } from './attacher.ts';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper.ts';

/** A draft that is being written in this window. It outlives the form: the lock hides that, and loses nothing. */
export interface Writing {
  readonly draft: DraftView;
  readonly keeper: DraftKeeper;
  readonly attacher: Attacher;
}

/** Begins with a draft as it is stored. */
export function beginWriting(client: Client, draft: DraftView): Writing {
  const keeper = createDraftKeeper(client, draft);
  return { draft, keeper, attacher: createAttacher(client, keeper) };
}

/**
 * Saves once more when the lock falls. True when all of it is stored, so that nothing has to stay
 * in this window; false when only this window has it.
 */
export async function putAway({ keeper, attacher }: Writing): Promise<boolean> {
  const saved = await keeper.flush();
  return saved && attacher.pending.value.length === 0;
}
