import { expect, it } from 'vitest';
import { longRunPage } from './long-run-page.ts';

const report = {
  numPassedTests: 1,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    {
      name: 'a.test.ts',
      status: 'passed',
      assertionResults: [{ fullName: ' keeps a | b', status: 'passed', duration: 61_400 }],
    },
  ],
};

it('names each guarantee with its result, and says that all of it was run', () => {
  const page = longRunPage([report], {});
  expect(page).toContain('| keeps a \\| b | passed | 61 s |');
  expect(page).toContain('run in full on');
});

it('says what was left out, and that it was run in parts', () => {
  const page = longRunPage([report, report], { POSTERN_KILLS: '40', HOME: '/x' });
  expect(page).toContain('run with `POSTERN_KILLS=40`, in 2 parts on');
  expect(page).not.toContain('HOME');
});
