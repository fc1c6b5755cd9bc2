import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MovableClock } from './clock.ts';
import {
  readAdvance,
  readCors,
  readFaultPlan,
  readHold,
  readSwitches,
} from './control-messages.ts';
import type { Delivery } from './delivery.ts';
import type { Hold } from './faults.ts';
import type { HostRouter } from './host-router.ts';
import { wholeBody } from './request-body.ts';

/** What can be turned on a provider from another process. GooglePeer meets it as it is. */
export interface ControlledPeer {
  readonly clock: MovableClock;
  readonly deliveries: readonly Delivery[];
  readonly switches: object;
  settled(): Promise<void>;
  revokeAll(account: string): void;
  changePassword(account: string): void;
  expireAccessTokens(account?: string): void;
}

/** The control door, on loopback. */
export interface ControlDoor {
  readonly url: string;
  close(): Promise<void>;
}

type Act = (call: {
  readonly rest: string;
  readonly input: unknown;
  readonly query: URLSearchParams;
}) => unknown;

/**
 * Opens the router and its providers to other processes (a demo, a shell, another language) by plain HTTP.
 * In-process tests use the objects themselves. No CORS header is given: web pages cannot read it, and
 * a request with an Origin is refused.
 */
export async function openControlDoor(
  router: HostRouter,
  peers: Readonly<Record<string, ControlledPeer>>,
  options: { readonly port?: number } = {},
): Promise<ControlDoor> {
  const acts = { ...routerActs(router), ...peerActs(peers) };
  const server = createServer((message, response) => {
    answer(acts, message).then(
      (body) => response.writeHead(200, JSON_HEAD).end(JSON.stringify(body ?? null)),
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        response.writeHead(400, JSON_HEAD).end(JSON.stringify({ error: text }));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const JSON_HEAD = { 'content-type': 'application/json; charset=utf-8' };

async function answer(
  acts: Readonly<Record<string, Act>>,
  message: IncomingMessage,
): Promise<unknown> {
  if (message.headers.origin !== undefined) throw new Error('not for web pages');
  const url = new URL(message.url ?? '/', 'http://control.invalid');
  const address = `${message.method ?? 'GET'} ${url.pathname}`;
  const text = (await wholeBody(message)).toString();
  const name = Object.keys(acts).find((each) => address === each || address.startsWith(`${each}/`));
  const act = name === undefined ? undefined : acts[name];
  if (name === undefined || !act)
    throw new Error(`${address} is none of: ${Object.keys(acts).join(', ')}`);
  const rest = decodeURIComponent(address.slice(name.length + 1));
  const input: unknown = text === '' ? null : JSON.parse(text);
  return await act({ rest, input, query: url.searchParams });
}

function routerActs({ log, faults, cors, hosts, failures }: HostRouter): Record<string, Act> {
  const holds = new Map<string, Hold>();
  const heldAs = (id: string): Hold => {
    const hold = holds.get(id);
    if (!hold) throw new Error(`no hold ${id}`);
    return hold;
  };
  return {
    'GET /hosts': () => hosts,
    'GET /failures': () => failures.map(String),
    'GET /log': ({ query }) => (query.has('all') ? log.all : log.requests()),
    'DELETE /log': () => log.clear(),
    'POST /faults': ({ input }) => void faults.add(readFaultPlan(input)),
    'DELETE /faults': () => faults.clear(),
    'POST /holds': ({ input }) => {
      const id = String(holds.size + 1);
      holds.set(id, faults.hold(readHold(input)));
      return { id };
    },
    'GET /holds': async ({ rest }) => await heldAs(rest).arrived,
    'DELETE /holds': ({ rest }) => heldAs(rest).release(),
    'PUT /cors': ({ input }) => {
      const { mode, match } = readCors(input);
      if (match) cors.only(match, mode);
      else cors.set(mode);
    },
    'DELETE /cors': () => cors.clear(),
  };
}

function peerActs(peers: Readonly<Record<string, ControlledPeer>>): Record<string, Act> {
  const acts: Record<string, Act> = {};
  for (const [name, peer] of Object.entries(peers)) {
    acts[`GET /${name}/deliveries`] = ({ query }) =>
      peer.deliveries.map(query.has('bytes') ? withBase64 : withSizes);
    acts[`GET /${name}/settled`] = async () => await peer.settled();
    acts[`GET /${name}/switches`] = () => peer.switches;
    acts[`PUT /${name}/switches`] = ({ input }) => turn(peer.switches, readSwitches(input));
    acts[`POST /${name}/clock`] = ({ input }) => peer.clock.advance(readAdvance(input));
    acts[`POST /${name}/revoke`] = ({ rest }) => peer.revokeAll(rest);
    acts[`POST /${name}/change-password`] = ({ rest }) => peer.changePassword(rest);
    acts[`POST /${name}/expire-tokens`] = ({ rest }) =>
      peer.expireAccessTokens(rest === '' ? undefined : rest);
  }
  return acts;
}

function withBase64({ accepted, delivered, ...rest }: Delivery): object {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return { ...rest, accepted: base64(accepted), delivered: base64(delivered) };
}

function withSizes({ accepted, delivered, ...rest }: Delivery): object {
  return { ...rest, acceptedBytes: accepted.length, deliveredBytes: delivered.length };
}

/** Only switches that exist, and only to a value of the kind that they have (or null and numbers, where one may be the other). */
function turn(switches: object, wanted: Readonly<Record<string, unknown>>): object {
  const kinds = (value: unknown): string => (value === null ? 'number' : typeof value);
  const now = new Map<string, unknown>(Object.entries(switches));
  for (const [name, value] of Object.entries(wanted)) {
    if (!now.has(name)) throw new Error(`no switch ${name}`);
    if (kinds(now.get(name)) !== kinds(value))
      throw new Error(`${name} is a ${kinds(now.get(name))}`);
  }
  return Object.assign(switches, wanted);
}
