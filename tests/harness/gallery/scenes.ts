import { accountScenes } from './account-scenes.ts';
import { composeScenes } from './compose-scenes.ts';
import { lockScenes } from './lock-scenes.ts';
import { mergeScenes, mergeSettingsScenes } from './merge-scenes.ts';
import { optionsScenes } from './options-scenes.ts';
import { outboxScenes } from './outbox-scenes.ts';
import { popupScenes } from './popup-scenes.ts';
import type { Scene } from './scene.ts';

/** Every page in every state. */
export const scenes: readonly Scene[] = [
  ...popupScenes,
  ...outboxScenes,
  ...composeScenes,
  ...accountScenes,
  ...mergeScenes,
  ...mergeSettingsScenes,
  ...optionsScenes,
  ...lockScenes,
];
