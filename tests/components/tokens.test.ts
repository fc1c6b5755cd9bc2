import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_COLOURS } from '../../utils/vocabulary/vocabulary.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const TOKENS = read('components/tokens.css');
const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** The colours of one look; the dark one lays its own over the light one's names. */
function colours(look: 'light' | 'dark'): ReadonlyMap<string, string> {
  const [light = '', dark = ''] = TOKENS.split('@media (prefers-color-scheme: dark)');
  const found = new Map<string, string>();
  for (const part of look === 'light' ? [light] : [light, dark]) {
    for (const [, name = '', value = ''] of part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)) {
      found.set(name, value);
    }
  }
  return found;
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['paper', 'sheet', 'shade', 'heed-ground'];
const INKS = ['ink', 'ink-soft', 'good', 'moving', 'heed'];

describe.each(['light', 'dark'] as const)('the %s palette', (look) => {
  const palette = colours(look);
  const colour = (name: string): string => {
    const value = palette.get(name);
    if (value === undefined) throw new Error(`no colour --${name}`);
    return value;
  };
  it.each(GROUNDS)('can be read on %s', (ground) => {
    for (const ink of INKS) {
      expect(contrast(colour(ink), colour(ground)), `${ink} on ${ground}`).toBeGreaterThan(4.5);
    }
  });
  it('can be read on the wax and on the ink', () => {
    expect(contrast(colour('on-wax'), colour('wax'))).toBeGreaterThan(4.5);
    expect(contrast(colour('on-wax'), colour('wax-deep'))).toBeGreaterThan(4.5);
    expect(contrast(colour('on-ink'), colour('ink'))).toBeGreaterThan(4.5);
  });
  it('shows where a field or a button ends', () => {
    for (const ground of ['paper', 'sheet', 'shade']) {
      expect(contrast(colour('rule-strong'), colour(ground)), ground).toBeGreaterThan(3);
    }
  });
});

describe.each(['light', 'dark'] as const)('the colours of accounts, %s', (look) => {
  it.each(ACCOUNT_COLOURS)('can be seen on every ground: %s', (name) => {
    const palette = colours(look);
    for (const ground of ['paper', 'sheet', 'shade']) {
      expect(contrast(palette.get(name) ?? '', palette.get(ground) ?? ''), ground).toBeGreaterThan(
        3,
      );
    }
  });
});

describe('the dark look', () => {
  it('is a palette of its own: every colour is set anew', () => {
    const [light = '', dark = ''] = TOKENS.split('@media (prefers-color-scheme: dark)');
    const names = (css: string): string[] =>
      [...css.matchAll(/--([\w-]+):\s*#/g)].map(([, name]) => name ?? '');
    expect(names(dark)).toEqual(names(light));
  });
});

const STYLES = globSync('components/**/*.css', { cwd: ROOT }).filter(
  (path) => !path.endsWith('tokens.css'),
);
const CODE = globSync('{components,entrypoints}/**/*.{tsx,html}', { cwd: ROOT });

describe('components', () => {
  it.each(STYLES)('name tokens instead of raw colours and sizes: %s', (path) => {
    // Media queries can't name tokens; percentages and fractions are relations, not sizes.
    const css = withoutComments(read(path)).replace(/@media[^{]*/g, '');
    const raw = css.match(
      /#[0-9a-f]{3,8}\b(?=[;\s,)])|\brgba?\(|\bhsla?\(|(?<![\w-])\d*\.?\d+(?:px|rem|pt|ch)\b/gi,
    );
    expect(raw ?? [], 'put it into components/tokens.css and name it').toEqual([]);
  });
  it.each(STYLES)('use the wax for buttons of the one act only: %s', (path) => {
    const rules = withoutComments(read(path)).match(/[^{}]+\{[^{}]*--wax[^{}]*\}/g) ?? [];
    for (const rule of rules) expect(rule.trim()).toMatch(/^\.button-wax/);
  });
  it('name only tokens that exist', () => {
    const known = new Set([...TOKENS.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
    const used = STYLES.flatMap((path) => [...read(path).matchAll(/var\((--[\w-]+)/g)]);
    const unknown = used.map(([, name]) => name).filter((name) => !known.has(name));
    expect(unknown).toEqual([]);
  });
  it('need no token that nobody names', () => {
    const all = STYLES.map(read).join('');
    const idle = [...TOKENS.matchAll(/(--[\w-]+):/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !all.includes(`var(${name})`));
    expect([...new Set(idle)]).toEqual([]);
  });
  it.each(CODE)('carry no style and no markup of their own making: %s', (path) => {
    expect(read(path)).not.toMatch(/\sstyle=|innerHTML|dangerouslySet/);
  });
});
