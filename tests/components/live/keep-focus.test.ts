// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { keepFocus } from '../../../components/live/keep-focus.ts';
import { settled } from '../mount.tsx';

let page: HTMLElement;

function show(markup: string): void {
  page = document.createElement('main');
  page.innerHTML = markup;
  document.body.replaceChildren(page);
  keepFocus(page);
}

function at(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

/** Where the focus is, once what was taken away has been noticed. */
async function turn(): Promise<string> {
  await settled();
  return document.activeElement?.id ?? '';
}

describe('what had the focus and is taken away', () => {
  beforeEach(() =>
    show(
      '<a id="top" href="#">Top</a><ul><li id="one"><button id="a">A</button></li>' +
        '<li id="two"><button id="b">B</button></li><li id="three"><button id="c">C</button></li></ul>' +
        '<button id="end">End</button>',
    ),
  );

  it('leaves the focus to what takes its place', async () => {
    at('b').focus();
    at('two').innerHTML = '<p>Done</p><button id="new">Undo</button>';
    expect(await turn()).toBe('new');
  });

  it('leaves it to the next in the row, and at the end of the row to the one before', async () => {
    at('b').focus();
    at('two').remove();
    expect(await turn()).toBe('c');
    at('three').remove();
    expect(await turn()).toBe('a');
  });

  it('leaves it to what is near where nothing is left of the row', async () => {
    at('b').focus();
    page.querySelector('ul')?.replaceChildren();
    expect(await turn()).toBe('end');
  });

  it('passes over what can’t have it', async () => {
    at('a').focus();
    at('b').setAttribute('disabled', '');
    at('one').remove();
    expect(await turn()).toBe('c');
  });

  it('gets nothing back that somebody else took, or that was let go of before', async () => {
    at('b').focus();
    at('end').focus();
    at('two').remove();
    expect(await turn()).toBe('end');
    at('end').blur();
    await turn();
    at('end').remove();
    expect(await turn()).toBe('');
  });
});
