import type { Plugin, Rolldown } from 'vite';

/** A file of less than this is not worth a request and a head of its own in the package. */
const SMALL_BYTES = 30_000;

/**
 * Gathers what pages share. The bundler makes a file for each set of pages that share something, a
 * dozen of them; here a small one becomes part of that of the closest set, so that a page may load
 * some code that it has no use for.
 */
export function pageChunks(): Plugin {
  const codeSplitting: Rolldown.CodeSplittingOptions = {
    groups: [
      {
        name: 'shared',
        minShareCount: 2,
        minSize: 0,
        entriesAware: true,
        entriesAwareMergeThreshold: SMALL_BYTES,
      },
    ],
  };
  return {
    name: 'page-chunks',
    config: ({ build }) =>
      hasPages(build?.rolldownOptions?.input)
        ? { build: { rolldownOptions: { output: { codeSplitting } } } }
        : null,
  };
}

/** False for the build of the worker, and of the page reader. */
function hasPages(input: Rolldown.InputOption | undefined): boolean {
  return typeof input === 'object' && Object.values(input).some((path) => path.endsWith('.html'));
}
