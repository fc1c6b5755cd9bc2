import { describe, expect, it } from 'vitest';
import { formatMailbox } from '../../../utils/mail/mail.ts';

describe('a mailbox as text', () => {
  it.each([
    [{ name: '', address: 'a@b.c' }, 'a@b.c'],
    [{ name: 'Anna Berg', address: 'a@b.c' }, 'Anna Berg <a@b.c>'],
    [{ name: 'Berg, Anna', address: 'a@b.c' }, '"Berg, Anna" <a@b.c>'],
    [{ name: 'The "Boss" \\o/', address: 'a@b.c' }, '"The \\"Boss\\" \\\\o/" <a@b.c>'],
    [{ name: '山田　太郎', address: 'y@例え.jp' }, '山田　太郎 <y@例え.jp>'],
    [{ name: ' a  b ', address: 'a@b.c' }, '" a  b " <a@b.c>'],
    [{ name: 'c@d.e', address: 'a@b.c' }, '"c@d.e" <a@b.c>'],
  ])('%j reads %s', (mailbox, text) => {
    expect(formatMailbox(mailbox)).toBe(text);
  });
});
