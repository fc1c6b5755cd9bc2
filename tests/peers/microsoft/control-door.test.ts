import { afterEach, expect, test } from 'vitest';
import { type ControlDoor, openControlDoor } from '../control-door.ts';
import { mimeRequest, mimeText, stageMicrosoft } from './microsoft-stage.ts';

let door: ControlDoor | null = null;
afterEach(async () => await door?.close());

test('another process turns the local Microsoft as it does Google: clock, switches, faults, consent', async () => {
  const stage = stageMicrosoft();
  const { url } = (door = await openControlDoor(stage.router, { microsoft: stage.microsoft }));
  const post = async (path: string, body: unknown, method = 'POST'): Promise<Response> =>
    await fetch(url + path, { method, body: JSON.stringify(body) });
  const fault = { kind: 'answer-status', status: 200 };
  expect((await post('/faults', { match: { path: '/v1.0/me/sendMail' }, fault })).status).toBe(200);
  expect((await stage.graph('/me/sendMail', mimeRequest(mimeText()))).status).toBe(200);
  const deliveries = (await (await fetch(`${url}/microsoft/deliveries`)).json()) as unknown[];
  expect(deliveries).toHaveLength(1);
  await post('/microsoft/switches', { messagesPerMinute: 1 }, 'PUT');
  expect((await stage.graph('/me/sendMail', mimeRequest(mimeText()))).status).toBe(429);
  await post('/microsoft/clock', { advanceMs: 60_000 });
  expect((await stage.graph('/me/sendMail', mimeRequest(mimeText()))).status).toBe(202);
  expect((await post(`/microsoft/revoke/${stage.accounts.joan.email}`, null)).status).toBe(200);
});
