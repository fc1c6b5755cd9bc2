import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createPeerCertificate } from './certificate.ts';
import type { HostRouter } from './host-router.ts';

/** The router behind TLS on loopback, for browsers and other processes. */
export interface TlsDoor {
  readonly port: number;
  readonly caPem: string;
  /** For Chromium's `--host-resolver-rules`, together with `--ignore-certificate-errors`. */
  readonly resolverRules: string;
  /** Cuts every connection and frees the port. */
  close(): Promise<void>;
}

/** How the door is opened. */
export interface TlsDoorOptions {
  readonly port?: number;
  /** Names for the certificate besides the mounted ones. */
  readonly hosts?: readonly string[];
  /**
   * Every request on a connection of its own. Chromium sends a request again by itself, POST and body
   * included, when a connection that it reuses breaks before the answer: a fault that cuts has to
   * strike twice there (`times: 2`), or connections must not be reused.
   */
  readonly freshConnections?: boolean;
}

/**
 * Opens the door on 127.0.0.1. Mount everything first: the certificate names the hosts that are
 * mounted, and `hosts` besides. HTTP/1.1 only, so that cutting one request cuts no other.
 * @throws Error (code EADDRINUSE) when a `port` was asked for and is taken.
 */
export async function openTlsDoor(
  router: HostRouter,
  options: TlsDoorOptions = {},
): Promise<TlsDoor> {
  const hosts = [...new Set([...router.hosts, ...(options.hosts ?? [])])];
  const certificate = await createPeerCertificate(hosts);
  const server = createServer(
    {
      key: certificate.privateKeyPem,
      cert: `${certificate.certificatePem}\n${certificate.caPem}`,
      // Slow uploads and held requests are part of the tests.
      requestTimeout: 0,
      headersTimeout: 0,
      keepAliveTimeout: 60_000,
    },
    router.listener,
  );
  if (options.freshConnections === true) server.maxRequestsPerSocket = 1;
  letResetsThrough(server);
  const failed = Promise.withResolvers<never>();
  server.once('error', failed.reject);
  const listening = new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  await Promise.race([listening, failed.promise]);

  const { port } = server.address() as AddressInfo;
  return {
    port,
    caPem: certificate.caPem,
    resolverRules: hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(', '),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A TLS socket cannot be reset by itself (Node throws); the TCP socket under it can, and a cut is a reset. */
function letResetsThrough(server: Server): void {
  const under = new Map<number | undefined, Socket>();
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    under.set(remotePort, socket);
    socket.once('close', () => {
      if (under.get(remotePort) === socket) under.delete(remotePort);
    });
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    socket.resetAndDestroy = () => {
      under.get(socket.remotePort)?.resetAndDestroy();
      return socket;
    };
  });
}
