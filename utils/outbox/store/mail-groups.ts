import { assertNever } from '../../result/result.ts';
import { MAIL_GROUPS, type MailGroup } from '../../vocabulary/vocabulary.ts';
import type { MailRecord } from './mail-record.ts';

/** What a mail is found under: its group, or `merge` for one that is shown with its merge. */
export type MailPlace = MailGroup | 'merge';

/** Every place, so that what lies in none of them can be counted. */
export const MAIL_PLACES: readonly MailPlace[] = [...MAIL_GROUPS, 'merge'];

/** A record as it is stored: with its place, which is indexed, so that no page need read every mail. */
export type PlacedRecord = MailRecord & { readonly place: MailPlace };

/** The record with its place. Every write goes through here. */
export function placed(record: MailRecord): PlacedRecord {
  return { ...record, place: placeOf(record) };
}

/** A merge is shown as one, by its own result; only what was taken out of it stands in the list. */
export function placeOf({ state, batchId, apart }: MailRecord): MailPlace {
  if (batchId !== null && !apart) return 'merge';
  switch (state.kind) {
    case 'draft':
      return state.returned ? 'failed' : 'drafts';
    case 'sent':
    case 'sending':
      return state.kind;
    case 'overdue':
    case 'unconfirmed':
    case 'waiting-for-sign-in':
    case 'waiting-for-host':
    case 'waiting-for-right':
      return 'needs-you';
    case 'refused':
      return 'failed';
    case 'held':
    case 'scheduled':
    case 'at-provider':
    case 'taking-back':
    case 'queued':
    case 'halted':
    case 'retry':
    case 'paused':
      return 'waiting';
    default:
      return assertNever(state);
  }
}
