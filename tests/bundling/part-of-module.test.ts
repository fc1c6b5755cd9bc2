import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partOfModule, PLACES } from '../../bundling/part-of-module.ts';
import { projectRoot } from '../harness/tools.ts';

const at = (path: string): string | null => partOfModule(`/somewhere/postern/${path}`);

describe('where a module of the worker goes', () => {
  it('is decided by the longest path that fits', () => {
    expect(at('utils/outbox/queue-mail.ts')).toBe('changes');
    expect(at('utils/outbox/delivery/attempt-mail.ts')).toBe('sending');
    expect(at('utils/outbox/delivery/run-outbox.ts')).toBe(null);
    expect(at('utils/outbox/mail-views.ts')).toBe('pages');
  });

  it('is background.js for what no part claims', () => {
    expect(at('entrypoints/background.ts')).toBe(null);
    expect(at('utils/vault/vault.ts')).toBe(null);
    expect(at('node_modules/idb/build/index.js')).toBe(null);
  });

  it('is the part that a package is used by', () => {
    expect(at('node_modules/zod/v4/core/core.js')).toBe('schemas');
    expect(at('node_modules/oauth4webapi/build/index.js')).toBe('sending');
  });

  it('puts what a new provider declares, and its door, into every start by itself', () => {
    expect(at('utils/providers/jmap/declaration.ts')).toBe(null);
    expect(at('utils/providers/jmap/jmap.ts')).toBe(null);
    expect(at('utils/providers/jmap/sender.ts')).toBe('sending');
  });

  it('names no path that is not there', () => {
    const there = readdirSync(`${projectRoot}/utils`, { recursive: true, encoding: 'utf8' }).map(
      (path) => path.replaceAll('\\', '/'),
    );
    const gone = Object.values(PLACES)
      .flat()
      .filter((path) => !there.some((one) => `${one}/`.startsWith(path)));
    expect(gone).toEqual([]);
  });
});
