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
    ['99999999999999999999999999999', 86_400_000],
    [new Date(NOW + 9e11).toUTCString(), 86_400_000],
    ['-5', null],
    ['5 s', null],
    ['Soon, 5', null],
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
    [answer(400, { error: 'invalid_grant', error_description: 'no' }), { kind: 'unauthorized' }],
    // A 5xx never proves that nothing was taken, whatever it says.
    [
      answer(503, { error: 'invalid_grant' }),
      { kind: 'trouble', reason: 'provider-error', retryAfterMs: null },
    ],
    [googleError(403, 'insufficientPermissions'), { kind: 'missing-right', rung: 'send' }],
    [
      googleError(403, 'dailyLimitExceeded'),
      { kind: 'slow-down', reason: 'daily-limit', retryAfterMs: null },
    ],
    [
      googleError(403, 'domainPolicy', 'no'),
      { kind: 'refused', code: 'domainPolicy', detail: 'no' },
    ],
    [
      answer(403, { error: { code: 403, message: 'no', status: 'PERMISSION_DENIED' } }),
      { kind: 'refused', code: 'PERMISSION_DENIED', detail: 'no' },
    ],
    [
      answer(403, {
        error: {
          code: 403,
          message: null,
          status: 'PERMISSION_DENIED',
          errors: 'none',
          details: [{ '@type': 'ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
        },
      }),
      { kind: 'missing-right', rung: 'send' },
    ],
    [
      googleError(400, 'failedPrecondition', 'Mail service not enabled'),
      { kind: 'refused', code: 'failedPrecondition', detail: 'Mail service not enabled' },
    ],
    [
      answer(400, { error: 'invalid_request', error_description: 'no' }),
      { kind: 'rejected', code: 'invalid_request', detail: 'no' },
    ],
    [
      googleError(400, 'invalidArgument', 'Recipient address required'),
      { kind: 'rejected', code: 'invalidArgument', detail: 'Recipient address required' },
    ],
    [googleError(404, 'notFound', 'no'), { kind: 'rejected', code: 'notFound', detail: 'no' }],
    [answer(404, '<html>'), { kind: 'refused', code: '404', detail: '' }],
    [answer(407), { kind: 'refused', code: '407', detail: '' }],
    [
      googleError(400, 'invalidArgument', 'no'),
      { kind: 'rejected', code: 'invalidArgument', detail: 'no' },
    ],
    [answer(413), { kind: 'rejected', code: '413', detail: '' }],
    [answer(500), { kind: 'trouble', reason: 'provider-error', retryAfterMs: null }],
    [
      answer(403, '[{"error":{"code":403,"errors":[{"reason":"userRateLimitExceeded"}]}}]'),
      { kind: 'slow-down', reason: 'rate-limit', retryAfterMs: null },
    ],
    [answer(403, '[]'), { kind: 'refused', code: '403', detail: '' }],
    [answer(408), { kind: 'trouble', reason: 'provider-error', retryAfterMs: null }],
    [answer(204), { kind: 'trouble', reason: 'strange-answer', retryAfterMs: null }],
    [answer(403, '<html>'), { kind: 'refused', code: '403', detail: '' }],
    [
      answer(429, { error: { status: 'RESOURCE_EXHAUSTED', details: [{ reason: 5 }] } }),
      { kind: 'slow-down', reason: 'rate-limit', retryAfterMs: null },
    ],
    [
      answer(429, { error: 'not the usual shape' }),
      { kind: 'slow-down', reason: 'rate-limit', retryAfterMs: null },
    ],
  ] as const)('is told apart (%#)', ([given, said]) => {
    expect(refusalOf(given, NOW)).toEqual(said);
  });

  it('compares a date with the clock of the server that named it', () => {
    const date = new Date(NOW - 3_600_000).toUTCString();
    const after = new Date(NOW - 3_570_000).toUTCString();
    const said = refusalOf(answer(429, '', { 'retry-after': after, date }), NOW);
    expect(said).toMatchObject({ retryAfterMs: 30_000 });
  });

  it('repeats of a code only what can be shown, and not much of it', () => {
    const said = refusalOf(googleError(403, `no\r\n\u202e${'x'.repeat(900)}`), NOW);
    expect(said).toEqual({ kind: 'refused', code: `no${'x'.repeat(62)}`, detail: '' });
  });

  it('cuts what it repeats', () => {
    const said = refusalOf(googleError(400, 'invalidArgument', 'x'.repeat(9_000)), NOW);
    expect(said.kind === 'rejected' && said.detail.length).toBe(500);
  });

  it('repeats words on one line, without what turns them around', () => {
    const said = refusalOf(googleError(400, 'invalidArgument', ' a\r\nb\u202ecod\u200b'), NOW);
    expect(said).toMatchObject({ detail: 'a b cod' });
  });
});

describe('a receipt', () => {
  it('is made of ids that look like ids; a message without them was taken all the same', () => {
    const given: readonly [unknown, string | null, string | null][] = [
      [{ id: 5 }, '5', null],
      [{ id: 'a b', threadId: '18b' }, null, '18b'],
      [{ id: '18c', threadId: null, more: { id: 1 } }, '18c', null],
      [{ id: 'x'.repeat(65) }, null, null],
    ];
    for (const [body, messageId, threadId] of given) {
      const receipt = { messageId, threadId, acceptedAt: NOW };
      expect(receiptOf(answer(200, body), NOW)).toEqual(receipt);
    }
  });

  it('is never made of an answer that names no message', () => {
    expect(receiptOf(answer(200, { id: '18c', threadId: '18b', labelIds: ['SENT'] }), NOW)).toEqual(
      {
        messageId: '18c',
        threadId: '18b',
        acceptedAt: NOW,
      },
    );
    for (const body of [
      {},
      { id: '' },
      { id: null },
      { id: ['18c'] },
      { error: { code: 500 } },
      '',
      '[]',
    ]) {
      expect(receiptOf(answer(200, body), NOW)).toBeNull();
    }
  });
});
