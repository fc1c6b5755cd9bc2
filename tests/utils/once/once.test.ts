import { describe, expect, it, vi } from 'vitest';
import { once } from '../../../utils/once/once.ts';

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
