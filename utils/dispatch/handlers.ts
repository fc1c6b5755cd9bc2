import type { Handlers } from './dispatch.ts';
import { attachmentHandlers } from './attachment-handlers.ts';
import { accountHandlers } from './account-handlers.ts';
import { lockHandlers } from './lock-handlers.ts';
import { mailHandlers } from './mail-handlers.ts';
import { mergeHandlers } from './merge-handlers.ts';
import { suppressionHandlers } from './suppression-handlers.ts';
import { privacyHandlers } from './privacy-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';
import type { Rooms } from './rooms.ts';
import { sendingHandlers } from './sending-handlers.ts';

/** One act for every message, out of the rooms that do them. */
export function createHandlers(rooms: Rooms): Handlers {
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
