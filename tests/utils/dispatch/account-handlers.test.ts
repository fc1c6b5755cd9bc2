import { describe, expect, it, vi } from 'vitest';
import { accountHandlers } from '../../../utils/dispatch/account-handlers.ts';
import { openingHandlers } from '../../../utils/dispatch/opening-handlers.ts';
import { createDispatch, type Handlers } from '../../../utils/dispatch/dispatch.ts';
import type { Rooms } from '../../../utils/dispatch/rooms.ts';
import { declaration } from '../../../utils/providers/gmail/gmail.ts';
import { grace, world, type World } from '../accounts/google-world.ts';

const PAGE = { ownPage: true, path: '/options.html' };
const done = () => Promise.resolve();

/** Real accounts among rooms that only listen; messages go through schema and answer schema. */
async function stage(): Promise<{
  made: World;
  ask: (name: string, request: unknown) => Promise<unknown>;
  sendRuns: () => number;
}> {
  const made = await world();
  const run = vi.fn(done);
  const rooms = {
    accounts: made.accounts,
    declarations: [declaration],
    settings: { get: () => Promise.resolve({ defaultAccountId: null }), patch: done },
    outbox: { run, forgetAccount: done },
    activity: { recordEvent: () => {}, forgetAccount: done },
    changed: () => {},
  } as unknown as Rooms;
  const handlers = {
    ...openingHandlers(rooms),
    ...accountHandlers(rooms),
  } as unknown as Handlers;
  const dispatch = createDispatch({ handlers, log: { report: () => {} }, isClosing: () => false });
  return {
    made,
    ask: (name, request) => dispatch({ name, request }, PAGE),
    sendRuns: () => run.mock.calls.length,
  };
}

describe('an account that can’t be opened', () => {
  it('takes no other from the page, is named there with its code, and can be removed', async () => {
    const { made, ask } = await stage();
    const { id } = await made.linked();
    made.person.habits.account = grace;
    const other = await made.linked();
    made.local.stored.set(`account/${id}`, '"1.AAAA"');
    made.local.stored.set('account/not.one_of-ours', '7');
    made.local.stored.set('oauth-client/gmail', '"x"');
    expect(await ask('accounts.list', {})).toMatchObject({
      ok: true,
      value: {
        accounts: [{ id: other.id }],
        unreadable: [
          { id, code: 'corrupt' },
          { id: 'not.one_of-ours', code: 'corrupt' },
        ],
        clients: [{ providerId: 'gmail', origin: 'none' }],
      },
    });
    for (const broken of [id, 'not.one_of-ours']) {
      expect(await ask('accounts.remove', { id: broken })).toMatchObject({
        ok: true,
        value: { kind: 'failed' },
      });
      expect(made.local.stored.has(`account/${broken}`)).toBe(false);
    }
    expect(await ask('accounts.list', {})).toMatchObject({
      value: { accounts: [{ id: other.id }], unreadable: [] },
    });
  });
});

describe('another OAuth client', () => {
  it('lets what was refused to the one before try at once', async () => {
    const { ask, sendRuns } = await stage();
    const client = { providerId: 'gmail', clientId: 'new', clientSecret: null, tenant: null };
    expect(await ask('clients.save', client)).toMatchObject({ ok: true });
    expect(sendRuns()).toBe(1);
    expect(await ask('clients.remove', { providerId: 'gmail' })).toMatchObject({ ok: true });
    expect(sendRuns()).toBe(2);
  });
});

describe('the words and rights of an account, asked by a page', () => {
  it('are noted, answered by their schemas, and shown again', async () => {
    const { made, ask } = await stage();
    const { id } = await made.linked();
    const words = { id, label: 'Office', colour: 'sea' };
    expect(await ask('accounts.describe', words)).toEqual({ ok: true, value: { done: true } });
    const senders = [{ kind: 'alias', name: 'Ada', address: 'ada@engine.example' }];
    expect(await ask('accounts.set-other-senders', { id, senders })).toEqual({
      ok: true,
      value: { kind: 'saved', otherSenders: senders },
    });
    expect(await ask('accounts.reorder', { ids: [id] })).toMatchObject({ ok: true });
    expect(await ask('accounts.list', {})).toMatchObject({
      value: {
        accounts: [{ id, label: 'Office', colour: 'sea', otherSenders: senders }],
        providers: [
          { rungs: [{ rung: 'send' }, { rung: 'drafts' }, { rung: 'read' }, { rung: 'files' }] },
        ],
      },
    });
  });

  it('are given and given back one by one, and what waited goes at once', async () => {
    const { made, ask, sendRuns } = await stage();
    const { id } = await made.linked();
    expect(await ask('accounts.grant-rung', { id, rung: 'drafts' })).toMatchObject({
      value: { kind: 'granted', account: { grantedRungs: ['send', 'drafts'] } },
    });
    expect(sendRuns()).toBe(1);
    expect(await ask('accounts.step-down', { id, keep: ['send'] })).toMatchObject({
      value: { kind: 'stepped-down', account: { grantedRungs: ['send'] } },
    });
    expect(sendRuns()).toBe(2);
  });

  it('are refused where a page asks for what there is not', async () => {
    const { made, ask } = await stage();
    const { id } = await made.linked();
    for (const [name, request] of [
      ['accounts.grant-rung', { id, rung: 'everything' }],
      ['accounts.describe', { id, label: 'x'.repeat(61), colour: null }],
      ['accounts.describe', { id, label: '', colour: '#ff0000' }],
      [
        'accounts.set-other-senders',
        {
          id,
          senders: Array.from({ length: 51 }, () => ({
            kind: 'alias',
            name: '',
            address: 'a@b.example',
          })),
        },
      ],
      ['accounts.reorder', { ids: ['not an id'] }],
    ] as const) {
      expect(await ask(name, request)).toMatchObject({
        ok: false,
        error: { code: 'not-understood' },
      });
    }
  });
});
