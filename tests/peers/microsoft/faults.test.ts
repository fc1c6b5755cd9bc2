import { describe, expect, test } from 'vitest';
import type { Fault } from '../faults.ts';
import {
  LOGIN,
  type MicrosoftStage,
  mimeRequest,
  mimeText,
  stageMicrosoft,
} from './microsoft-stage.ts';

const SEND = { path: '/v1.0/me/sendMail' };

async function sendWith(
  fault: Fault,
): Promise<{ readonly stage: MicrosoftStage; readonly response: Response | null }> {
  const stage = stageMicrosoft();
  stage.router.faults.add({ match: SEND, fault });
  const response = await stage.graph('/me/sendMail', mimeRequest(mimeText())).catch(() => null);
  return { stage, response };
}

describe('what may go wrong with a send', () => {
  test.each([
    ['504 though sent', { kind: 'fail-after-accept', status: 504 }, 504, 1],
    ['503 though sent', { kind: 'fail-after-accept', status: 503 }, 503, 1],
    ['200 instead of 202, sent', { kind: 'answer-status', status: 200 }, 200, 1],
    ['200 instead of 202, not sent', { kind: 'refuse', status: 200 }, 200, 0],
    ['503, not sent', { kind: 'refuse', status: 503 }, 503, 0],
    ['429, not sent', { kind: 'too-many-requests', retryAfterSeconds: 2.128 }, 429, 0],
    ['401, not sent', { kind: 'unauthorized' }, 401, 0],
    ['cut before the body, not sent', { kind: 'cut-before-body' }, null, 0],
    ['cut inside the body, not sent', { kind: 'cut-mid-body', afterBytes: 10 }, null, 0],
    ['cut after it was taken, sent', { kind: 'cut-after-accept' }, null, 1],
  ] as const)('%s', async (_what, fault, status, sent) => {
    const { stage, response } = await sendWith(fault);
    expect(response?.status ?? null).toBe(status);
    expect(stage.microsoft.deliveries).toHaveLength(sent);
    expect(stage.router.failures).toEqual([]);
  });

  test('200 instead of 202 has an empty body and Graph’s ids', async () => {
    const { response } = await sendWith({ kind: 'answer-status', status: 200 });
    expect(await response?.text()).toBe('');
    expect(response?.headers.get('request-id')).not.toBeNull();
  });

  test('errors are in Graph’s words, Retry-After as fractional as it was asked for', async () => {
    const limited = await sendWith({ kind: 'too-many-requests', retryAfterSeconds: 2.128 });
    expect(limited.response?.headers.get('retry-after')).toBe('2.128');
    expect(await limited.response?.json()).toMatchObject({ error: { code: 'TooManyRequests' } });
    const silent = await sendWith({ kind: 'too-many-requests' });
    expect(silent.response?.headers.get('retry-after')).toBeNull();
    const failed = await sendWith({ kind: 'fail-after-accept', status: 504 });
    expect(await failed.response?.json()).toMatchObject({ error: { code: 'GatewayTimeout' } });
    const refused = await sendWith({ kind: 'unauthorized' });
    expect(await refused.response?.json()).toMatchObject({
      error: { code: 'InvalidAuthenticationToken' },
    });
  });
});

test('the token endpoint can be unavailable, in words of its own', async () => {
  const stage = stageMicrosoft();
  const match = { host: 'login.microsoftonline.com' };
  stage.router.faults.add({ match, fault: { kind: 'too-many-requests', retryAfterSeconds: 5 } });
  const response = await stage.extensionFetch(`${LOGIN}/common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(),
  });
  expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
    429,
    'temporarily_unavailable',
  ]);
});

test('a message is one delivery however often its connection dies afterwards: no key makes two sends one', async () => {
  const stage = stageMicrosoft();
  stage.router.faults.add({ match: SEND, fault: { kind: 'cut-after-accept' }, times: 2 });
  const headers = { 'client-request-id': '11111111-2222-4333-8444-555555555555' };
  for (let tries = 0; tries < 3; tries += 1) {
    await stage.graph('/me/sendMail', mimeRequest(mimeText(), { headers })).catch(() => null);
  }
  expect(stage.microsoft.deliveries).toHaveLength(3);
});
