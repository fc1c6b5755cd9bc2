import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { deliveryAwaitsRule } from './delivery-awaits.ts';

function complaints(code: string): readonly string[] {
  const linter = new Linter();
  const messages = linter.verify(
    code,
    {
      plugins: { house: { rules: { awaits: deliveryAwaitsRule } } },
      rules: { 'house/awaits': 'error' },
    },
    'utils/providers/gmail/send-message.js',
  );
  return messages.map(({ message }) => message.split(' in delivery')[0] ?? message);
}

describe('what may be awaited in delivery', () => {
  it('is what was handed in', () => {
    expect(complaints('async function f(deps) { await deps.store.change(1); }')).toEqual([]);
    expect(complaints('async function f({ store }) { await store.change(1); }')).toEqual([]);
    expect(
      complaints('async function f(deps) { const { store } = deps; await store.x(); }'),
    ).toEqual([]);
    expect(complaints('const f = (deps) => ({ async g() { await deps.token(); } });')).toEqual([]);
  });
  it('is what was got from it', () => {
    expect(
      complaints('async function f(deps) { const p = deps.provider(1); await p.send(); }'),
    ).toEqual([]);
  });
  it('is a function of the same room, which is under the rule itself', () => {
    expect(complaints("import { g } from './g.ts'; async function f() { await g(); }")).toEqual([]);
    expect(complaints('async function g() {} async function f() { await g(); }')).toEqual([]);
  });
  it('is what all providers share, which is under the rule as well', () => {
    const code = "import { g } from '../providers.ts'; async function f() { await g(); }";
    expect(complaints(code)).toEqual([]);
  });
  it('is nothing of another room or of the browser', () => {
    expect(
      complaints("import { g } from '../../a/a.ts'; async function f() { await g(); }"),
    ).toEqual(['g may not be awaited']);
    expect(complaints('async function f() { await crypto.subtle.digest(); }')).toEqual([
      'crypto.subtle.digest may not be awaited',
    ]);
    expect(complaints('async function f(deps) { await Promise.all([deps.a()]); }')).toEqual([
      'Promise.all may not be awaited',
    ]);
  });
  it('is no promise that lies about, and none made there', () => {
    expect(complaints('async function f(deps) { const p = deps.a(); await p; }')).toEqual([
      'only calls may be awaited',
    ]);
    expect(complaints('async function f() { await new Promise(() => 0); }')).toEqual([
      'only calls may be awaited',
      'no promises of its own',
    ]);
    expect(
      complaints('async function f(deps) { for await (const a of deps.all()) g(a); }'),
    ).toEqual(['no `for await`']);
    expect(complaints('function f(deps) { return deps.a().then(b); }')).toEqual(['no .then()']);
  });
});
