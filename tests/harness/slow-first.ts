import { BaseSequencer, type TestSpecification } from 'vitest/node';

/*
 * Which files of tests begin first. A file that takes a minute and begins last leaves the other
 * cores waiting for it, and on a new machine nobody remembers how long each took.
 */

const SLOW: readonly RegExp[] = [
  /browser\/worker-life/,
  /browser\/demo/,
  /browser\/timing/,
  /browser\/harness/,
  /browser\/attach/,
  /browser\/hidden-answers/,
  /browser\/killed/,
  /fault-matrix\/outlook-with-drafts/,
  /fault-matrix\/outlook/,
  /outlook-deaths/,
  /fault-matrix/,
  /deaths\.test/,
  /batches\//,
  /every-scene/,
];

/** Begins with the files that take long, the longest first; the others as vitest would. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = SLOW.findIndex((slow) => slow.test(moduleId));
  return at === -1 ? SLOW.length : at;
}
