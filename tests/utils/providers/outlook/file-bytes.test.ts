import { expect, it } from 'vitest';
import { base64Chars, base64Of } from '../../../../utils/providers/outlook/file-bytes.ts';

/** Every byte there is, over and over. */
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % 256);

it.for([0, 1, 2, 3, 255, 256, 24_575, 24_576, 24_577, 100_000])(
  'writes %i bytes as one line of base64, as long as it was said to be',
  (length) => {
    const text = base64Of(bytesOf(length));
    expect(text).toBe(Buffer.from(bytesOf(length)).toString('base64'));
    expect(text).toHaveLength(base64Chars(length));
  },
);

it('reads a view of a larger buffer, and nothing beside it', () => {
  expect(base64Of(bytesOf(64).subarray(10, 20))).toBe('CgsMDQ4PEBESEw==');
});
