import { createTransport } from 'nodemailer';
import type { Delivery } from './delivery.ts';

/** Hands accepted mail to an SMTP server, one after the other, in the order of acceptance. */
export interface SmtpQueue {
  push(delivery: Delivery): void;
  /**
   * Resolves when everything pushed so far has been handed over.
   * @throws AggregateError of what the SMTP server refused since the last call.
   */
  settled(): Promise<void>;
  /** Closes the connection; what has not been handed over is dropped. */
  close(): void;
}

/** A queue to a server on loopback; nothing is opened before the first mail. */
export function createSmtpQueue(port: number): SmtpQueue {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: 1,
    ignoreTLS: true,
  });
  let failures: unknown[] = [];
  let last = Promise.resolve();
  return {
    push: ({ envelope, delivered }) => {
      last = last
        .then(async () => {
          await transport.sendMail({
            envelope: { from: envelope.from, to: [...envelope.to] },
            raw: Buffer.from(delivered),
          });
        })
        .catch((error: unknown) => void failures.push(error));
    },
    settled: async () => {
      await last;
      const refused = failures;
      failures = [];
      if (refused.length > 0) throw new AggregateError(refused, 'mail was not handed over');
    },
    close: () => transport.close(),
  };
}
