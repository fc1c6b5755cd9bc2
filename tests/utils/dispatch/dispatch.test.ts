import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createDispatch, type Handlers } from '../../../utils/dispatch/dispatch.ts';
import { messages } from '../../../utils/messaging/messaging.ts';
import type { Sender } from '../../../utils/platform/platform.ts';
import { PLAIN_ACCOUNT } from '../../harness/plain-account.ts';

const PAGE: Sender = { ownPage: true, path: '/popup.html' };
const STRANGER: Sender = { ownPage: false, path: '' };
const ID = '3f0c1d9e-7a3b-4f7e-9d55-0a8f4a1c2b3d';

/** Handlers of which each one fails the test when it is called, but for those that are given. */
function handlersWith(given: Partial<Handlers>): { handlers: Handlers; calls: string[] } {
  const calls: string[] = [];
  const fallback = Object.fromEntries(
    Object.keys(messages).map((name) => [
      name,
      () => {
        calls.push(name);
        return Promise.reject(new Error('not expected'));
      },
    ]),
  );
  return { handlers: { ...(fallback as unknown as Handlers), ...given }, calls };
}

const silent = { report: () => {} };

describe('dispatch', () => {
  it('refuses every message that does not come from a page of ours', async () => {
    const { handlers, calls } = handlersWith({});
    const dispatch = createDispatch({ handlers, log: silent, isClosing: () => false });
    for (const name of Object.keys(messages)) {
      const answer = await dispatch({ name, request: { id: ID } }, STRANGER);
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
    expect(calls).toEqual([]);
  });

  it('lets none of 2,000 generated messages from a content script reach a room', async () => {
    const { handlers, calls } = handlersWith({});
    const dispatch = createDispatch({ handlers, log: silent, isClosing: () => false });
    const names = fc.oneof(fc.constantFrom(...Object.keys(messages)), fc.string());
    const anyMessage = fc.oneof(fc.anything(), fc.record({ name: names, request: fc.anything() }));
    await fc.assert(
      fc.asyncProperty(anyMessage, async (message) => {
        expect(await dispatch(message, STRANGER)).toMatchObject({
          ok: false,
          error: { code: 'not-allowed' },
        });
      }),
      { numRuns: 2000 },
    );
    expect(calls).toEqual([]);
  });

  it('answers whatever a page says without ever rejecting', async () => {
    const { handlers } = handlersWith({});
    const dispatch = createDispatch({ handlers, log: silent, isClosing: () => false });
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (message) => {
        expect(await dispatch(message, PAGE)).toMatchObject({ ok: false });
      }),
      { numRuns: 500 },
    );
  });

  it('knows no message by a name that every object has', async () => {
    const { handlers } = handlersWith({});
    const dispatch = createDispatch({ handlers, log: silent, isClosing: () => false });
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const answer = await dispatch({ name, request: {} }, PAGE);
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-understood' } });
    }
  });

  it('refuses a request that is not of the message’s form', async () => {
    const { handlers, calls } = handlersWith({});
    const dispatch = createDispatch({ handlers, log: silent, isClosing: () => false });
    const answer = await dispatch({ name: 'outbox.send', request: { id: '../..' } }, PAGE);
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-understood' } });
    expect(calls).toEqual([]);
  });

  it('lets nothing out of the worker that the view does not name', async () => {
    const account = {
      ...PLAIN_ACCOUNT,
      id: ID,
      providerId: 'gmail' as const,
      providerName: 'Gmail',
      address: 'ann@example.com',
      name: 'Ann',
      grantedRungs: ['send' as const],
      health: { kind: 'works' as const },
      grant: 'lasting' as const,
      limits: null,
      linkedAt: 1,
      lastUsedAt: null,
      refreshToken: 'never-to-be-seen',
    };
    const { handlers } = handlersWith({
      'accounts.list': () =>
        Promise.resolve({
          accounts: [account],
          unreadable: [],
          clients: [],
          providers: [],
          defaultAccountId: null,
          clientSecret: 'never-to-be-seen',
        }),
    });
    const dispatch = createDispatch({ handlers, log: silent, isClosing: () => false });
    const answer = await dispatch({ name: 'accounts.list', request: {} }, PAGE);
    expect(answer).toMatchObject({ ok: true });
    expect(JSON.stringify(answer)).not.toContain('never-to-be-seen');
  });

  it('tells a page the code of what broke, and nothing of its text', async () => {
    const report = vi.fn();
    const broken = Object.assign(new Error('ann@example.com token=ya29.x'), { code: 'corrupt' });
    const { handlers } = handlersWith({ 'outbox.list': () => Promise.reject(broken) });
    const dispatch = createDispatch({ handlers, log: { report }, isClosing: () => false });
    const answer = await dispatch({ name: 'outbox.list', request: {} }, PAGE);
    expect(answer).toMatchObject({ ok: false, error: { code: 'corrupt' } });
    expect(JSON.stringify(answer)).not.toContain('ann@example.com');
    expect(report).toHaveBeenCalledWith('outbox.list', broken);
  });
});
