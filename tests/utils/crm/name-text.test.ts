import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FOUND_LIMITS } from '../../../utils/crm/crm.ts';
import { nameBefore } from '../../../utils/crm/name-before.ts';
import { affinity, cleanName, shapeOf } from '../../../utils/crm/name-text.ts';
import { isPageWording, withoutWriteTo } from '../../../utils/crm/name-words.ts';
import { labelKind } from '../../../utils/crm/label-words.ts';
import { mixesScripts } from '../../../utils/crm/mixed-scripts.ts';

describe('a name is one line without hidden characters', () => {
  test.each([
    ['  Anna \n  Berg ', 'Anna Berg', false],
    ['Anna \u202egreB\u202c', 'Anna greB', true],
    ['An\u200bna', 'Anna', true],
    ['An\u00adna', 'Anna', false],
    ['\u200fשרה\u200e', 'שרה', false],
    ['Anna\u0000Berg', 'Anna Berg', false],
    ['An\u200dna', 'Anna', true],
    ['می\u200cخواهم', 'می\u200cخواهم', false],
  ])('%j', (raw, text, hadHidden) => {
    expect(cleanName(raw)).toEqual({ text, hadHidden });
  });

  test('whatever it was: short, well formed, without control and format characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (raw) => {
        const { text } = cleanName(raw);
        expect(text.length).toBeLessThanOrEqual(FOUND_LIMITS.nameChars);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(cleanName(text).text).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});

test.each([
  ['Anna Berg', 'person'],
  ['Berg, Anna', 'person'],
  ['Dr. Anna-Lena von der Heide', 'person'],
  ['Siobhán O’Neill', 'person'],
  ['María de la Cruz', 'person'],
  ['王小明', 'person'],
  ['김민수', 'person'],
  ['Иван Петров', 'person'],
  ['محمد علي', 'person'],
  ['Brama Sp. z o.o.', 'company'],
  ['Gartenbau Müller GmbH', 'company'],
  ['O’Neill Fencing Ltd', 'company'],
  ['Lead', 'words'],
  ['+49 731 5550', 'none'],
  ['12 May 2026', 'none'],
  ['€ 12,480', 'none'],
  ['https://example.com', 'none'],
  ['anna@example.com', 'none'],
  ['<script>alert(1)</script>', 'none'],
  ['She said that she would call back on Monday morning then', 'none'],
  ['A', 'none'],
])('%s looks like: %s', (text, shape) => {
  expect(shapeOf(text)).toBe(shape);
});

test.each([
  ['Anna Berg', 'anna.berg@example.com', 2],
  ['Anna Berg', 'aberg@example.com', 1],
  ['Anna Berg', 'ab@example.com', 1],
  ['Jörg Müller', 'joerg.mueller@example.com', 2],
  ['Jörg Müller', 'jorg.muller@example.com', 2],
  ['Łukasz Nowak', 'l.nowak@example.com', 1],
  ['Siobhán O’Neill', 'siobhan.oneill@example.com', 2],
  ['Anna Berg', 'olu.okafor@example.com', 0],
  ['Sales Team', 'sales@example.com', 0],
])('%s and %s have %i words in common', (name, address, words) => {
  expect(affinity(name, address)).toBe(words);
});

test.each([
  ['Anna Berg <', '>', 'Anna Berg', true],
  ['"Berg, Anna" <', '>', 'Berg, Anna', true],
  ['To: Olu <o@x.example>, Anna Berg <', '>', 'Anna Berg', true],
  ['her deputy is Pat Lund <', '>', 'Pat Lund', true],
  ['Anna Berg (', ')', 'Anna Berg', false],
  ['Anna Berg – ', '', 'Anna Berg', false],
  ['Anna Berg: ', '', 'Anna Berg', false],
])('before an address, %s%s holds the name %s', (before, after, name, bound) => {
  const text = `${before}a@x.example${after}`;
  expect(nameBefore(text, before.length, before.length + 'a@x.example'.length)).toEqual({
    name,
    bound,
  });
});

test.each(['E-mail: ', 'call or write to ', '', '+49 731: '])('no name stands in %j', (before) => {
  expect(nameBefore(`${before}a@x.example`, before.length, before.length + 11)).toBeNull();
});

test.each([
  ['Send an e-mail to Anna Berg', 'Anna Berg'],
  ['Email Anna Berg', 'Anna Berg'],
  ['E-Mail an Jörg Müller', 'Jörg Müller'],
  ['Anna Berg', 'Anna Berg'],
  ['Newton Mail', 'Newton Mail'],
])('%s is about %s', (text, name) => {
  expect(withoutWriteTo(text)).toBe(name);
});

test.each([
  'Edit',
  'View Profile',
  'In Progress',
  'Sales Director',
  'Contact Details',
  'Best Regards',
])('%s is what pages say, and no name', (text) => {
  expect(isPageWording(text)).toBe(true);
});

test.each(['Anna Berg', 'Seena Viewell', 'Nora Newman', 'Headley Ray', 'Keya Lund'])(
  '%s is a name, whatever it begins with',
  (text) => {
    expect(isPageWording(text)).toBe(false);
  },
);

test.each([
  ['E-mail', 'email'],
  ['Email Address:', 'email'],
  ['contactEmail_1', 'email'],
  ['E-Mail-Adresse *', 'email'],
  ['邮箱', 'email'],
  ['Name', 'name'],
  ['full_name', 'name'],
  ['contact-name', 'name'],
  ['First Name', 'first-name'],
  ['Vorname', 'first-name'],
  ['Last name', 'last-name'],
  ['Company Name', 'company'],
  ['User name', 'other'],
  ['Phone', 'other'],
  ['', null],
  ['a sentence that is much too long to be the label of anything at all', null],
] as const)('the label %s means: %s', (label, kind) => {
  expect(labelKind(label)).toBe(kind);
});

test('tells a domain that mixes alphabets from one that is written in another', () => {
  expect(mixesScripts('help@timb\u0435r.example')).toBe(true);
  expect(mixesScripts('help@пример.example')).toBe(false);
  expect(mixesScripts('help@bücher.example')).toBe(false);
});
