import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVirtualDisplay, type VirtualDisplay } from '../harness/display.ts';
import { eventually } from '../harness/eventually.ts';
import { missing, projectRoot, scratchDir } from '../harness/tools.ts';

/* What a newcomer types first: `npm start`, with and without a screen. */

interface RunningScript {
  output(): string;
  interrupt(): void;
  readonly exitCode: Promise<number | null>;
}

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'postern-demo-'));
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function start(env: Readonly<Record<string, string>>): RunningScript {
  const screens = ['DISPLAY', 'WAYLAND_DISPLAY'];
  const inherited = Object.entries(process.env).filter(([name]) => !screens.includes(name));
  const child = spawn(process.execPath, ['tests/demo/start.ts'], {
    cwd: projectRoot,
    // A folder of its own for whatever it leaves behind.
    env: { ...Object.fromEntries(inherited), TMPDIR: temporary, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (bytes: Buffer): void => void (output += bytes.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return {
    output: () => output,
    interrupt: () => void child.kill('SIGINT'),
    exitCode: new Promise((resolve) => child.once('exit', resolve)),
  };
}

/** A port that some other program has. */
async function takePort(): Promise<{ readonly port: number; free(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    free: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe.skipIf(missing('xvfb') !== null)('npm start, with a screen', () => {
  let display: VirtualDisplay;
  beforeAll(async () => {
    display = await openVirtualDisplay();
  });
  afterAll(() => display.close());

  it('says what to click in ten lines, and ends cleanly on Ctrl-C', async () => {
    const taken = await takePort();
    await taken.free();
    const POSTERN_INBOX_PORT = String(taken.port);
    const script = start({ DISPLAY: display.name, POSTERN_INBOX_PORT });
    await eventually(() => script.output().includes('Ctrl-C ends everything'), {
      withinMs: 60_000,
      what: `the instructions: ${script.output()}`,
    });
    const instructions = script.output().trim().split('\n').slice(1);
    expect(instructions.filter((line) => line !== '').length).toBeLessThanOrEqual(10);
    expect(script.output()).toContain('password engine');
    const inboxUrl = `http://127.0.0.1:${POSTERN_INBOX_PORT}/`;
    const page = await fetch(inboxUrl, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);

    script.interrupt();
    expect(await script.exitCode).toBe(0);
    await expect(fetch(inboxUrl)).rejects.toThrow();
    expect(readdirSync(temporary).filter((name) => name.startsWith('postern-'))).toEqual([]);
  });

  it('says which port is taken and how to choose another', async () => {
    const taken = await takePort();
    const POSTERN_INBOX_PORT = String(taken.port);
    const script = start({ DISPLAY: display.name, POSTERN_INBOX_PORT });
    expect(await script.exitCode).toBe(1);
    expect(script.output()).toContain(`Port ${POSTERN_INBOX_PORT} is taken`);
    expect(script.output()).toContain('POSTERN_INBOX_PORT');
    await taken.free();
  });

  it('says what is wrong when the browser does not start', async () => {
    const script = start({ DISPLAY: display.name, POSTERN_BROWSER: process.execPath });
    expect(await script.exitCode).toBe(1);
    expect(script.output()).toContain('The browser did not start');
    expect(script.output()).toContain('POSTERN_BROWSER');
  });
});

it('takes the tour instead where there is no screen, with a line and a picture for each step', async () => {
  const script = start({});
  expect(await script.exitCode, script.output()).toBe(0);
  const steps = script.output().match(/^\d+\. .* \[\.postern\/tour\/.*\.png\]$/gm) ?? [];
  expect(steps.length).toBeGreaterThanOrEqual(10);
  const pictures = readdirSync(join(scratchDir, 'tour'));
  expect(pictures).toHaveLength(steps.length);
  expect(script.output()).toContain('The mail lies in the inbox of');
});
