// Finds the programs that starting and testing need: a browser, a virtual display, a Python that
// knows Google's client. Plain JavaScript with no packages: prepare.mjs runs it on a bare Node 20.
// Looking is all it does; installing is prepare.mjs's.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where puppeteer's own download goes when nothing else can be had; inside the checkout, ignored by git. */
export const browserCacheDir = fileURLToPath(new URL('../../.postern/browsers', import.meta.url));

const onPath = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];

/** The standard places of each system, best first. */
function standardPlaces(platform, env) {
  if (platform === 'darwin') {
    const apps = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((dir) =>
      apps.map((app) => join(dir, app)),
    );
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return roots.flatMap((root) => [
      join(root, 'Google/Chrome/Application/chrome.exe'),
      join(root, 'Chromium/Application/chrome.exe'),
      join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
  }
  return ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome'];
}

/** Every file that puppeteer's download may have left, newest first. */
function downloaded(cacheDir) {
  const dir = join(cacheDir, 'chrome');
  if (!existsSync(dir)) return [];
  const inside = [
    'chrome-linux64/chrome',
    'chrome-win64/chrome.exe',
    ...['arm64', 'x64'].map(
      (arch) =>
        `chrome-mac-${arch}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
    ),
  ];
  return readdirSync(dir)
    .sort()
    .reverse()
    .flatMap((version) => inside.map((path) => join(dir, version, path)));
}

/** The full path of a command, or null. */
export function which(name, env = process.env, platform = process.platform) {
  const endings = platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const dir of (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(dir, name + ending);
      if (existsSync(path)) return path;
    }
  }
  return null;
}

/** Whether a browser really starts: Ubuntu has a chromium that only tells to install a snap. */
function starts(path, platform) {
  if (platform === 'win32') return true; // --version opens a window there
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

/** A snap sees neither /tmp nor the whole disk, so it comes last. */
function isSnap(path) {
  try {
    return realpathSync(path).startsWith('/snap/') || realpathSync(path) === '/usr/bin/snap';
  } catch {
    return false;
  }
}

/**
 * Finds a browser of the Chromium family that starts. Null when there is none.
 * POSTERN_BROWSER names one outright; when that does not start, it throws rather than take another.
 */
export function findBrowser({
  env = process.env,
  platform = process.platform,
  cacheDir = browserCacheDir,
  tryOut = starts,
} = {}) {
  if (env.POSTERN_BROWSER) {
    if (existsSync(env.POSTERN_BROWSER) && tryOut(env.POSTERN_BROWSER, platform)) {
      return env.POSTERN_BROWSER;
    }
    throw new Error(
      `POSTERN_BROWSER names ${env.POSTERN_BROWSER}, which does not start. Correct it or unset it.`,
    );
  }
  const found = [
    ...onPath.map((name) => which(name, env, platform)),
    ...standardPlaces(platform, env),
    ...downloaded(cacheDir),
  ].filter((path) => path !== null && existsSync(path));
  const best = [...found.filter((path) => !isSnap(path)), ...found.filter(isSnap)];
  return best.find((path) => tryOut(path, platform)) ?? null;
}

/** A Python that can import the module, or null. Debian's modules belong to /usr/bin/python3 alone. */
export function findPython(module, env = process.env) {
  const candidates = [which('python3', env), '/usr/bin/python3', which('python', env)];
  for (const path of candidates) {
    if (path === null || !existsSync(path)) continue;
    if (spawnSync(path, ['-c', `import ${module}`], { timeout: 30_000 }).status === 0) return path;
  }
  return null;
}

/** Whether a window could be shown to a person here. */
export function hasDisplay(env = process.env, platform = process.platform) {
  if (platform !== 'linux') return true;
  return Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY);
}

/** What tests can do without, with Debian's package for it and how its absence is told. */
export const optionalTools = {
  xvfb: {
    debian: ['xvfb'],
    missing: 'no Xvfb here, so no window can be shown',
    find: () => which('Xvfb'),
  },
  xdotool: {
    debian: ['xdotool'],
    missing: 'no xdotool here, so no native menu can be driven',
    find: () => which('xdotool'),
  },
  firefox: {
    debian: ['firefox-esr'],
    missing: 'no Firefox here',
    find: () => which('firefox-esr') ?? which('firefox'),
  },
  pythonGoogle: {
    debian: ['python3-googleapi'],
    missing: "no Python with Google's client (python3-googleapi) here",
    find: () => findPython('googleapiclient.http'),
  },
  python: {
    debian: ['python3-minimal', 'python3'],
    missing: 'no Python 3 here',
    find: () => findPython('email'),
  },
};

/** The path of an optional tool, or null. */
export function findTool(name) {
  return optionalTools[name].find();
}
