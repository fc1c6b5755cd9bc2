import { accountHandlers } from './account-handlers.ts';
import { attachmentHandlers } from './attachment-handlers.ts';
import type { Handlers } from './dispatch.ts';
import { lockHandlers } from './lock-handlers.ts';
import { mailHandlers } from './mail-handlers.ts';
import { mergeHandlers } from './merge-handlers.ts';
import type { OpeningName } from './opening-handlers.ts';
import { privacyHandlers } from './privacy-handlers.ts';
import type { Rooms } from './rooms.ts';
import { sendingHandlers } from './sending-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { suppressionHandlers } from './suppression-handlers.ts';

/** Every message but those that a page opens with. */
export function lateHandlers(rooms: Rooms): Omit<Handlers, OpeningName> {
  return {
    ...accountHandlers(rooms),
    ...mailHandlers(rooms),
    ...sendingHandlers(rooms),
    ...attachmentHandlers(rooms),
    ...lockHandlers(rooms),
    ...mergeHandlers(rooms),
    ...suppressionHandlers(rooms),
    ...privacyHandlers(rooms),
    ...settingsHandlers(rooms),
  };
}
