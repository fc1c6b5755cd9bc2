import type { FollowingView, SettingsFileOutcome } from '../../utils/messaging/messaging.ts';
import { say, tell, type ByKind, type OutcomeText } from './outcome-text.ts';
import { countText } from './times-and-sizes.ts';

/** What a person is told of settings that are taken along. */

const NAMES: Readonly<Record<string, string>> = {
  defaultAccountId: 'Default sender',
  settingsFollow: 'Whether settings follow you',
  activityRetentionDays: 'Days that calls and counts are kept',
  callLogOn: 'Call log',
  undoSeconds: 'Seconds in which a mail can be taken back',
  receiptRetentionDays: 'Days that receipts of sent mails are kept',
  lateToleranceMinutes: 'Minutes that a scheduled mail may be late',
};

/** A setting in words; its own name where there are none. */
export function settingName(name: string): string {
  return (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined) ?? `“${name}”`;
}

/** A value as it came, in JSON. */
export function settingValue(json: string): string {
  if (json === 'true') return 'on';
  if (json === 'false') return 'off';
  return json;
}

type Readable = Extract<SettingsFileOutcome, { kind: 'readable' }>;
type Unreadable = Extract<SettingsFileOutcome, { kind: 'unreadable' }>;

const LEFT_OUT: Readonly<Record<Readable['leftOut'][number]['why'], string>> = {
  unknown: 'this version doesn’t know it',
  'stays-here': 'it means nothing in another browser',
  'not-allowed': 'it can’t have that value',
};

/** Why a part of a file is not taken over. */
export function leftOutText({ name, why }: Readable['leftOut'][number]): string {
  return `${settingName(name)}: ${LEFT_OUT[why]}`;
}

const UNREADABLE: Readonly<Record<Unreadable['why'], OutcomeText>> = {
  'too-large': say`This file is far larger than settings are. | Nothing was changed. | Choose the file that Postern saved.`,
  'no-json': say`This file can’t be read: it is damaged, or it is no settings file. | Nothing was changed. | Choose the file that Postern saved, or save it anew.`,
  'other-format': say`This is not a settings file of Postern’s. | Nothing was changed. | Choose the file that Postern saved.`,
  newer: say`This file was saved by a newer version of Postern. | Nothing was changed. | Update Postern here, then choose it again.`,
  damaged: say`What is in this file can’t be understood. | Nothing was changed. | Save it anew where it came from.`,
};

const FILES: ByKind<SettingsFileOutcome, OutcomeText> = {
  readable: ({ done, changes, leftOut }) => {
    const count = countText(changes.length, 'setting');
    if (changes.length === 0)
      return leftOut.length === 0
        ? say`The file says what is set here already. | Nothing was changed. | There is nothing to do.`
        : say`Nothing in this file is to be taken over. | Nothing was changed. | See below what was left out, and why.`;
    return done
      ? say`${count} taken over. | Everything else is as it was. | There is nothing to do.`
      : say`The file would change ${count}. | Nothing was changed yet. | Look at it, then take it over or leave it.`;
  },
  unreadable: ({ why }) => UNREADABLE[why],
};

/** What a settings file turned out to be. */
export const settingsFileText = (outcome: SettingsFileOutcome): OutcomeText => tell(FILES, outcome);

const THERE: Readonly<Record<FollowingView['there'], OutcomeText>> = {
  nothing: say`Nothing of Postern’s lies in your browser’s own sync. | Your settings are on this device only.`,
  readable: say`Settings lie in your browser’s own sync. | They hold numbers and switches, no account and no address. | Where two browsers differ, the later change wins.`,
  newer: say`Settings lie there that a newer version of Postern wrote. | They were left alone, and these here are as they were. | Update Postern here to use them.`,
  damaged: say`Something lies there that can’t be read. | It was left alone, and the settings here are as they were. | Switch this off and take it away to begin anew.`,
};

/** What lies in the browser's own sync. */
export const followingText = ({ there }: Pick<FollowingView, 'there'>): OutcomeText => THERE[there];
