import { JSDOM } from 'jsdom';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync('entrypoints/*/index.html', { cwd: ROOT });

describe('the pages', () => {
  it('are found', () => {
    expect(PAGES.length).toBeGreaterThanOrEqual(3);
  });

  it.each(PAGES)('let nothing out, run nothing inline and name their language: %s', (path) => {
    const { document } = new JSDOM(readFileSync(join(ROOT, path), 'utf8')).window;
    const meta = (selector: string): string =>
      document.querySelector(`meta[${selector}]`)?.getAttribute('content') ?? '';
    expect(meta('http-equiv="Content-Security-Policy"')).toBe("connect-src 'none'");
    expect(document.characterSet).toBe('UTF-8');
    expect(document.querySelector('meta[charset]')).not.toBeNull();
    expect(meta('name="viewport"')).toContain('width=device-width');
    expect(document.documentElement.lang).toBe('en');
    expect(document.title).toMatch(/Postern/);
    for (const script of document.querySelectorAll('script')) {
      expect(script.textContent).toBe('');
      expect(script.getAttribute('src')).toMatch(/^\.\//);
    }
  });

  it('have their policy before anything that could load', () => {
    for (const path of PAGES) {
      const html = readFileSync(join(ROOT, path), 'utf8');
      expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
    }
  });

  it('open the settings in a tab', () => {
    const html = readFileSync(join(ROOT, 'entrypoints/options/index.html'), 'utf8');
    expect(html).toContain('name="manifest.open_in_tab" content="true"');
  });
});
