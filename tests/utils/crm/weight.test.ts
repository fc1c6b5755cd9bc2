import { build } from 'vite';
import { expect, test } from 'vitest';

/** The search with all that it needs, minified as the injected script is. */
async function injected(): Promise<string> {
  const entry = 'virtual:entry';
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) =>
          id === entry
            ? `import { readContacts } from '${import.meta.dirname}/../../../utils/crm/crm.ts'; readContacts(document, location.href);`
            : null,
      },
    ],
    build: {
      write: false,
      target: 'es2024',
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.map((one) => ('output' in one ? one.output[0].code : '')).join('');
}

test('the script that is put into a page is small, and brings no schema with it', async () => {
  const code = await injected();
  expect(code).toContain('checkVisibility');
  expect(code).not.toMatch(/_zod|ZodMini/);
  expect(code.length).toBeLessThan(46_000);
});
