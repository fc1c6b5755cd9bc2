import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  loadParts,
  type Exports,
  type PartCode,
  type PartScope,
} from '../../bundling/load-parts.ts';

/** A worker's global scope over files of parts: it imports later only what it imported at install. */
function workerWith(files: Readonly<Record<string, PartCode>>, state = 'parsed') {
  const imported: string[] = [];
  const scope: PartScope & { readonly imported: string[] } = {
    serviceWorker: { state },
    imported,
    importScripts(...paths: string[]) {
      for (const path of paths) {
        const file = path.replace('/parts/', '');
        const code = files[file];
        if (!code) throw new Error(`NetworkError: ${path}`);
        imported.push(file);
        scope.definePart?.(file, code);
      }
    },
  };
  return scope;
}

const greeting: PartCode = (exports) => {
  exports['greet'] = () => 'hello';
};
const FILES = ['greeting.js'];
const call = (exports: Exports, name: string): unknown => (exports[name] as () => unknown)();
const STARTED = { default: undefined };

describe('the parts of a worker', () => {
  it('are all read while it is being installed, and none is run', () => {
    for (const state of ['parsed', 'installing']) {
      let ran = false;
      const scope = workerWith({ 'a.js': () => (ran = true), 'b.js': greeting }, state);
      loadParts(scope, {}, ['a.js', 'b.js']);
      expect(scope.imported).toEqual(['a.js', 'b.js']);
      expect(ran).toBe(false);
    }
  });

  it('are not read by a worker that was installed before, until one of their names is used', () => {
    const scope = workerWith({ 'greeting.js': greeting }, 'activated');
    const require = loadParts(scope, STARTED, FILES);
    const part = require('./parts/greeting.js');
    expect(scope.imported).toEqual([]);
    expect(call(part, 'greet')).toBe('hello');
    expect(call(require('./greeting.js'), 'greet')).toBe('hello');
    expect(scope.imported).toEqual(['greeting.js']);
  });

  it('run once, and share what they make with each other and with background.js', () => {
    class Broken extends Error {}
    const main = { Broken };
    let runs = 0;
    const first: PartCode = (exports, require) => {
      runs += 1;
      const second = require('./second.js');
      exports['fail'] = () => call(second, 'make');
    };
    const second: PartCode = (exports, require) => {
      runs += 1;
      const early = require('../background.js');
      exports['make'] = () => new (early['Broken'] as typeof Broken)();
    };
    const scope = workerWith({ 'first.js': first, 'second.js': second }, 'activated');
    const require = loadParts(scope, main, ['first.js', 'second.js']);
    expect(call(require('./parts/first.js'), 'fail')).toBeInstanceOf(Broken);
    expect(call(require('./parts/second.js'), 'make')).toBeInstanceOf(Broken);
    expect(runs).toBe(2);
  });

  it('stop the installation when one is missing: a worker without it is never installed', () => {
    expect(() => loadParts(workerWith({}), {}, FILES)).toThrow('NetworkError');
  });

  it('are asked for again when they could not be read', () => {
    const files: Record<string, PartCode> = {};
    const part = loadParts(workerWith(files, 'activated'), STARTED, FILES)('./parts/greeting.js');
    expect(() => call(part, 'greet')).toThrow('NetworkError');
    files['greeting.js'] = greeting;
    expect(call(part, 'greet')).toBe('hello');
  });

  it('are refused by name in the first tick, when background.js has nothing to give them yet', () => {
    const part = loadParts(workerWith({ 'greeting.js': greeting }), {}, FILES)('./greeting.js');
    expect(() => call(part, 'greet')).toThrow('greeting.js is used in the first tick');
  });

  it('are those of this build, and no other is given', () => {
    const require = loadParts(workerWith({ 'greeting.js': greeting }), STARTED, FILES);
    expect(require('../background.js')).toBe(STARTED);
    expect(() => require('./parting.js')).toThrow('./parting.js is no part');
  });

  it('are loaded by code that stands alone, as it is written into background.js', () => {
    const scope = workerWith({ 'greeting.js': greeting }, 'activated');
    const require = runInNewContext(
      `(${loadParts.toString()})(scope, { default: 1 }, ${JSON.stringify(FILES)})`,
      { scope },
    ) as ReturnType<typeof loadParts>;
    expect(call(require('./parts/greeting.js'), 'greet')).toBe('hello');
  });
});
