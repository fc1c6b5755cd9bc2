// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import type { Tools } from '../../../components/live/tools.ts';
import { PopupPage } from '../../../components/popup/PopupPage.tsx';
import type { AnswerOf, MailState, MailView } from '../../../utils/messaging/messaging.ts';
import { NO_ANSWER, type Script } from '../../harness/fake-client.ts';
import {
  account,
  accountsAnswer,
  idOf,
  mail,
  outboxAnswer,
  minutesAgo,
  GMAIL,
  NO_CLIENTS,
  NOW,
  OUTLOOK,
  outlookAccount,
} from '../../harness/gallery/sample-records.ts';
import { EVERY_MERGE } from '../../harness/gallery/popup-scenes.ts';
import { click, mount, settled, type Mounted } from '../mount.tsx';

const done = (): { done: boolean } => ({ done: true });

async function open(
  mails: readonly MailView[],
  more: Script = {},
  tools: Partial<Tools> = {},
): Promise<Mounted> {
  const page = mount(
    (client) => (
      <PopupPage
        accounts={createLiveAnswer(client, {
          name: 'accounts.list',
          request: {},
          changes: ['accounts'],
        })}
        outbox={createLiveAnswer(client, { name: 'outbox.list', request: {}, changes: ['outbox'] })}
      />
    ),
    {
      'accounts.list': () => accountsAnswer([account(1)]),
      'outbox.list': () => outboxAnswer(mails),
      'compose.new': done,
      'compose.show': done,
      'outbox.retry': done,
      'outbox.edit': done,
      'outbox.decide': done,
      'outbox.dismiss': done,
      'drafts.discard': done,
      ...more,
    },
    tools,
  );
  await settled();
  return page;
}

const one = (state: MailState, more: Partial<MailView> = {}): MailView[] => [mail(1, state, more)];
const ID = idOf(101);

