import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findBrowser, hasDisplay, which } from './find-tools.mjs';

const dirs: string[] = [];

function placeWith(...names: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'postern-tools-'));
  dirs.push(dir);
  for (const name of names) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), '');
  }
  return dir;
}

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

const every = (): boolean => true;

describe('finding a browser', () => {
  it('takes the one that POSTERN_BROWSER names, before any other', () => {
    const dir = placeWith('chromium', 'mine');
    const env = { PATH: dir, POSTERN_BROWSER: join(dir, 'mine') };
    expect(findBrowser({ env, tryOut: every })).toBe(join(dir, 'mine'));
  });

  it('says so when POSTERN_BROWSER names one that does not start, and takes no other', () => {
    const dir = placeWith('chromium', 'mine');
    const env = { PATH: dir, POSTERN_BROWSER: join(dir, 'mine') };
    expect(() => findBrowser({ env, tryOut: (path) => !path.endsWith('mine') })).toThrow(
      'POSTERN_BROWSER',
    );
  });

  it('passes over one that is only a stub', () => {
    const [stub, real] = [placeWith('chromium'), placeWith('google-chrome')];
    const env = { PATH: [stub, real].join(delimiter) };
    const tryOut = (path: string): boolean => !path.startsWith(stub);
    expect(findBrowser({ env, tryOut })).toBe(join(real, 'google-chrome'));
  });

  it('finds an earlier download when the system has none', () => {
    const cacheDir = placeWith('chrome/linux-150.0.1/chrome-linux64/chrome');
    const tryOut = (path: string): boolean => path.startsWith(cacheDir);
    expect(findBrowser({ env: { PATH: '' }, cacheDir, tryOut })).toBe(
      join(cacheDir, 'chrome/linux-150.0.1/chrome-linux64/chrome'),
    );
  });

  it("looks in Windows' standard places", () => {
    const files = placeWith('Google/Chrome/Application/chrome.exe');
    const env = { PATH: '', PROGRAMFILES: files };
    expect(findBrowser({ env, platform: 'win32', tryOut: every })).toBe(
      join(files, 'Google/Chrome/Application/chrome.exe'),
    );
  });

  it('answers null when nothing starts', () => {
    const nothing = (): boolean => false;
    expect(findBrowser({ env: { PATH: placeWith('chromium') }, tryOut: nothing })).toBeNull();
  });
});

describe('finding commands', () => {
  it('follows PATH in its order and through links', () => {
    const dir = placeWith('real');
    symlinkSync(join(dir, 'real'), join(dir, 'linked'));
    expect(which('linked', { PATH: ['/nowhere', dir].join(delimiter) }, 'linux')).toBe(
      join(dir, 'linked'),
    );
    expect(which('absent', { PATH: dir }, 'linux')).toBeNull();
  });

  it('sees a display only where one is named, on Linux', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});
