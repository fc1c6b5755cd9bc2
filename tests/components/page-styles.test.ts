import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const COMPONENTS = join(import.meta.dirname, '../../components');

/** A page's files, and all that they import. */
function filesOf(page: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(page) || !page.startsWith(COMPONENTS) || !existsSync(page)) return found;
  found.add(page);
  for (const [, path = ''] of readFileSync(page, 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)) {
    filesOf(normalize(join(dirname(page), path)), found);
  }
  return found;
}

/** The classes that a sheet has a rule for. */
function styledIn(sheet: string): readonly string[] {
  const selectors = readFileSync(sheet, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return Array.from(selectors.matchAll(/\.([a-z][\w-]*)/gi), ([, name = '']) => name);
}

/** The classes that are written out in a component. */
function wornIn(component: string): readonly string[] {
  const text = readFileSync(component, 'utf8');
  return Array.from(text.matchAll(/class="([^"]*)"/g), ([, names = '']) => names.split(' ')).flat();
}

const sheets = globSync(join(COMPONENTS, '**/*.css'));
const styled = new Set(sheets.flatMap(styledIn));

describe('a page', () => {
  it.each(globSync('*/*Page.tsx', { cwd: COMPONENTS }))(
    'has the rules of every class that its components wear, a masked passphrase among them: %s',
    (page) => {
      const files = [...filesOf(join(COMPONENTS, page))];
      const here = new Set(files.filter((file) => file.endsWith('.css')).flatMap(styledIn));
      const worn = files.filter((file) => file.endsWith('.tsx')).flatMap(wornIn);
      const without = worn.filter((name) => styled.has(name) && !here.has(name));
      expect([...new Set(without)]).toEqual([]);
    },
  );
});
