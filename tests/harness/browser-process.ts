import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer';

/** A running browser and the way to speak DevTools protocol with it. */
export interface BrowserProcess {
  readonly child: ChildProcess;
  /** The browser's log. */
  readonly stderr: Readable;
  readonly transport: ConnectionTransport;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  /** The last lines of the log: why it would not start. */
  lastWords(): string;
}

/** Starts a browser that listens on pipes 3 and 4; it ends by itself when this process is gone. */
export function startBrowserProcess(
  executable: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): BrowserProcess {
  const child = spawn(executable, [...args, '--remote-debugging-pipe'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl-C is for us: we close the browser, so that its profile is written.
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const [, , stderr, write, read] = child.stdio as [null, null, Readable, Writable, Readable];
  let words = '';
  stderr.on('data', (bytes: Buffer) => {
    words = (words + bytes.toString()).slice(-2000);
  });
  return {
    child,
    stderr,
    ended,
    transport: pipeTransport(write, read),
    lastWords: () => words.trim().split('\n').slice(-6).join('\n'),
  };
}

/** Messages over a pair of pipes, each ended by a NUL. */
function pipeTransport(write: Writable, read: Readable): ConnectionTransport {
  let pending: Buffer[] = [];
  const transport: ConnectionTransport = {
    send: (message) => void write.write(`${leavingWorkersAlone(message)}\0`),
    close: () => {
      write.end();
      read.destroy();
    },
  };
  read.on('data', (bytes: Buffer) => {
    pending.push(bytes);
    if (!bytes.includes(0)) return;
    const messages = Buffer.concat(pending).toString().split('\0');
    pending = [Buffer.from(messages.pop() ?? '')];
    for (const message of messages) setImmediate(() => transport.onmessage?.(message));
  });
  read.once('close', () => transport.onclose?.());
  // A browser that was killed breaks both pipes; `onclose` tells of it.
  write.on('error', () => undefined);
  read.on('error', () => undefined);
  return transport;
}

/**
 * Puppeteer attaches to every target as it appears and lets go of service workers again. An
 * attached debugger delays a worker's start and puts off its death (PROVIDERS.md I), so puppeteer
 * is told not to attach to them at all.
 */
function leavingWorkersAlone(message: string): string {
  if (!message.includes('"Target.setAutoAttach"')) return message;
  const command = JSON.parse(message) as { params: { filter?: readonly object[] } };
  const filter = [{ type: 'service_worker', exclude: true }, ...(command.params.filter ?? [{}])];
  return JSON.stringify({ ...command, params: { ...command.params, filter } });
}
