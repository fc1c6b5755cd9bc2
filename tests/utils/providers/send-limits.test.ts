import { describe, expect, it } from 'vitest';
import { limitsFor, rungForSize } from '../../../utils/providers/providers.ts';

const limits = {
  messageBytes: 3_000,
  recipients: 500,
  sendsPerMinute: 30,
  sendsPerDay: null,
  concurrentSends: 1,
};
const declaration = { limits, limitsWith: { drafts: { messageBytes: 35_000 } } };

describe('what a provider takes', () => {
  it('follows from the rights that were granted, and keeps what they don’t change', () => {
    expect(limitsFor(declaration, [])).toEqual(limits);
    expect(limitsFor(declaration, ['send', 'read'])).toEqual(limits);
    expect(limitsFor(declaration, ['send', 'drafts'])).toEqual({ ...limits, messageBytes: 35_000 });
  });

  it('names the right that would help, only where it is missing and does help', () => {
    expect(rungForSize(declaration, ['send'], 35_000)).toBe('drafts');
    expect(rungForSize(declaration, ['send'], 35_001)).toBeNull();
    expect(rungForSize(declaration, ['send', 'drafts'], 40_000)).toBeNull();
  });
});
