import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { createHostRouter, type HostRouter } from './host-router.ts';
import { openTlsDoor, type TlsDoor } from './tls-door.ts';

const doors: TlsDoor[] = [];
afterEach(async () => {
  await Promise.all(doors.splice(0).map(async (door) => await door.close()));
});

async function open(options: Parameters<typeof openTlsDoor>[1] = {}): Promise<TlsDoor> {
  return (await openBoth(options)).door;
}

async function openBoth(
  options: Parameters<typeof openTlsDoor>[1] = {},
): Promise<{ readonly router: HostRouter; readonly door: TlsDoor }> {
  const router = createHostRouter();
  const hosts = ['accounts.google.com', 'gmail.googleapis.com'].map((host) => ({
    host,
    cors: () => null,
    answer: () => Promise.resolve({ status: 200, body: host }),
  }));
  router.mount({ hosts });
  router.mountPages('crm.example', (_request, response) => response.end('crm'));
  const door = await openTlsDoor(router, options);
  doors.push(door);
  return { router, door };
}

/** A client that trusts the door's authority and nothing else, and checks the name. */
function answerOf(
  door: TlsDoor,
  host: string,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: door.port, servername: host, ca: door.caPem };
    const sending = request({ ...options, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.once('end', () => resolve({ headers: response.headers, text }));
    });
    sending.once('error', reject);
    sending.end();
  });
}

async function get(door: TlsDoor, host: string): Promise<string> {
  return (await answerOf(door, host)).text;
}

describe('the TLS door', () => {
  test('serves every mounted host under its real name, with a certificate that names it', async () => {
    const door = await open();
    for (const host of ['accounts.google.com', 'gmail.googleapis.com']) {
      expect(await get(door, host)).toBe(host);
    }
    expect(await get(door, 'crm.example')).toBe('crm');
  });

  test('names no host that is not mounted', async () => {
    await expect(get(await open(), 'www.google.com')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('gives the resolver rules for a browser', async () => {
    const door = await open();
    expect(door.resolverRules.split(', ')).toEqual(
      ['accounts.google.com', 'gmail.googleapis.com', 'crm.example'].map(
        (host) => `MAP ${host}:443 127.0.0.1:${door.port}`,
      ),
    );
  });

  test('each run has an authority of its own', async () => {
    const [one, two] = [await open(), await open()];
    expect(one.caPem).not.toBe(two.caPem);
  });

  test('says so when the port that was asked for is taken', async () => {
    const { port } = await open();
    await expect(open({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('a cut is a reset of the connection', async () => {
    const { router, door } = await openBoth();
    router.faults.add({ match: {}, fault: { kind: 'cut-after-accept' } });
    await expect(get(door, 'accounts.google.com')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await get(door, 'accounts.google.com')).toBe('accounts.google.com');
    expect(router.failures).toEqual([]);
  });

  test.each([
    [false, 'keep-alive'],
    [true, 'close'],
  ])('freshConnections %s: %s', async (freshConnections, expected) => {
    const door = await open({ freshConnections });
    const { headers } = await answerOf(door, 'accounts.google.com');
    expect(headers.connection).toBe(expected);
  });

  test('frees its port when closed', async () => {
    const door = await open();
    await get(door, 'accounts.google.com');
    await door.close();
    expect((await open({ port: door.port })).port).toBe(door.port);
  });
});
