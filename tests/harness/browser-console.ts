import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One line that a page or a worker printed. */
export interface ConsoleLine {
  readonly text: string;
  /** The script's address, or what the browser says instead. */
  readonly source: string;
}

/**
 * Collects what is printed by reading the browser's own log: that way the worker's lines are seen
 * without a debugger attached to it. Uncaught errors begin with `Uncaught`.
 */
export function watchConsole(stderr: Readable): readonly ConsoleLine[] {
  const lines: ConsoleLine[] = [];
  // [12:12:1122/025137.915135:INFO:CONSOLE:8] "text", source: chrome-extension://id/background.js (8)
  const head = /^\[[^\]]*:CONSOLE[:(]\d+\)?\] "/;
  const tail = /", source: (.*) \(\d+\)$/;
  let open: string | null = null;
  createInterface({ input: stderr }).on('line', (line) => {
    if (head.test(line)) open = line.replace(head, '');
    else if (open !== null) open += `\n${line}`;
    const end = open === null ? null : tail.exec(open);
    if (open === null || end === null) return;
    lines.push({ text: open.slice(0, end.index), source: end[1] ?? '' });
    open = null;
  });
  return lines;
}
