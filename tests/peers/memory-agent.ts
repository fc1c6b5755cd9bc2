import { Agent, createServer } from 'node:http';
import type { HostRouter } from './host-router.ts';
import { createMemoryWire } from './memory-wire.ts';

/** An agent for node:http whose connections end at the router, in memory: real HTTP bytes, no socket, no port. */
export function createMemoryAgent(router: HostRouter): Agent {
  const limits = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 };
  const server = createServer(limits, router.listener);
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = () => {
    const [client, serverSide] = createMemoryWire();
    server.emit('connection', serverSide);
    return client;
  };
  return agent;
}
