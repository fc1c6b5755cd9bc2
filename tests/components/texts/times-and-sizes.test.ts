import { describe, expect, it } from 'vitest';
import {
  countText,
  dayText,
  momentText,
  sizeText,
  timeText,
  whenText,
} from '../../../components/texts/times-and-sizes.ts';

const now = new Date(2026, 2, 12, 0, 5).getTime();
const at = (...parts: [number, number, number, number, number]): number =>
  new Date(...parts).getTime();

describe('times', () => {
  it('counts days by midnight, not by 24 hours', () => {
    expect(dayText(at(2026, 2, 11, 23, 59), now)).toBe('yesterday');
    expect(dayText(at(2026, 2, 12, 0, 1), now)).toBe('today');
  });
  it('counts right over a change of the clock', () => {
    const afterChange = at(2026, 2, 30, 1, 0);
    expect(dayText(at(2026, 2, 29, 23, 30), afterChange)).toBe('yesterday');
  });
  it('writes less the nearer it is', () => {
    expect(timeText(at(2026, 2, 12, 0, 1), now)).toBe('00:01');
    expect(timeText(at(2026, 2, 11, 14, 3), now)).toBe('Yesterday');
    expect(timeText(at(2026, 0, 31, 14, 3), now)).toBe('31 Jan');
    expect(timeText(at(2024, 11, 31, 14, 3), now)).toBe('31 Dec 2024');
  });
  it('fits into a sentence, and stands alone', () => {
    expect(momentText(at(2026, 2, 12, 0, 1), now)).toBe('at 00:01');
    expect(momentText(at(2026, 2, 11, 14, 3), now)).toBe('yesterday at 14:03');
    expect(whenText(at(2026, 2, 11, 14, 3), now)).toBe('Yesterday at 14:03');
    expect(whenText(at(2024, 11, 31, 14, 3), now)).toBe('31 Dec 2024 at 14:03');
  });
});

describe('sizes and counts', () => {
  it('never shows four digits of kilobytes', () => {
    expect(sizeText(0)).toBe('0 bytes');
    expect(sizeText(1)).toBe('1 byte');
    expect(sizeText(1_023)).toBe('1,023 bytes');
    expect(sizeText(1_024)).toBe('1 KB');
    expect(sizeText(1_023_000)).toBe('999 KB');
    expect(sizeText(1_048_575)).toBe('1.0 MB');
    expect(sizeText(36_700_160)).toBe('35.0 MB');
  });
  it('says one of one', () => {
    expect(countText(1, 'recipient')).toBe('1 recipient');
    expect(countText(1_200, 'recipient')).toBe('1,200 recipients');
  });
});
