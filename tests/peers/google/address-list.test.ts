import { describe, expect, test } from 'vitest';
import { readAddressList } from './address-list.ts';

describe('reads', () => {
  test.each([
    ['a@x.example', ['a@x.example']],
    ['<a@x.example>', ['a@x.example']],
    ['"Last, First" <a@x.example>, b@x.example', ['a@x.example', 'b@x.example']],
    ['John Q. Public <a@x.example>', ['a@x.example']],
    ['"a \\"b\\" \\\\" <a@x.example>', ['a@x.example']],
    ['山田 朋子 <a@x.example>', ['a@x.example']],
    ['(a, comment (nested \\) here)) a@x.example (more)', ['a@x.example']],
    ['A: b@x.example, c@x.example;, d@x.example', ['b@x.example', 'c@x.example', 'd@x.example']],
    ['undisclosed-recipients:;', []],
    [', a@x.example,, ', ['a@x.example']],
    ['"odd local"@x.example', ['"odd local"@x.example']],
    ['a@[127.0.0.1]', ['a@[127.0.0.1]']],
    ['', []],
  ])('%s', (value, addresses) => {
    expect(readAddressList(value)?.map(({ address }) => address)).toEqual(addresses);
  });

  test('the name without its quotes', () => {
    expect(readAddressList('"Last, \\"First\\"" <a@x.example>')).toEqual([
      { name: 'Last, "First"', address: 'a@x.example' },
    ]);
  });
});

describe('refuses', () => {
  test.each([
    'Bob',
    'a@b>, <c@d',
    '<a b@x.example>',
    '<a@b@x.example>',
    'a@x.example b@x.example',
    'a@x.example <b@x.example>',
    'Bob <a@x.example',
    'Bob a@x.example>',
    '"open <a@x.example>',
    '(open a@x.example',
    'a @x.example',
    'a@x.example\u0000',
    'a\\b@x.example',
    '<>',
  ])('%j', (value) => {
    expect(readAddressList(value)).toBeNull();
  });
});
