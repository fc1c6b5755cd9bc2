import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { projectRoot } from './tools.ts';

/** How a command ended. */
export interface CommandEnd {
  /** Null when a signal or the time limit ended it. */
  readonly exitCode: number | null;
  /** Everything it printed, unless it was shown at once. */
  readonly output: string;
  readonly durationMs: number;
}

/** What to run. */
export interface Command {
  /** A program of node_modules/.bin, with its arguments. */
  readonly command: readonly string[];
  readonly limitMs: number;
  /** Shows its output as it comes instead of keeping it. */
  readonly shown?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const windows = process.platform === 'win32';

/** Ends a command with all that it started. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (windows) child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It is gone already, which is what was wanted.
  }
}

/** Runs a command of the installed packages; it is ended, with its children, when its time is up. */
export function runCommand({ command, limitMs, shown, env }: Command): Promise<CommandEnd> {
  const [program = '', ...args] = command;
  const beganAt = performance.now();
  const child = spawn(program, args, {
    cwd: projectRoot,
    // A group of its own, so that what it started ends with it.
    detached: !windows,
    shell: windows,
    stdio: ['ignore', shown === true ? 'inherit' : 'pipe', shown === true ? 'inherit' : 'pipe'],
    env: {
      ...process.env,
      PATH: [join(projectRoot, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      ...env,
    },
  });
  const interrupted = (): void => {
    end(child);
    process.exit(130);
  };
  for (const signal of signals) process.once(signal, interrupted);
  let output = '';
  const keep = (bytes: Buffer): void => void (output += bytes.toString());
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const limit = setTimeout(() => {
    output += `\nended after its limit of ${limitMs / 1000} s\n`;
    end(child);
  }, limitMs);
  return new Promise((resolve) => {
    const finish = (exitCode: number | null): void => {
      clearTimeout(limit);
      for (const signal of signals) process.off(signal, interrupted);
      resolve({ exitCode, output, durationMs: performance.now() - beganAt });
    };
    child.once('error', (error) => {
      output += String(error);
      finish(null);
    });
    child.once('close', finish);
  });
}
