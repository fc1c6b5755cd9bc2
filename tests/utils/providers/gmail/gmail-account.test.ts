import { describe, expect, it } from 'vitest';
import { secret } from '../../../../utils/platform/platform.ts';
import { ADA, openGmailBench } from './gmail-bench.ts';

const USERINFO = { host: 'openidconnect.googleapis.com' };
const REVOKE = { host: 'oauth2.googleapis.com', path: '/revoke' };

describe('who a Google token belongs to', () => {
  it('is the address that Google has verified', async () => {
    const bench = openGmailBench();
    await expect(bench.provider.identify(secret(bench.goodToken()), null)).resolves.toEqual({
      kind: 'identified',
      identity: { subject: ADA.subject, address: ADA.email, name: '' },
    });
  });

  const answers: readonly [string, unknown, unknown][] = [
    [
      'is refused when the address is not verified',
      { sub: '1', email: 'a@b.example', email_verified: false },
      { kind: 'refused', code: 'email_not_verified' },
    ],
    [
      'is known when nothing is said of verifying',
      { sub: '1', email: 'a@b.example' },
      { kind: 'identified', identity: { subject: '1', address: 'a@b.example', name: '' } },
    ],
    [
      'is refused when there is no address',
      { sub: '1' },
      { kind: 'refused', code: 'email_missing' },
    ],
    [
      'is not taken from an answer without a subject',
      { email: 'a@b.example', email_verified: true },
      { kind: 'unavailable', reason: 'strange-answer' },
    ],
    [
      'is no address with a line break',
      { sub: '1', email: 'a@b.example\r\nBcc: x@y.example', email_verified: true },
      { kind: 'unavailable', reason: 'strange-answer' },
    ],
    [
      'is known whatever else is said, or left out',
      { sub: '1', email: 'a@b.example', email_verified: 'true', name: null, hd: 5 },
      { kind: 'identified', identity: { subject: '1', address: 'a@b.example', name: '' } },
    ],
    [
      'has a name that can stand in a mail, whatever it holds',
      { sub: '1', email: 'a@b.example', name: ` Ada\t\r\n${'x'.repeat(5_000)}` },
      {
        kind: 'identified',
        identity: { subject: '1', address: 'a@b.example', name: `Ada ${'x'.repeat(246)}` },
      },
    ],
    ['is nothing that is not JSON', '<html>', { kind: 'unavailable', reason: 'strange-answer' }],
  ];
  it.for(answers)('%s', async ([, answer, outcome]) => {
    const bench = openGmailBench();
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    bench.router.faults.add({ match: USERINFO, fault: { kind: 'refuse', status: 200, body } });
    await expect(bench.provider.identify(secret('t'), null)).resolves.toEqual(outcome);
  });

  it('is refused for a dead token, and asked later when Google is down', async () => {
    const bench = openGmailBench();
    await expect(bench.provider.identify(secret('made-up'), null)).resolves.toEqual({
      kind: 'refused',
      code: '401',
    });
    bench.breakDown(1);
    await expect(bench.provider.identify(secret('t'), null)).resolves.toEqual({
      kind: 'unavailable',
      reason: 'provider-error',
    });
  });

  it('is asked later when Google has been asked too often, also where it says so with 403', async () => {
    for (const [status, reason, said] of [
      [429, 'rate-limit', 'rateLimitExceeded'],
      [403, 'rate-limit', 'userRateLimitExceeded'],
      [403, 'daily-limit', 'dailyLimitExceeded'],
    ] as const) {
      const bench = openGmailBench();
      const body = JSON.stringify({ error: { errors: [{ reason: said }] } });
      bench.router.faults.add({ match: USERINFO, fault: { kind: 'refuse', status, body } });
      const outcome = await bench.provider.identify(secret('t'), null);
      expect(outcome).toEqual({ kind: 'unavailable', reason });
    }
  });

  it('needs the host where CORS refuses', async () => {
    const bench = openGmailBench();
    bench.router.cors.set('refused');
    await expect(bench.provider.identify(secret(bench.goodToken()), null)).resolves.toEqual({
      kind: 'needs-host',
      host: USERINFO.host,
    });
  });
});

describe('revoking a Google grant', () => {
  it('is done, and not confirmed, where its answer can not be read', async () => {
    const bench = openGmailBench();
    const token = bench.goodToken();
    await expect(bench.provider.revoke(secret(token), 'a')).resolves.toEqual({
      kind: 'revoked',
      confirmed: false,
    });
    await expect(bench.provider.identify(secret(token), null)).resolves.toEqual({
      kind: 'refused',
      code: '401',
    });
  });

  it('is confirmed where it can be read, and only by 200', async () => {
    const bench = openGmailBench(new Set([REVOKE.host]));
    const token = secret(bench.goodToken());
    await expect(bench.provider.revoke(token, 'a')).resolves.toEqual({
      kind: 'revoked',
      confirmed: true,
    });
    await expect(bench.provider.revoke(token, 'a')).resolves.toEqual({
      kind: 'revoked',
      confirmed: false,
    });
  });

  it('has failed when Google is down', async () => {
    const bench = openGmailBench(new Set([REVOKE.host]));
    bench.breakDown(1);
    await expect(bench.provider.revoke(secret(bench.goodToken()), 'a')).resolves.toEqual({
      kind: 'failed',
      reason: 'provider-error',
    });
  });
});
