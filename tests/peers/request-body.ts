import type { IncomingMessage } from 'node:http';
import type { Fault, HeldAt } from './faults.ts';
import type { LoggedRequest } from './request-log.ts';

/** Thrown into a peer's reading when a fault cuts the connection or the client goes away. The router ends the connection then. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

/** What decides how a body arrives. */
export interface BodyCircumstances {
  readonly entry: LoggedRequest;
  readonly fault: Fault | null;
  readonly holds: readonly HeldAt[];
}

/** The body of a request as it arrives: counted, slowed, held or cut as planned. */
export async function* arrivingBody(
  message: IncomingMessage,
  { entry, fault, holds }: BodyCircumstances,
): AsyncGenerator<Uint8Array> {
  const cutAt = fault?.kind === 'cut-mid-body' ? fault.afterBytes : Infinity;
  const waiting = holds.filter((held) => typeof held.at === 'object');
  for await (const bytes of piecesOf(message)) {
    const room = cutAt - entry.requestBytes;
    const kept = bytes.length >= room ? bytes.subarray(0, room) : bytes;
    entry.requestBytes += kept.length;
    if (fault?.kind === 'slow-body') await pause((kept.length / fault.bytesPerSecond) * 1000);
    yield kept;
    await standIfReached(waiting, entry);
    if (entry.requestBytes >= cutAt) throw new ConnectionCut('cut mid-body');
  }
  for (const held of waiting.splice(0)) await held.stand(entry);
}

async function* piecesOf(message: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    // The iterator would destroy the connection when a peer stops reading early; it may still want to answer.
    for await (const piece of message.iterator({ destroyOnReturn: false })) yield piece as Buffer;
  } catch (cause) {
    throw new ConnectionCut('the client went away mid-body', { cause });
  }
  if (!message.complete) throw new ConnectionCut('the client went away mid-body');
}

/** All of a body in one piece. */
export async function wholeBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const [first] = pieces;
  return first && pieces.length === 1
    ? Buffer.from(first.buffer, first.byteOffset, first.length)
    : Buffer.concat(pieces);
}

/** Real milliseconds; the peers' movable clock does not shorten it. */
export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeoutUnfaked(resolve, delayMs);
  });
}

async function standIfReached(waiting: HeldAt[], entry: LoggedRequest): Promise<void> {
  for (const held of [...waiting]) {
    if (typeof held.at !== 'object' || entry.requestBytes < held.at.afterBytes) continue;
    waiting.splice(waiting.indexOf(held), 1);
    await held.stand(entry);
  }
}

const setTimeoutUnfaked = setTimeout;
