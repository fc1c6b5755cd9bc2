/** What a person is told of a merge as a whole: where it stands, and how far it is. */
import type { MergeSummary } from '../../utils/messaging/messaging.ts';
import type { StateText } from './outcome-text.ts';
import { countText, dayText } from './times-and-sizes.ts';

/** What a merge is called. */
export function mergeTitle({ subject, unreadable }: MergeSummary): string {
  if (unreadable !== null) return 'A merge that can’t be opened';
  return subject === '' ? 'No subject' : subject;
}

/** Whether a mail of it goes no further without the person. */
export function needsPerson({ counts }: MergeSummary): boolean {
  return counts.needsYou + counts.unconfirmed + counts.rejected > 0;
}

/** Where a merge stands, in a word. */
export function mergeStateWord(merge: MergeSummary, now: number): Pick<StateText, 'word' | 'tone'> {
  if (needsPerson(merge)) return { word: 'Needs you', tone: 'heed' };
  if (merge.counts.waiting === 0) return { word: 'Done', tone: 'good' };
  if (merge.control === 'paused') return { word: 'Paused', tone: 'quiet' };
  const waits = merge.nextAt === null || merge.nextAt > now;
  return { word: waits ? 'Waiting' : 'Sending', tone: 'moving' };
}

/** How far a merge is, in one sentence. */
export function mergeProgressText(merge: MergeSummary, now: number): string {
  const { counts, total, control, nextAt, lastAt } = merge;
  const parts = [`${counts.sent.toLocaleString('en')} of ${countText(total, 'mail')} sent`];
  if (counts.waiting > 0)
    parts.push(`${counts.waiting} ${control === 'paused' ? 'paused' : 'waiting'}`);
  if (counts.needsYou > 0) parts.push(`${counts.needsYou} need you`);
  if (counts.unconfirmed > 0) parts.push(`${counts.unconfirmed} unconfirmed`);
  if (counts.rejected > 0) parts.push(`${counts.rejected} refused`);
  if (counts.notSent > 0) parts.push(`${counts.notSent} not sent`);
  const held = counts.waiting === total && nextAt !== null && nextAt > now && control === 'running';
  const later = lastAt !== null && dayText(lastAt, now) !== 'today';
  return `${parts.join(', ')}.${held ? ' Nothing has left yet.' : ''}${later ? ` The last go out ${dayText(lastAt, now)}.` : ''}`;
}
