// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scenes } from '../../harness/gallery/scenes.ts';
import { stage, type Staged } from '../../harness/gallery/stage.tsx';

const HTML = readFileSync(
  join(import.meta.dirname, '../../../entrypoints/popup/index.html'),
  'utf8',
);

/** Markup without the spaces between tags that a formatter puts there. */
const tight = (html: string): string => html.replace(/\s+/g, ' ').replace(/ ?(<[^>]*>) ?/g, '$1');

let staged: Staged | null = null;
afterEach(() => staged?.strike());

describe('the first paint of the popup', () => {
  it('is what the script draws first, so that nothing moves when it runs', () => {
    const waiting = scenes.find((scene) => scene.name === 'waiting-for-the-worker');
    if (!waiting) throw new Error('the scene is gone');
    const drawn = document.createElement('div');
    staged = stage(waiting, drawn);

    const written = new DOMParser().parseFromString(HTML, 'text/html').getElementById('page');
    expect(tight(written?.innerHTML ?? '')).toBe(tight(drawn.innerHTML));
  });

  it('can be used without any script', () => {
    const page = new DOMParser().parseFromString(HTML, 'text/html');
    const links = [...page.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['/options.html#accounts', '/compose.html']);
  });
});
