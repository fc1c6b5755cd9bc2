// @vitest-environment jsdom
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawn } from '../harness/gallery/scene.ts';
import { scenes } from '../harness/gallery/scenes.ts';
import { stage, type Staged } from '../harness/gallery/stage.tsx';

let place: HTMLElement;
let staged: Staged | null = null;

// Axe looks for icon fonts on a canvas, which jsdom has not.
HTMLCanvasElement.prototype.getContext = () => null;

beforeEach(() => {
  document.documentElement.lang = 'en';
  document.title = 'Postern';
  place = document.createElement('div');
  document.body.replaceChildren(place);
});

afterEach(() => {
  staged?.strike();
  staged = null;
});

describe.each(scenes.map((scene) => [`${scene.page}: ${scene.name}`, scene] as const))(
  '%s',
  (_name, scene) => {
    it('can be used by everybody, and keeps what is typed to itself', async () => {
      location.hash = scene.hash ?? '';
      staged = stage(scene, place);
      await drawn();
      await scene.act?.(place, staged.client);

      const { violations } = await axe.run(document, {
        // Colours are measured in tests/components/tokens.test.ts; jsdom paints nothing.
        rules: { 'color-contrast': { enabled: false } },
      });
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      ).toEqual([]);

      for (const field of place.querySelectorAll('input, textarea, select')) {
        expect(field.getAttribute('autocomplete'), field.outerHTML).toBe('off');
      }
      for (const button of place.querySelectorAll('button')) {
        expect(button.type, button.outerHTML).toBe('button');
      }
      for (const link of place.querySelectorAll<HTMLAnchorElement>('a[href^="http"]')) {
        expect(link.rel, link.outerHTML).toContain('noreferrer');
      }
      expect(place.querySelectorAll('.button-wax').length, 'the one act').toBeLessThan(2);
      expect(place.textContent).not.toMatch(/undefined|NaN|\[object/);
      expect(place.textContent).toMatch(/\S/);
    });
  },
);