describe('the popup', () => {
  it('can be used before the worker has answered', async () => {
    const page = await open([], {
      'accounts.list': () => new Promise(() => {}),
      'outbox.list': () => new Promise(() => {}),
    });
    await click(page.button('Write a mail'));
    expect(page.client.requests('compose.new')).toEqual([{ accountId: null }]);
  });

  it('draws accounts and outbox together, so that nothing moves', async () => {
    let answer: (value: AnswerOf<'outbox.list'>) => void = () => {};
    const page = await open([], {
      'outbox.list': () => new Promise((resolve) => (answer = resolve)),
    });
    expect(page.text()).not.toContain('sender1@example.com');
    answer(outboxAnswer([]));
    await settled();
    expect(page.text()).toContain('sender1@example.com');
    expect(page.text()).toContain('Nothing waits');
  });

  it('says that an answer did not come, and asks for both again on a press', async () => {
    const page = await open([], { 'outbox.list': () => NO_ANSWER });
    expect(page.find('[role="alert"]').textContent).toContain(NO_ANSWER.userText);
    page.client.answer({ 'outbox.list': () => outboxAnswer(one({ kind: 'queued' })) });
    await click(page.button('Try again'));
    expect(page.place.querySelector('[role="alert"]')).toBeNull();
    expect(page.text()).toContain('On its way');
  });

  it('begins with the choice of a mailbox, and says that a client comes first where there is none', async () => {
    const page = await open([], {
      'accounts.list': () =>
        accountsAnswer([], { providers: [GMAIL, OUTLOOK], clients: NO_CLIENTS }),
    });
    expect(page.button('Gmail').getAttribute('href')).toBe('/options.html#accounts/gmail');
    expect(page.button('Outlook').getAttribute('href')).toBe('/options.html#accounts/outlook');
    expect(page.text()).toContain('Set up a client, then link');
  });

  it('speaks of no client where the build has them', async () => {
    const page = await open([], { 'accounts.list': () => accountsAnswer([]) });
    expect(page.button('Gmail').getAttribute('href')).toBe('/options.html#accounts/gmail');
    expect(page.text()).not.toContain('client');
  });

  it('says what the worker could not do', async () => {
    const page = await open([], {
      'outbox.list': () => ({ code: 'corrupt', userText: 'A record is damaged.' }),
    });
    expect(page.find('[role="alert"]').textContent).toContain('A record is damaged.');
    expect(page.text()).toContain('sender1@example.com');
  });

  it('keeps the list in sight when a later look fails', async () => {
    const page = await open(one({ kind: 'queued' }));
    page.client.answer({ 'outbox.list': () => ({ code: 'x', userText: 'Not now.' }) });
    page.client.tell('outbox');
    await settled();
    expect(page.text()).toContain('Quote for 40 m');
    expect(page.text()).toContain('Not now.');
  });

  it('tells of each merge that is not over in one line, what needs the person first', async () => {
    const page = await open([], {
      'outbox.list': () => outboxAnswer(one({ kind: 'queued' }), EVERY_MERGE),
      'merges.open': done,
    });
    const lines = [...page.place.querySelectorAll('.draft-open')].map(
      ({ textContent }) => textContent,
    );
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      'Prices 4Needs youMerge: 238 of 240 mails sent, 1 need you, 1 unconfirmed.',
    );
    expect(lines[1]).toMatch(/^A merge that can’t be openedNeeds you.*1 refused/);
    expect(lines[2]).toMatch(/^Prices 2Waiting.*140 waiting.*The last go out/);
    expect(lines[3]).toMatch(/^Prices 3Sending/);
    expect(lines[4]).toMatch(/Paused.*140 paused/);
    const heads = [...page.place.querySelectorAll('h2')].map(({ textContent }) => textContent);
    expect(heads.slice(0, 2)).toEqual(['Needs you 2', 'On its way 4']);
    page.place.querySelector<HTMLElement>('.draft-open')?.click();
    await settled();
    expect(page.client.requests('merges.open')).toEqual([{ id: idOf(404) }]);
  });

  it('tells of merges where there is nothing else, and leads to all where there are many', async () => {
    const [paused] = EVERY_MERGE;
    if (!paused) throw new Error('no merge');
    const many = [1, 2, 3, 4].map((number) => ({ ...paused, id: idOf(number) }));
    const page = await open([], { 'outbox.list': () => outboxAnswer([], many) });
    expect(page.text()).not.toContain('Nothing waits');
    expect(page.place.querySelectorAll('.draft-open')).toHaveLength(3);
    expect(page.button('Show all merges').getAttribute('href')).toBe('/options.html#merges');
  });

  it('writes from the account that was chosen', async () => {
    const page = await open([], {
      'accounts.list': () => accountsAnswer([account(1), account(2)]),
    });
    await click(page.button('Write from sender2@example.com'));
    expect(page.client.requests('compose.new')).toEqual([{ accountId: idOf(2) }]);
  });

  it('does not call for the person where an account may only ask at its next send', async () => {
    const page = await open([], {
      'accounts.list': () =>
        accountsAnswer([
          outlookAccount(1, {
            label: 'Tenders',
            colour: 'clay',
            health: { kind: 'will-ask', why: 'token-ended' },
          }),
        ]),
    });
    expect(page.text()).toContain('Tenders');
    expect(page.text()).toContain('May ask you');
    expect(page.text()).not.toContain('Reconnect');
  });

  it('says why it could not open a window', async () => {
    const page = await open([], {
      'compose.new': () => ({ code: 'storage', userText: 'The disk is full.' }),
    });
    await click(page.button('Write a mail'));
    expect(page.text()).toContain('The disk is full.');
  });
});

