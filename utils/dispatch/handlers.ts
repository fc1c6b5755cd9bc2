import { withLate } from '../once/once.ts';
import type { Handlers } from './dispatch.ts';
import { lateHandlers } from './late-handlers.ts';
import { openingHandlers, type OpeningName } from './opening-handlers.ts';
import type { Rooms } from './rooms.ts';

/** One act for every message, out of the rooms that do them. */
export function createHandlers(rooms: Rooms): Handlers {
  return withLate<Pick<Handlers, OpeningName>, Omit<Handlers, OpeningName>>(
    openingHandlers(rooms),
    () => lateHandlers(rooms),
  );
}
