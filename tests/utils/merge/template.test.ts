import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsIn, fillText, looseBraces } from '../../../utils/merge/merge.ts';

const from =
  (values: Readonly<Record<string, string>>) =>
  (field: string): string | null =>
    Object.hasOwn(values, field) ? (values[field] ?? null) : null;

describe('a text with fields', () => {
  it('is filled with values, and with what stands in for those that are missing', () => {
    const text = 'Dear {{First Name|colleague}}, {{ company }} and {{town|}} greet {{nobody}}.';
    expect(fillText(text, from({ 'first name': 'Ann', company: 'Larch' }))).toBe(
      'Dear Ann, Larch and  greet .',
    );
    expect(fillText(text, from({}))).toBe('Dear colleague,  and  greet .');
  });

  it('names its fields as they are looked up, with their fallbacks', () => {
    expect(fieldsIn('{{ First  NAME |you there}} {{town}} {{x|}} {{}} {{ | a}}')).toEqual([
      { name: 'first name', fallback: 'you there' },
      { name: 'town', fallback: null },
      { name: 'x', fallback: '' },
    ]);
  });

  it('tells braces that are no field', () => {
    for (const loose of ['{{first name}', 'a {{ b', '}} c', '{{}}', '{{a\nb}}']) {
      expect(looseBraces(loose), loose).toBe(true);
    }
    for (const fine of ['', '{a} }{', '{{a}}{{b|c}}', '{ {a} }']) {
      expect(looseBraces(fine), fine).toBe(false);
    }
  });

  it('writes every value as it is, whatever it holds, and never reads it as a field', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{{name}}', '{{name|x}}', '$&', '$1', '}}', '{{', '|', '\\', '__proto__'),
    );
    fc.assert(
      fc.property(nasty, nasty, (first, second) => {
        const filled = fillText(
          '<{{name}}|{{name}}|{{other|y}}>',
          from({ name: first, other: second }),
        );
        expect(filled).toBe(`<${first}|${first}|${second === '' ? 'y' : second}>`);
      }),
    );
  });

  it('keeps every text without fields as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(fieldsIn(text).length === 0);
        expect(fillText(text, () => 'value')).toBe(text);
      }),
    );
  });

  it('is read in time that grows with its length, whatever is in it', () => {
    for (const piece of ['{{', '{{a|', '{{a|}', '|', '}}', '{{a']) {
      const text = piece.repeat(100_000);
      const began = performance.now();
      fillText(text, () => '');
      looseBraces(text);
      expect(performance.now() - began, piece).toBeLessThan(2000);
    }
  });
});
