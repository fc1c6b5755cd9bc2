import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPeople, unpackPeople } from '../../../utils/mail/mail.ts';

test('people come out as they were packed', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[\t\n]/.test(one));
  const person = fc.record({ name: text, address: text.filter((one) => one !== '') });
  fc.assert(
    fc.property(fc.array(person), (people) => {
      expect(unpackPeople(packPeople(people))).toEqual(people);
    }),
  );
});

test('a name with a line break in it makes nobody else', () => {
  const packed = packPeople([{ name: 'A\n\tb@x.example\tB', address: 'a@x.example' }]);
  expect(unpackPeople(packed)).toEqual([{ name: 'A  b@x.example B', address: 'a@x.example' }]);
});

test('what is no line of people is left out', () => {
  expect(unpackPeople('\n\tnobody\na@x.example\tA\tmore\nb@x.example\n')).toEqual([
    { name: '', address: 'b@x.example' },
  ]);
});
