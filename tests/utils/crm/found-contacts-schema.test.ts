import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { FOUND_LIMITS, foundContactsSchema } from '../../../utils/crm/crm.ts';

const contact = {
  name: 'Anna Berg',
  address: 'anna@x.example',
  source: 'link',
  relation: 'page',
  doubts: [],
};
const prefill = { to: [], cc: [], bcc: [], subject: '', text: '' };
const answer = { prefill, contacts: [contact], complete: true };

const isTaken = (said: unknown): boolean => z.safeParse(foundContactsSchema(), said).success;

test('takes an answer of a search', () => {
  expect(isTaken(answer)).toBe(true);
});

test('leaves out what a search never says', () => {
  const parsed = z.parse(foundContactsSchema(), {
    ...answer,
    html: '<script>',
    prefill: { ...prefill, from: 'x' },
  });
  expect(parsed).toEqual(answer);
});

describe('refuses', () => {
  test.each([
    ['nothing', null],
    ['a text', 'contacts'],
    [
      'more contacts than a search gives',
      { ...answer, contacts: Array(FOUND_LIMITS.mostContacts + 1).fill(contact) },
    ],
    [
      'a longer name',
      { ...answer, contacts: [{ ...contact, name: 'n'.repeat(FOUND_LIMITS.nameChars + 1) }] },
    ],
    [
      'a line break in a name',
      { ...answer, contacts: [{ ...contact, name: 'a\r\nBcc: b@x.example' }] },
    ],
    [
      'what is no address',
      { ...answer, contacts: [{ ...contact, address: 'a@x.example>, <b@x.example' }] },
    ],
    [
      'a line break in an address',
      { ...answer, contacts: [{ ...contact, address: 'a@x.example\n' }] },
    ],
    ['a source of its own', { ...answer, contacts: [{ ...contact, source: 'trusted' }] }],
    ['a doubt of its own', { ...answer, contacts: [{ ...contact, doubts: ['none'] }] }],
    [
      'more recipients than a link may have',
      { ...answer, prefill: { ...prefill, bcc: Array(FOUND_LIMITS.recipients + 1).fill(contact) } },
    ],
    ['a line break in a subject', { ...answer, prefill: { ...prefill, subject: 'a\r\nb' } }],
    [
      'a longer subject',
      { ...answer, prefill: { ...prefill, subject: 's'.repeat(FOUND_LIMITS.subjectChars + 1) } },
    ],
    [
      'a longer text',
      { ...answer, prefill: { ...prefill, text: 't'.repeat(FOUND_LIMITS.textChars + 1) } },
    ],
    ['an answer without a prefill', { contacts: [], complete: true }],
  ])('%s', (_, said) => {
    expect(isTaken(said)).toBe(false);
  });
});
