import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { eventually } from './eventually.ts';
import { pngOf, readWindowDump } from './png.ts';
import { toolPath } from './tools.ts';

/** A screen that exists only in memory. */
export interface VirtualDisplay {
  /** What DISPLAY has to be, such as `:7`. */
  readonly name: string;
  /** The whole screen as PNG: the only way to see a native menu. */
  picture(): Buffer;
  close(): Promise<void>;
}

/** A picture of the screen once it stands still: two in a row alike, or the last after three seconds. */
export async function stillPicture(display: VirtualDisplay): Promise<Buffer> {
  let last = display.picture();
  try {
    await eventually(
      () => {
        const before = last;
        last = display.picture();
        return last.equals(before);
      },
      { withinMs: 3000, everyMs: 200, what: 'the screen to stand still' },
    );
  } catch {
    // Something blinks; the last picture is as good as any.
  }
  return last;
}

/** Starts Xvfb on the first free display number. Ask `missing('xvfb')` before. */
export async function openVirtualDisplay(): Promise<VirtualDisplay> {
  const dir = mkdtempSync(join(tmpdir(), 'postern-display-'));
  const server = spawn(
    toolPath('xvfb'),
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-fbdir', dir],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const number = await new Promise<string>((resolve, reject) => {
    const told = server.stdio[3] as Readable;
    told.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
    server.once('error', reject);
    server.once('exit', (code) =>
      reject(new Error(`Xvfb ended with code ${code ?? 'none'} before it had a display`)),
    );
  });
  return {
    name: `:${number}`,
    picture: () => pngOf(readWindowDump(readFileSync(join(dir, 'Xvfb_screen0')))),
    close: async () => {
      server.kill();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
