import { MimeError } from './mime-error.ts';

const LAST_AT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * A Date field's value (RFC 5322 section 3.3), always 31 characters: two digits for the day, UTC as
 * `+0000`. Parts of a second are cut off.
 * @param at epoch milliseconds
 * @throws MimeError `date` outside the years 1970 to 9999
 */
export function messageDate(at: number): string {
  if (!(at >= 0 && at <= LAST_AT)) throw new MimeError('date', 'date');
  // ECMA-262 fixes the form of toUTCString: `Thu, 05 Mar 2026 10:00:00 GMT`.
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
