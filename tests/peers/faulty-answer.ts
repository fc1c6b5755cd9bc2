import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import type { PeerAnswer, PeerHost } from './peer.ts';

/** The answer of a request that a fault kept from the peer, or null when the peer is to see it. */
export function refusalBy(fault: Fault | null, host: PeerHost): PeerAnswer | null {
  switch (fault?.kind) {
    case 'refuse':
      return {
        status: fault.status,
        headers: { 'content-type': 'application/json; charset=UTF-8', ...fault.headers },
        body: fault.body ?? '',
      };
    case 'too-many-requests':
      return (
        host.refusals?.tooManyRequests(fault.retryAfterSeconds ?? null) ?? {
          status: 429,
          ...(fault.retryAfterSeconds !== undefined && {
            headers: { 'retry-after': String(fault.retryAfterSeconds) },
          }),
        }
      );
    case 'unauthorized':
      return host.refusals?.unauthorized() ?? { status: 401 };
    default:
      return null;
  }
}

/** What the client is told instead of `answer`, although the peer took the request. */
export function bentAnswer(answer: PeerAnswer, fault: Fault | null, host: PeerHost): PeerAnswer {
  switch (fault?.kind) {
    case 'fail-after-accept':
      return host.refusals?.serverError(fault.status) ?? { status: fault.status };
    case 'answer-status':
      return { status: fault.status, ...(answer.headers && { headers: answer.headers }) };
    case 'answer-range':
      return withHeader(answer, 'range', fault.range);
    case 'answer-location':
      return withHeader(answer, 'location', fault.location);
    case 'answer-garbage':
      return {
        ...answer,
        status: fault.status ?? answer.status,
        body: fault.body ?? '{"id": "18f3',
      };
    default:
      return answer;
  }
}

function withHeader(answer: PeerAnswer, name: string, value: string | null): PeerAnswer {
  const others = Object.entries(answer.headers ?? {}).filter(([each]) => each !== name);
  const headers = Object.fromEntries(others);
  return { ...answer, headers: value === null ? headers : { ...headers, [name]: value } };
}

/** Writes an answer, in full or as the fault wants it. Resolves with the body bytes that were written. */
export async function writeAnswer(
  response: ServerResponse,
  answer: PeerAnswer,
  fault: Fault | null,
): Promise<number> {
  const body = Buffer.from(answer.body ?? '');
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    headers[name] = typeof value === 'string' ? value : [...value];
  }
  const lie = fault?.kind === 'answer-length' ? fault.offBy : 0;
  if (answer.status !== 204 && answer.status !== 304) {
    headers['content-length'] = String(Math.max(0, body.length + lie));
  }
  if (answer.statusText === undefined) response.writeHead(answer.status, headers);
  else response.writeHead(answer.status, answer.statusText, headers);

  const kept = fault?.kind === 'cut-mid-answer' ? body.subarray(0, fault.afterBytes) : body;
  if (lie === 0 && kept === body) {
    await ended(response, body);
    return body.length;
  }
  await flushed(response, kept);
  response.destroy();
  return kept.length;
}

function ended(response: ServerResponse, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.end(body, () => resolve());
  });
}

/** The head has to leave before the connection is broken, even when no body byte follows. */
function flushed(response: ServerResponse, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.flushHeaders();
    if (body.length === 0) setImmediate(resolve);
    else response.write(body, () => resolve());
  });
}
