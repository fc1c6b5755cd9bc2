import { describe, expect, it } from 'vitest';
import { failureParts, failureText } from '../../../utils/dispatch/failure-texts.ts';
import { readHouse } from '../../house/house.ts';

const house = readHouse();

/** Every code of every room's error class, as the sources have them. */
function codesOfRooms(): readonly string[] {
  const codes = [...house]
    .filter(([path]) => /^utils\/.*\.ts$/.test(path))
    .flatMap(([, text]) => [...text.matchAll(/export type \w+ErrorCode =([^;]+);/g)])
    .flatMap(([, union = '']) => [...union.matchAll(/'([\w-]+)'/g)])
    .map(([, code = '']) => code);
  return [...new Set(codes)];
}

/** Every code that dispatch itself answers with. */
function codesOfDispatch(): readonly string[] {
  const text = house.get('utils/dispatch/dispatch.ts') ?? '';
  const codes = [...text.matchAll(/refusal\('([\w-]+)'\)/g)].map(([, code = '']) => code);
  return [...new Set([...codes, 'failed'])];
}

describe('what a page says when an act broke', () => {
  it('is read from every error class of the house', () => {
    expect(codesOfRooms().length).toBeGreaterThan(20);
    expect(codesOfRooms()).toEqual(expect.arrayContaining(['storage', 'locked', 'timeout']));
    expect(codesOfDispatch()).toEqual(expect.arrayContaining(['not-allowed', 'not-understood']));
  });

  it.each([...codesOfRooms(), ...codesOfDispatch()])(
    'says for %s what happened, what was kept and what to do',
    (code) => {
      const parts = failureParts(code);
      expect(parts, `give "${code}" a text in utils/dispatch/failure-texts.ts`).not.toBeNull();
      for (const part of Object.values(parts ?? {})) expect(part).toMatch(/^[A-Z].*\.$/);
      expect(failureText(code)).not.toContain(' | ');
    },
  );

  it('names a code that nobody knows, and still says all three', () => {
    expect(failureText('toString')).toMatch(/\(toString\)\. What was saved .*\. Try again/);
  });
});
