import { pathsIn, type Rule } from './house.ts';

const sleeps = [
  { pattern: /\bsetTimeout\s*\(/, what: 'setTimeout' },
  { pattern: /node:timers\/promises/, what: 'node:timers/promises' },
  { pattern: /\bwaitForTimeout\b/, what: 'waitForTimeout' },
  { pattern: /Atomics\.wait\b/, what: 'Atomics.wait' },
];

/** A test waits for something to happen, never for time to pass. */
export const testsDoNotSleep: Rule = (house) =>
  pathsIn(house, /^tests\/(?!house\/).*\.test\.tsx?$/).flatMap((path) =>
    sleeps
      .filter(({ pattern }) => pattern.test(house.get(path) ?? ''))
      .map(
        ({ what }) =>
          `${path} uses ${what}: move a fake clock, or wait for what should happen with eventually().`,
      ),
  );

/** A lifetime test must not keep the worker alive itself. */
export const noTestAttachesToTheWorker: Rule = (house) =>
  pathsIn(house, /^tests\/(browser|long|bench)\/.*\.ts$/)
    .filter((path) => /\.worker\(\)|\.workers\(\)/.test(house.get(path) ?? ''))
    .map(
      (path) =>
        `${path} attaches to the worker, which keeps it alive: use the harness's worker-life.ts.`,
    );

/** Nothing is left out and nothing left over from trying. */
export const noTestIsLeftOut: Rule = (house) =>
  pathsIn(house, /^tests\/(?!house\/).*\.test\.tsx?$/)
    .filter((path) => /\b(it|test|describe)\.(only|skip|todo)\(/.test(house.get(path) ?? ''))
    .map(
      (path) => `${path} has a test that is only, skip or todo: finish it, or skipIf(missing(…)).`,
    );

/** Production code has no way to know that it is tested. */
export const noTestSwitch: Rule = (house) =>
  pathsIn(house, /^(utils|components|entrypoints)\/.*\.tsx?$/)
    .filter((path) =>
      /\b(VITEST|NODE_ENV|isTest|testMode|navigator\.webdriver)\b/.test(house.get(path) ?? ''),
    )
    .map(
      (path) => `${path} looks whether it is being tested: pass what differs in as an argument.`,
    );
