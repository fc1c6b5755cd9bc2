// The first thing every command runs: `node tests/harness/prepare.mjs <script> [arguments]`.
// It needs nothing but Node 20 and this checkout. It installs what is missing (packages, a browser,
// and what tests use beside it), says so in a line each, then runs the script on the Node that the
// packages bring. What it can't install it names, together with what to do.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  browserCacheDir,
  findBrowser,
  findTool,
  hasDisplay,
  optionalTools,
  which,
} from './find-tools.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inCi = process.env.CI === 'true';
const windows = process.platform === 'win32';

/** What cannot go on. Its message is a whole sentence for the person, with what to do. */
class CannotPrepare extends Error {}

function say(text) {
  process.stderr.write(`postern: ${text}\n`);
}

/** Runs a command; its output is shown only when it fails. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1', ...options.env },
  });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? String(result.error) : ''}`;
  return { ok: result.status === 0, output: output.trim() };
}

function tail(output) {
  return output.split('\n').slice(-15).join('\n');
}

// ------------------------------------------------------------------------------------- packages

function nodePath() {
  return join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');
}

/**
 * Compares what is installed with the lock file. npm writes the list of what it installed last, so
 * an installation that was cut off shows too.
 */
function packagesAreRight() {
  const installedPath = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedPath) || !existsSync(nodePath())) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  const same = Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed[path]?.version === version,
  );
  return same && run(nodePath(), ['--version']).ok; // another system's node_modules does not run
}

function installPackages() {
  if (packagesAreRight()) return;
  say('installing the packages of package-lock.json (about a minute, once) …');
  const npmCli = process.env.npm_execpath;
  const args = ['ci', '--no-fund', '--no-audit', '--loglevel=error'];
  const result =
    npmCli && /\.c?js$/.test(npmCli)
      ? run(process.execPath, [npmCli, ...args])
      : run('npm', args, { shell: windows });
  if (!result.ok || !existsSync(nodePath())) {
    throw new CannotPrepare(
      `the packages could not be installed. npm said:\n${tail(result.output)}\n` +
        'Look at your connection and npm settings, then run the command again.',
    );
  }
}

// --------------------------------------------------------------------------------- Debian packages

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** Ubuntu's chromium package is only a stub for a snap, which containers can't run. */
function isUbuntu() {
  return /^ID(_LIKE)?=.*ubuntu/m.test(osRelease());
}

/** How to call apt-get without a question; null when that is not possible here. */
function aptGet() {
  if (process.platform !== 'linux' || which('apt-get') === null) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  if (which('sudo') !== null && run('sudo', ['-n', 'true']).ok) return ['sudo', '-n', 'apt-get'];
  return null;
}

/** Installs Debian packages; false when that did not work. */
function aptInstall(packages) {
  const apt = aptGet();
  if (apt === null) return false;
  say(`installing ${packages.join(', ')} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const [command, ...first] = apt;
  run(command, [...first, 'update', '-qq'], { env }); // an old list may still do
  const result = run(
    command,
    [...first, 'install', '-y', '-qq', '--no-install-recommends', ...packages],
    { env },
  );
  if (!result.ok) say(`apt-get could not install them:\n${tail(result.output)}`);
  return result.ok;
}

// ---------------------------------------------------------------------------------------- browser

function downloadBrowser() {
  say('downloading a browser for tests into .postern/browsers …');
  mkdirSync(browserCacheDir, { recursive: true });
  const cli = join(root, 'node_modules/puppeteer/lib/puppeteer/node/cli.js');
  const args = ['browsers', 'install', 'chrome', '--path', browserCacheDir];
  if (aptGet()?.[0] === 'apt-get') args.push('--install-deps');
  const result = run(nodePath(), [cli, ...args]);
  if (!result.ok) say(`the download failed:\n${tail(result.output)}`);
}

/** The browser to use, installed if need be. */
function browser() {
  const there = findBrowser();
  if (there !== null) return there;
  if (!isUbuntu()) aptInstall(['chromium', 'fonts-liberation', 'fonts-dejavu-core']);
  if (findBrowser() === null) downloadBrowser();
  const path = findBrowser();
  if (path === null) {
    throw new CannotPrepare(
      'there is no browser here and none could be installed. Install Chromium, Google Chrome or ' +
        'Microsoft Edge, or set POSTERN_BROWSER to the path of one, then run the command again.',
    );
  }
  return path;
}

// -------------------------------------------------------------------------------------- the rest

/** Which of the optional tools the script makes use of. */
function toolsFor(script) {
  if (/^test/.test(basename(script))) return Object.keys(optionalTools);
  const showsWindows = /^(start|tour)/.test(basename(script));
  return showsWindows && !hasDisplay() ? ['xvfb', 'xdotool'] : [];
}

function installTools(names) {
  const missing = () => names.filter((name) => findTool(name) === null);
  const wanted = missing();
  if (wanted.length === 0) return;
  aptInstall(wanted.flatMap((name) => optionalTools[name].debian));
  const reasons = missing().map((name) => optionalTools[name].missing);
  if (reasons.length > 0 && inCi) {
    throw new CannotPrepare(`CI runs every test, but ${reasons.join('; ')}.`);
  }
  for (const reason of reasons) say(`${reason}: what needs it is skipped.`);
}

function runScript(script, args, browserPath) {
  const path = [join(root, 'node_modules/.bin'), dirname(nodePath()), process.env.PATH ?? ''];
  const child = spawn(nodePath(), [resolve(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path.join(delimiter), POSTERN_BROWSER: browserPath },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`the script could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1);
  });
}

function main() {
  const [script, ...args] = process.argv.slice(2);
  if (script === undefined) throw new CannotPrepare('name the script to run.');
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new CannotPrepare(`Node 20 or newer is needed; this is ${process.version}.`);
  }
  installPackages();
  const browserPath = browser();
  installTools(toolsFor(script));
  runScript(script, args, browserPath);
}

try {
  main();
} catch (error) {
  if (!(error instanceof CannotPrepare)) throw error;
  say(error.message);
  process.exitCode = 1;
}
