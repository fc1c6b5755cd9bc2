import { basename } from 'node:path';
import { minifySync, type Plugin, type Rolldown, type UserConfig } from 'vite';
import { loadParts } from './load-parts.ts';
import { partOfModule } from './part-of-module.ts';

/**
 * Cuts Chromium's worker into background.js, which every start reads, and parts that are read when
 * they are first used (docs/decisions/0012-a-worker-in-parts.md). One build makes them all, so each
 * module is in one of them only: there is one of each class, and `instanceof` means what it says.
 */
export function workerInParts(): Plugin {
  let isWorker = false;
  return {
    name: 'worker-in-parts',
    enforce: 'post',
    config(config) {
      const entry = entryOfWorker(config);
      isWorker = entry !== null;
      return entry === null ? null : { build: { lib: false, rolldownOptions: cut(entry) } };
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        if (isWorker) asScripts(Object.values(bundle).filter((one) => one.type === 'chunk'));
      },
    },
  };
}

/** WXT's module that runs entrypoints/background.ts; null in the build of anything else. */
function entryOfWorker({ build }: UserConfig): string | null {
  const entry = build?.lib ? build.lib.entry : null;
  return typeof entry === 'string' && entry.includes('background-entrypoint') ? entry : null;
}

function cut(entry: string): Rolldown.RolldownOptions {
  return {
    input: { background: entry },
    output: {
      format: 'cjs',
      entryFileNames: '[name].js',
      // The hash stands in background.js too: a part never changes without it.
      chunkFileNames: 'parts/[name]-[hash].js',
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [{ name: partOfModule, debugName: 'parts', minSize: 0 }],
      },
    },
  };
}

/** How the bundler exports a name of a chunk. No module changes what it exports, so the value does as well. */
const GETTER =
  /Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g;

/** CommonJS as scripts that a worker can import: the head of background.js is their `require`. */
function asScripts(chunks: readonly Rolldown.OutputChunk[]): void {
  const files: string[] = [];
  for (const chunk of chunks.filter(({ isEntry }) => !isEntry)) {
    const file = basename(chunk.fileName);
    files.push(file);
    const code = chunk.code.replace(GETTER, 'exports.$1=$2');
    chunk.code = `definePart("${file}",function(exports,require){${code}\n});\n`;
  }
  const head = `const exports={},require=(${loadParts.toString()})(self,exports,${JSON.stringify(files)});`;
  const { code } = minifySync('head.js', head);
  for (const chunk of chunks.filter(({ isEntry }) => isEntry)) {
    chunk.code = `(()=>{${code}${chunk.code}\n})();\n`;
  }
}
