import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ControlDoor, openControlDoor } from './control-door.ts';
import { type GoogleStage, mailText, SEND_URL, stageGoogle } from './google/google-stage.ts';

let stage: GoogleStage;
let door: ControlDoor;

beforeEach(async () => {
  stage = stageGoogle();
  door = await openControlDoor(stage.router, { google: stage.google });
});
afterEach(async () => await door.close());

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(door.url + path, init);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

function send(token = stage.token()): Promise<Response> {
  return stage.fetch(SEND_URL, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ raw: Buffer.from(mailText()).toString('base64url') }),
  });
}

describe('the control door', () => {
  test('shows hosts, log, deliveries and switches', async () => {
    await send();
    expect(await control('GET', '/hosts')).toContain('gmail.googleapis.com');
    expect(await control('GET', '/log')).toMatchObject([
      { path: '/gmail/v1/users/me/messages/send' },
    ]);
    expect(await control('GET', '/google/deliveries')).toMatchObject([
      { account: 'ada.lovelace@gmail.example', acceptedBytes: mailText().length },
    ]);
    const [full] = (await control('GET', '/google/deliveries?bytes')) as [{ accepted: string }];
    expect(Buffer.from(full.accepted, 'base64').toString()).toBe(mailText());
    expect(await control('GET', '/google/switches')).toMatchObject({ consentBoxes: 'unticked' });
    expect(await control('GET', '/failures')).toEqual([]);
    expect(await control('GET', '/google/settled')).toBeNull();
    await control('DELETE', '/log');
    expect(await control('GET', '/log?all')).toEqual([]);
  });

  test('plans faults and takes them back', async () => {
    const match = { host: 'gmail.googleapis.com', pathPattern: '/messages/send$' };
    const fault = { kind: 'refuse', status: 503 };
    await control('POST', '/faults', { match, fault, times: 9 });
    expect((await send()).status).toBe(503);
    await control('DELETE', '/faults');
    expect((await send()).status).toBe(200);
  });

  test('holds a request until it is let go', async () => {
    const { id } = (await control('POST', '/holds', { match: {}, at: 'taken' })) as { id: string };
    const pending = send();
    expect(await control('GET', `/holds/${id}`)).toMatchObject({ status: null });
    expect(stage.google.deliveries).toHaveLength(1);
    await control('DELETE', `/holds/${id}`);
    expect((await pending).status).toBe(200);
  });

  test('switches CORS, for all or for some', async () => {
    await control('PUT', '/cors', { mode: 'refused' });
    expect(stage.router.cors.modeOf(logged('/a'))).toBe('refused');
    await control('PUT', '/cors', { mode: 'hidden', match: { path: '/a' } });
    expect(stage.router.cors.modeOf(logged('/a'))).toBe('hidden');
    await control('DELETE', '/cors');
    expect(stage.router.cors.modeOf(logged('/a'))).toBe('exposed');
  });

  test('moves the clock, ends tokens, changes passwords, takes grants back', async () => {
    const token = stage.token();
    await control('POST', '/google/clock', { advanceMs: 3_600_000 });
    expect((await send(token)).status).toBe(401);
    for (const act of ['expire-tokens', 'expire-tokens/ada.lovelace%40gmail.example']) {
      const fresh = stage.token();
      await control('POST', `/google/${act}`);
      expect((await send(fresh)).status).toBe(401);
    }
    const last = stage.token();
    await control('POST', '/google/change-password/ada.lovelace%40gmail.example');
    expect((await send(last)).status).toBe(200);
    await control('POST', '/google/revoke/ada.lovelace%40gmail.example');
    expect((await send(last)).status).toBe(401);
  });

  test('turns switches that exist, to values of their kind', async () => {
    await control('PUT', '/google/switches', { messagesPerDay: 7, consentBoxes: 'ticked' });
    expect(stage.google.switches).toMatchObject({ messagesPerDay: 7, consentBoxes: 'ticked' });
    await control('PUT', '/google/switches', { messagesPerDay: null });
    await expect(control('PUT', '/google/switches', { quota: 'off' })).rejects.toThrow(
      'quota is a',
    );
    await expect(control('PUT', '/google/switches', { other: 1 })).rejects.toThrow(
      'no switch other',
    );
  });

  test.each([
    ['POST', '/faults', { match: {}, fault: { kind: 'explode' } }],
    ['POST', '/faults', { match: { url: 'x' }, fault: { kind: 'cut-before-body' } }],
    ['PUT', '/cors', { mode: 'open' }],
    ['GET', '/holds/9', undefined],
    ['GET', '/nowhere', undefined],
  ])('%s %s says what is wrong with it', async (method, path, body) => {
    await expect(control(method, path, body)).rejects.toThrow('error');
  });

  test('is not for web pages', async () => {
    const response = await fetch(`${door.url}/log`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

function logged(path: string): Parameters<GoogleStage['router']['cors']['modeOf']>[0] {
  return { host: 'a.example', method: 'GET', path, query: '', contentRange: null };
}