describe('mails in the popup', () => {
  it.each([
    ['Try now', 'outbox.retry', { kind: 'retry', notBefore: NOW, reason: 'offline' }],
    ['Try now', 'outbox.retry', { kind: 'refused', code: 'x', detail: '' }],
    ['Edit', 'outbox.edit', { kind: 'queued' }],
    ['Dismiss', 'outbox.dismiss', { kind: 'sent', sentAt: minutesAgo(2) }],
  ] as const)('%s asks for %s', async (words, message, state) => {
    const page = await open(one(state));
    await click(page.button(words === 'Dismiss' ? 'Remove the receipt' : words));
    expect(page.client.requests(message)).toEqual([{ id: ID }]);
  });

  it('open their window when they are taken back', async () => {
    const page = await open(one({ kind: 'queued' }));
    await click(page.button('Edit'));
    expect(page.client.requests('compose.show')).toEqual([{ id: ID }]);
  });

  it('say so when it was too late to take one back', async () => {
    const page = await open(one({ kind: 'queued' }), { 'outbox.edit': () => ({ done: false }) });
    await click(page.button('Edit'));
    expect(page.client.requests('compose.show')).toEqual([]);
    expect(page.text()).toContain('not possible any more');
  });

  it('are never resent without a question where they may have arrived', async () => {
    const page = await open(one({ kind: 'unconfirmed', attemptedAt: minutesAgo(5) }));
    await click(page.button('Send again'));
    expect(page.client.requests('outbox.decide')).toEqual([]);
    expect(page.text()).toContain('there will be two');
    await click(page.button('Send again'));
    expect(page.client.requests('outbox.decide')).toEqual([{ id: ID, decision: 'send-again' }]);
  });

  it('can be said to have arrived with one click', async () => {
    const page = await open(one({ kind: 'unconfirmed', attemptedAt: minutesAgo(5) }));
    await click(page.button('It arrived'));
    expect(page.client.requests('outbox.decide')).toEqual([{ id: ID, decision: 'arrived' }]);
  });

  it('ask the browser for a host in the click itself', async () => {
    const asked: string[][] = [];
    const page = await open(
      one({ kind: 'waiting-for-host', host: 'gmail.googleapis.com' }),
      {},
      {
        hostPermissions: {
          request: (hosts) => {
            asked.push([...hosts]);
            return Promise.resolve(false);
          },
          remove: () => Promise.resolve(true),
        },
      },
    );
    page.button('Allow gmail.googleapis.com').click();
    expect(asked).toEqual([['gmail.googleapis.com']]);
    await settled();
    expect(page.client.requests('outbox.retry')).toEqual([]);
    expect(page.text()).toContain('The mail waits');
  });

  it('ask for the very right that they wait for, and say what came of it', async () => {
    const page = await open(one({ kind: 'waiting-for-right', rung: 'shared-mailbox' }), {
      'accounts.grant-rung': () => ({ kind: 'cancelled' }),
    });
    expect(page.text()).toContain('“Send from shared mailboxes”');
    await click(page.button('Give that right'));
    expect(page.client.requests('accounts.grant-rung')).toEqual([
      { id: idOf(1), rung: 'shared-mailbox' },
    ]);
    expect(page.text()).toContain('The sign-in window was closed');
  });

  it('are discarded only after a question, and the safe answer brings everything back', async () => {
    const page = await open(one({ kind: 'draft', reason: { code: 'x', detail: '' } }));
    await click(page.button('Discard'));
    expect(document.activeElement?.textContent).toBe('No, keep it');
    await click(page.button('No, keep it'));
    expect(page.client.requests('drafts.discard')).toEqual([]);
    expect(page.button('Open')).toBeDefined();
  });

  it('that can’t be opened are named, and are not called empty', async () => {
    const page = await open(
      one({ kind: 'queued' }, { unreadable: 'wrong-key', subject: '', recipients: '' }),
    );
    expect(page.text()).toContain('Needs you');
    expect(page.text()).toContain('wrong-key');
    expect(page.text()).not.toContain('No subject');
  });

  it('do not slow the popup down however many there are', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      mail(index, { kind: 'draft', reason: null }),
    );
    const page = await open(many);
    expect(page.place.querySelectorAll('li').length).toBeLessThan(20);
    const all = page.place.querySelector<HTMLAnchorElement>('a[href="/outbox.html#drafts"]');
    expect(all?.textContent).toBe('Show all 5000');
  });

  it('show how much of a large one has been taken', async () => {
    const page = await open(
      one(
        {
          kind: 'sending',
          attempt: 1,
          startedAt: NOW,
          acknowledgedBytes: 1_310_720,
          settling: false,
        },
        { sizeBytes: 3_400_000 },
      ),
    );
    expect(page.find('progress').getAttribute('aria-valuetext')).toBe('1.3 MB of 3.2 MB');
  });
});
