import { describe, expect, it } from 'vitest';
import { receiptOf, refusalOf } from '../../../../utils/providers/gmail/google-answer.ts';

const NOW = Date.UTC(2026, 0, 5, 9);

function answer(
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
) {
  return {
    status,
    text: typeof body === 'string' ? body : JSON.stringify(body),
    header: (name: string) => headers[name.toLowerCase()] ?? null,
  };
}

const googleError = (code: number, reason: string, message = '') =>
  answer(code, { error: { code, message, errors: [{ reason, domain: 'global' }] } });

describe('what an answer of Google says', () => {
  it.for([
    ['30', 30_000],
    ['0', 0],
    ['1.2', 2_000],
    [new Date(NOW + 90_000).toUTCString(), 90_000],
    [new Date(NOW - 90_000).toUTCString(), 0],
    ['soon', null],
    ['', null],
  ] as const)('reads the time to come back from Retry-After: %s', ([header, retryAfterMs]) => {
    const said = refusalOf(answer(429, '', { 'retry-after': header }), NOW);
    expect(said).toEqual({ kind: 'slow-down', reason: 'rate-limit', retryAfterMs });
  });

  it('reads it from the text where there is no header, as Gmail does', () => {
    const text = 'User-rate limit exceeded.  Retry after 2026-01-05T09:02:00.000Z';
    expect(refusalOf(googleError(403, 'userRateLimitExceeded', text), NOW)).toEqual({
      kind: 'slow-down',
      reason: 'rate-limit',
      retryAfterMs: 120_000,
    });
  });

  it.for([
    [googleError(401, 'authError'), { kind: 'unauthorized' }],
    [googleError(403, 'insufficientPermissions'), { kind: 'missing-right', rung: 'send' }],
    [
      googleError(403, 'dailyLimitExceeded'),
      { kind: 'slow-down', reason: 'daily-limit', retryAfterMs: null },
    ],
    [
      googleError(403, 'domainPolicy', 'no'),
      { kind: 'rejected', code: 'domainPolicy', detail: 'no' },
    ],
    [
      googleError(400, 'invalidArgument', 'no'),
      { kind: 'rejected', code: 'invalidArgument', detail: 'no' },
    ],
    [answer(413), { kind: 'rejected', code: '413', detail: '' }],
    [answer(500), { kind: 'trouble', reason: 'provider-error', retryAfterMs: null }],
    [answer(408), { kind: 'trouble', reason: 'provider-error', retryAfterMs: null }],
    [answer(204), { kind: 'trouble', reason: 'strange-answer', retryAfterMs: null }],
    [answer(403, '<html>'), { kind: 'rejected', code: '403', detail: '' }],
    [
      answer(429, { error: 'not the usual shape' }),
      { kind: 'slow-down', reason: 'rate-limit', retryAfterMs: null },
    ],
  ] as const)('is told apart (%#)', ([given, said]) => {
    expect(refusalOf(given, NOW)).toEqual(said);
  });

  it('cuts what it repeats', () => {
    const said = refusalOf(googleError(400, 'invalidArgument', 'x'.repeat(9_000)), NOW);
    expect(said.kind === 'rejected' && said.detail.length).toBe(500);
  });
});

describe('a receipt', () => {
  it('is made of ids that look like ids, and of nothing else', () => {
    expect(receiptOf(answer(200, { id: '18c', threadId: '18b', labelIds: ['SENT'] }), NOW)).toEqual(
      {
        messageId: '18c',
        threadId: '18b',
        acceptedAt: NOW,
      },
    );
    for (const body of [
      {},
      { id: 5 },
      { id: '' },
      { id: 'a b' },
      { id: 'x'.repeat(65) },
      '',
      '[]',
    ]) {
      expect(receiptOf(answer(200, body), NOW)).toBeNull();
    }
  });
});
