import { describe, expect, it, vi } from 'vitest';
import { once, withLate } from '../../../utils/once/once.ts';

describe('a value that is built once', () => {
  it('is not built before it is asked for, and not twice', () => {
    const build = vi.fn(() => ({}));
    const value = once(build);
    expect(build).not.toHaveBeenCalled();
    expect(value()).toBe(value());
    expect(build).toHaveBeenCalledTimes(1);
  });
  it('may be undefined or null and is still built once', () => {
    const build = vi.fn(() => undefined);
    const value = once(build);
    value();
    value();
    expect(build).toHaveBeenCalledTimes(1);
  });
  it('is built anew when building it failed', () => {
    const build = vi.fn<() => number>().mockImplementationOnce(() => {
      throw new Error('not yet');
    });
    build.mockReturnValue(7);
    const value = once(build);
    expect(value).toThrow('not yet');
    expect(value()).toBe(7);
  });
});

describe('acts of which some are made late', () => {
  const made = () => {
    const late = vi.fn(() => ({ rare: () => 'rare', often: () => 'never asked for' }));
    return { late, acts: withLate({ often: () => 'often' }, late) };
  };

  it('makes nothing for what is there early, and all the rest once', () => {
    const { late, acts } = made();
    expect(acts.often()).toBe('often');
    expect(late).not.toHaveBeenCalled();
    expect([acts.rare(), acts.rare()]).toEqual(['rare', 'rare']);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('loses nothing when it is spread or looked through', () => {
    const { acts } = made();
    expect('rare' in acts).toBe(true);
    const spread = { ...acts };
    expect([spread.often(), spread.rare()]).toEqual(['often', 'rare']);
    expect(Object.keys(acts).sort()).toEqual(['often', 'rare']);
  });

  it('tries again when making failed', () => {
    const late = vi.fn(() => ({ rare: () => 'rare' }));
    late.mockImplementationOnce(() => {
      throw new Error('not yet');
    });
    const acts = withLate({}, late);
    expect(() => acts.rare()).toThrow('not yet');
    expect(acts.rare()).toBe('rare');
  });
});
