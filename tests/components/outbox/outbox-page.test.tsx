// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { liveAccounts } from '../../../components/live/mount-page.ts';
import { OutboxPage } from '../../../components/outbox/OutboxPage.tsx';
import type { MailView } from '../../../utils/messaging/messaging.ts';
import { mail } from '../../harness/gallery/sample-records.ts';
import { pagedOutbox } from '../../harness/gallery/outbox-scenes.ts';
import { NO_ANSWER, type Script } from '../../harness/fake-client.ts';
import { click, mount, settled, type Mounted } from '../mount.tsx';

window.scrollTo = () => {};

async function open(mails: readonly MailView[], hash = '', more: Script = {}): Promise<Mounted> {
  location.hash = hash;
  const page = mount((client) => <OutboxPage accounts={liveAccounts(client)} />, {
    ...pagedOutbox(mails),
    ...more,
  });
  await settled();
  await settled();
  return page;
}

const rowsOf = (page: Mounted): HTMLElement[] => [
  ...page.place.querySelectorAll<HTMLElement>('[data-row]'),
];
const queued = (count: number): MailView[] =>
  Array.from({ length: count }, (_, at) => mail(at, { kind: 'queued' }, { subject: `Mail ${at}` }));

afterEach(() => {
  document.body.replaceChildren();
});

describe('the page of the outbox', () => {
  it('opens with what needs the person', async () => {
    const page = await open([
      mail(1, { kind: 'queued' }),
      mail(2, { kind: 'unconfirmed', attemptedAt: 0 }),
    ]);
    expect(page.find('h2').textContent).toBe('Needs you');
    expect(page.text()).toContain('It arrived');
  });

  it('opens with the first part that has anything when nobody is needed', async () => {
    const page = await open(queued(2));
    expect(page.find('h2').textContent).toBe('Waiting');
  });

  it('stays where it opened when the last of it is dealt with, and so does the keyboard', async () => {
    const page = await open([mail(1, { kind: 'unconfirmed', attemptedAt: 0 })]);
    page.button('It arrived').focus();
    page.client.answer(pagedOutbox(queued(1)));
    page.client.tell('outbox');
    await settled();
    expect(page.text()).toContain('Nothing needs you.');
    expect(document.activeElement?.textContent).toContain('Needs you');
  });

  it('says that an answer did not come, and asks again on a press', async () => {
    const page = await open([], '#waiting', { 'outbox.page': () => NO_ANSWER });
    expect(page.find('[role="alert"]').textContent).toContain(NO_ANSWER.userText);
    page.client.answer(pagedOutbox(queued(1)));
    await click(page.button('Try again'));
    expect(page.place.querySelector('[role="alert"]')).toBeNull();
    expect(page.text()).toContain('Mail 0');
  });

  it('opens with the part that its address names', async () => {
    const page = await open(queued(2), '#sent');
    expect(page.find('h2').textContent).toBe('Sent');
    expect(page.text()).toContain('There are no receipts.');
  });

  it('draws of ten thousand mails no more than fit, and asks for no more', async () => {
    const page = await open(queued(10_000), '#waiting');
    expect(rowsOf(page).length).toBeGreaterThan(5);
    expect(rowsOf(page).length).toBeLessThan(40);
    const asked = page.client.requests('outbox.page').filter(({ group }) => group === 'waiting');
    expect(asked.reduce((sum, { limit }) => sum + limit, 0)).toBeLessThanOrEqual(60);
  });

  it('says of each row which it is, and of how many', async () => {
    const page = await open(queued(10_000), '#waiting');
    const [first, second] = rowsOf(page);
    expect(first?.getAttribute('aria-setsize')).toBe('10000');
    expect([first, second].map((row) => row?.getAttribute('aria-posinset'))).toEqual(['1', '2']);
    expect(first?.parentElement?.tagName).toBe('UL');
  });

  it('keeps the focus on a mail that moves, and gives it to the list when the mail leaves', async () => {
    const mails = queued(3);
    const page = await open(mails, '#waiting');
    const button = page.button('Edit: Mail 2');
    button.focus();
    page.client.answer(pagedOutbox(mails.slice(1)));
    page.client.tell('outbox');
    await settled();
    expect(document.activeElement).toBe(button);
    page.client.answer(pagedOutbox(mails.slice(0, 1)));
    page.client.tell('outbox');
    await settled();
    expect(document.activeElement).toBe(page.find('ul.long-list'));
  });

  it('draws the rows after the one that has the focus at once, wherever it is scrolled to', async () => {
    const page = await open(queued(100), '#waiting');
    for (let press = 0; press < 3; press += 1) {
      const last = rowsOf(page).at(-1);
      last?.querySelector('button')?.focus();
      await settled();
      expect(Number(rowsOf(page).at(-1)?.dataset['row'])).toBe(Number(last?.dataset['row']) + 4);
    }
  });

  it('lets a row that is still coming have the focus, and hands it to the mail that comes', async () => {
    const mails = queued(100);
    const whole = pagedOutbox(mails);
    const page = await open(mails, '#waiting', {
      'outbox.page': async (request) => {
        const answer = await whole['outbox.page']?.(request);
        if (!answer || !('mails' in answer)) throw new Error('no page');
        return { ...answer, mails: answer.mails.slice(0, 5) };
      },
    });
    page.find('[data-row="6"]').focus();
    expect(document.activeElement).toBe(page.find('[data-row="6"]'));
    page.client.answer(whole);
    page.client.tell('outbox');
    await settled();
    await settled();
    expect(page.find('[data-row="6"]').contains(document.activeElement)).toBe(true);
    expect(document.activeElement?.tagName).toBe('BUTTON');
  });

  it('shows nothing of what it showed when the lock falls', async () => {
    const page = await open(queued(3), '#waiting');
    const locked = { code: 'locked', userText: 'Postern is locked.' };
    page.client.answer({
      'outbox.page': () => locked,
      'accounts.list': () => locked,
      'lock.status': () => locked,
    });
    page.client.tell('lock');
    await settled();
    expect(page.text()).not.toContain('Mail 1');
  });

  it('keeps in sight what it showed when asking again fails, and says so', async () => {
    const page = await open(queued(3), '#waiting');
    page.client.answer({ 'outbox.page': () => ({ code: 'x', userText: 'Not now.' }) });
    page.client.tell('outbox');
    await settled();
    expect(page.text()).toContain('Not now.');
    expect(page.text()).toContain('Mail 1');
  });
});
