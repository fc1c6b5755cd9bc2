// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ComposePage } from '../../../components/compose/ComposePage.tsx';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import type { Tools } from '../../../components/live/tools.ts';
import type { MailState, MailView } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../../harness/fake-client.ts';
import {
  account,
  accountsAnswer,
  draft,
  idOf,
  outlookAccount,
  mail,
  NOW,
} from '../../harness/gallery/sample-records.ts';
import { click, key, mount, settled, write, type Mounted } from '../mount.tsx';

const ID = idOf(200);

function script(more: Script = {}): Script {
  return {
    'accounts.list': () => accountsAnswer([account(1)]),
    'drafts.open': () => draft(),
    'drafts.save': ({ revision }) => ({ kind: 'saved', revision: revision + 1 }),
    'drafts.discard': () => ({ done: true }),
    'outbox.send': () => ({ kind: 'queued' }),
    'outbox.show': () => null,
    ...more,
  };
}

let page: Mounted | null = null;
afterEach(() => {
  page?.unmount();
  page = null;
});

async function open(more: Script = {}, tools: Partial<Tools> = {}): Promise<Mounted> {
  const opened = mount(
    (client) => (
      <ComposePage
        draftId={ID}
        accounts={createLiveAnswer(client, {
          name: 'accounts.list',
          request: {},
          changes: ['accounts'],
        })}
      />
    ),
    script(more),
    tools,
  );
  page = opened;
  await settled();
  return opened;
}

const inOutbox = (state: MailState, more: Partial<MailView> = {}): Script => ({
  'drafts.open': () => null,
  'outbox.show': () => mail(100, state, { id: ID, ...more }),
});

const asked = (from: Mounted): string[] => from.client.asked.map(({ name }) => name);

describe('sending', () => {
  it('stores what is in the window before it is queued', async () => {
    const opened = await open({
      'outbox.show': () => mail(100, { kind: 'queued' }, { id: ID }),
    });
    await write(opened.find('#text'), 'Changed at the last moment');
    await click(opened.button('Send'));
    const names = asked(opened);
    expect(names.indexOf('drafts.save')).toBeLessThan(names.indexOf('outbox.send'));
    expect(opened.client.requests('drafts.save').at(-1)?.content.text).toBe(
      'Changed at the last moment',
    );
    expect(opened.text()).toContain('Queued');
  });

  it('is done by Ctrl+Enter, with the recipient that was just typed', async () => {
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, to: [] } }),
    });
    await write(opened.find('#to'), 'ruth@example.org');
    await key('Enter', { ctrlKey: true });
    expect(opened.client.requests('drafts.save').at(-1)?.content.to).toEqual([
      { name: '', address: 'ruth@example.org' },
    ]);
    expect(asked(opened)).toContain('outbox.send');
  });

  it('never sends what could not be stored', async () => {
    const opened = await open({
      'drafts.save': () => ({ code: 'storage-full', userText: 'Full.' }),
    });
    await write(opened.find('#text'), 'precious');
    await click(opened.button('Send'));
    expect(asked(opened)).not.toContain('outbox.send');
    expect(opened.text()).toContain('This mail is not saved.');
    expect(opened.value('#text')).toBe('precious');
  });

  it('takes what was copied from cells and slides as one line, in the subject and in names', async () => {
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, to: [] } }),
    });
    await write(opened.find('#to'), 'Ann\u000bLee <ann@example.org>');
    await write(opened.find('#subject'), 'Offer\t2026\u000bfence');
    expect(opened.value('#subject')).toBe('Offer 2026 fence');
    await key('Enter', { ctrlKey: true });
    const sent = opened.client.requests('drafts.save').at(-1)?.content;
    expect(sent?.to).toEqual([{ name: 'Ann Lee', address: 'ann@example.org' }]);
    expect(sent?.subject).toBe('Offer 2026 fence');
    expect(asked(opened)).toContain('outbox.send');
  });

  it('says of what is wrong where it is', async () => {
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, subject: 'a\u0000b' } }),
    });
    await click(opened.button('Send'));
    expect(opened.text()).toContain('Subject: There is a line break or control character in it.');
    expect(asked(opened)).not.toContain('outbox.send');
  });

  it('sends once, however often it is pressed', async () => {
    const opened = await open();
    const send = opened.button('Send');
    send.click();
    send.click();
    await settled();
    expect(opened.client.requests('outbox.send')).toHaveLength(1);
  });

  it('stops at a wrong address and puts the cursor there', async () => {
    const opened = await open({
      'drafts.open': () =>
        draft({ content: { ...draft().content, cc: [{ name: '', address: 'ruth@' }] } }),
    });
    await click(opened.button('Send'));
    expect(asked(opened)).not.toContain('outbox.send');
    expect(document.activeElement?.id).toBe('cc');
  });

  it('says where somebody to write to is missing', async () => {
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, to: [] } }),
    });
    await click(opened.button('Send'));
    expect(opened.find('#to-notes').textContent).toBe('Add somebody to write to.');
    expect(document.activeElement?.id).toBe('to');
    await write(opened.find('#to'), 'ruth@example.org,');
    expect(opened.place.querySelector('#to-notes')).toBeNull();
  });

  it.each([
    [
      { kind: 'too-large', sizeBytes: 41_000_000, limitBytes: 36_700_160, helpfulRung: null },
      '39.1 MB',
    ],
    [{ kind: 'too-many-recipients', count: 600, limit: 500 }, '600 recipients'],
    [{ kind: 'no-account' }, 'Link an account'],
    [{ kind: 'problems', problems: ['to: bad-address'] }, 'To: An address can’t be right.'],
    [{ kind: 'gone' }, 'If its text is still in this window, copy what you need.'],
  ] as const)('shows in place why it was not queued: %o', async (outcome, words) => {
    const opened = await open({ 'outbox.send': () => outcome });
    await click(opened.button('Send'));
    expect(opened.text()).toContain(words);
    expect(opened.value('#text')).toContain('Dear Ann');
    expect(opened.find('fieldset')).toHaveProperty('disabled', false);
  });

  it('gives the focus back when it was refused', async () => {
    const opened = await open({ 'outbox.send': () => ({ kind: 'gone' }) });
    opened.find('#text').focus();
    await key('Enter', { ctrlKey: true });
    expect(document.activeElement?.id).toBe('text');
  });
});

describe('what was written', () => {
  it('is stored when the window is hidden', async () => {
    const opened = await open();
    await write(opened.find('#subject'), 'Hidden');
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await settled();
    vi.restoreAllMocks();
    expect(opened.client.requests('drafts.save').at(-1)?.content.subject).toBe('Hidden');
  });

  it('is stored when the window goes away, without a question', async () => {
    const opened = await open();
    await write(opened.find('#subject'), 'Gone');
    const leaving = new Event('beforeunload', { cancelable: true });
    globalThis.dispatchEvent(leaving);
    globalThis.dispatchEvent(new Event('pagehide'));
    expect(leaving.defaultPrevented).toBe(false);
    expect(opened.client.requests('drafts.save').at(-1)?.content.subject).toBe('Gone');
  });

  it.each([
    { code: 'x', userText: 'No.' },
    { kind: 'conflict', revision: 9 },
    { kind: 'not-a-draft' },
  ] as const)('is asked about only when it could not be stored: %o', async (outcome) => {
    const opened = await open({ 'drafts.save': () => outcome });
    await write(opened.find('#text'), 'precious');
    await click(opened.button('Send'));
    const leaving = new Event('beforeunload', { cancelable: true });
    globalThis.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);
  });
});

describe('while the browser stores nothing', () => {
  it.each([
    'storage-full',
    // Refused, or the database was closed by the browser.
    'storage',
    'no-answer',
  ])('what is written stays, and is said not to be saved: %s', async (code) => {
    const opened = await open({ 'drafts.save': () => ({ code, userText: `It says ${code}.` }) });
    await write(opened.find('#subject'), 'Plans');
    await write(opened.find('#text'), 'precious');
    await click(opened.button('Send'));
    expect(opened.text()).toContain('This mail is not saved.');
    expect(opened.text()).toContain(`It says ${code}.`);
    expect(opened.text()).toContain('What you wrote is still in this window');
    expect([opened.value('#subject'), opened.value('#text')]).toEqual(['Plans', 'precious']);
    // It goes on: what comes after is kept as well, and all of it is stored when that works again.
    await write(opened.find('#text'), 'precious, and more');
    opened.client.answer(script());
    await click(opened.button('Save now'));
    expect(opened.text()).not.toContain('This mail is not saved.');
    expect(opened.client.requests('drafts.save').at(-1)?.content).toMatchObject({
      subject: 'Plans',
      text: 'precious, and more',
    });
  });
});

describe('a draft that is not stored any more', () => {
  it('can be kept as a new one, with all that stands in the window', async () => {
    const opened = await open({
      'drafts.save': () => ({ kind: 'not-a-draft' }),
      'compose.new': () => ({ done: true }),
    });
    await write(opened.find('#text'), 'Mine');
    await click(opened.button('Send'));
    expect(asked(opened)).not.toContain('outbox.send');
    await click(opened.button('Keep it as a new draft'));
    const [kept] = opened.client.requests('compose.new');
    expect(kept?.content).toMatchObject({ text: 'Mine', to: draft().content.to });
  });
});

describe('two windows with one mail', () => {
  const theirs = draft({ content: { ...draft().content, text: 'Theirs' }, revision: 9 });

  async function inConflict(): Promise<Mounted> {
    const opened = await open({ 'drafts.save': () => ({ kind: 'conflict', revision: 9 }) });
    await write(opened.find('#text'), 'Mine');
    await click(opened.button('Send'));
    expect(asked(opened)).not.toContain('outbox.send');
    opened.client.answer({
      'drafts.open': () => theirs,
      'drafts.save': ({ revision }) => ({ kind: 'saved', revision: revision + 1 }),
    });
    return opened;
  }
  const textOf = (opened: Mounted): string => opened.value('#text');

  it('can keep this one, and the other can be brought back', async () => {
    const opened = await inConflict();
    await click(opened.button('Keep this one'));
    expect(textOf(opened)).toBe('Mine');
    expect(opened.client.requests('drafts.save').at(-1)).toMatchObject({ revision: 9 });
    await click(opened.button('Swap them'));
    expect(textOf(opened)).toBe('Theirs');
  });

  it('can take the other, and this one can be brought back', async () => {
    const opened = await inConflict();
    await click(opened.button('Take the other'));
    expect(textOf(opened)).toBe('Theirs');
    await click(opened.button('Swap them'));
    expect(textOf(opened)).toBe('Mine');
  });

  it('can keep both texts', async () => {
    const opened = await inConflict();
    await click(opened.button('Keep both texts'));
    expect(textOf(opened)).toContain('Mine');
    expect(textOf(opened)).toContain('Theirs');
    expect(opened.client.requests('drafts.save').at(-1)?.content.text).toBe(textOf(opened));
  });
});

describe('a mail that is no draft any more', () => {
  it('is followed instead of written', async () => {
    const opened = await open(
      inOutbox({ kind: 'sent', sentAt: NOW }, { subject: '', recipients: '' }),
    );
    expect(opened.text()).toContain('It was sent at 14:05.');
    expect(opened.place.querySelector('#text')).toBeNull();
  });

  it('is said to be gone when nothing is known of it', async () => {
    const opened = await open({ 'drafts.open': () => null });
    expect(opened.text()).toContain('not here any more');
  });

  it('is not called queued when the outbox does not hold it', async () => {
    const opened = await open();
    await click(opened.button('Send'));
    expect(opened.text()).toContain('Not in the outbox');
    expect(opened.text()).not.toContain('Queued');
  });

  it('changes with what the worker tells', async () => {
    const opened = await open(inOutbox({ kind: 'queued' }));
    expect(opened.text()).toContain('Queued');
    opened.client.answer(inOutbox({ kind: 'sent', sentAt: NOW }));
    opened.client.tell('outbox');
    await settled();
    expect(opened.text()).toContain('Sent');
  });

  it('is opened for writing again when it came back', async () => {
    const opened = await open(inOutbox({ kind: 'queued' }));
    const reason = { code: 'invalidArgument', detail: '' };
    opened.client.answer({
      ...inOutbox({ kind: 'draft', reason }),
      'drafts.open': () => draft({ rejection: reason }),
    });
    opened.client.tell('outbox');
    await vi.waitFor(() => expect(opened.text()).toContain('It was not sent.'));
    expect(opened.value('#text')).toContain('Dear Ann');
  });

  it('asks the browser about a host in the click itself', async () => {
    const hosts: string[][] = [];
    const opened = await open(
      {
        ...inOutbox({ kind: 'waiting-for-host', host: 'gmail.googleapis.com' }),
        'outbox.retry': () => ({ done: true }),
      },
      {
        hostPermissions: {
          request: (wanted) => {
            hosts.push([...wanted]);
            return Promise.resolve(true);
          },
          remove: () => Promise.resolve(true),
        },
      },
    );
    opened.button('Allow gmail.googleapis.com').click();
    expect(hosts).toEqual([['gmail.googleapis.com']]);
    await settled();
    expect(asked(opened)).toContain('outbox.retry');
  });
});

describe('without an account', () => {
  const alone: Script = { 'accounts.list': () => accountsAnswer([]) };

  it('keeps what is written and leads to the settings', async () => {
    const opened = await open({ ...alone, 'drafts.open': () => draft({ accountId: null }) });
    expect(opened.button('Link an account').getAttribute('href')).toBe('/options.html#accounts');
    await write(opened.find('#text'), 'Still here');
    opened.client.answer({ 'accounts.list': () => accountsAnswer([account(1)]) });
    opened.client.tell('accounts');
    await vi.waitFor(() => expect(opened.value('#from')).toBe(idOf(1)));
    expect(opened.value('#text')).toBe('Still here');
    await click(opened.button('Send'));
    expect(opened.client.requests('drafts.save').at(-1)).toMatchObject({ accountId: idOf(1) });
  });
});

describe('the sender', () => {
  const otherSenders = [{ kind: 'alias' as const, name: 'Sales', address: 'sales@example.com' }];

  it.each([
    ['an alias', `${idOf(1)} sales@example.com`, null, 'sales@example.com'],
    ['the account’s own address again', idOf(1), 'sales@example.com', null],
  ] as const)('can be %s', async (_, value, before, after) => {
    const opened = await open({
      'accounts.list': () => accountsAnswer([account(1, { otherSenders })]),
      'drafts.open': () => draft({ content: { ...draft().content, fromAlias: before } }),
    });
    expect(opened.text()).toContain('Sales <sales@example.com>');
    const select = opened.find('#from') as HTMLSelectElement;
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    await click(opened.button('Send'));
    expect(opened.client.requests('drafts.save').at(-1)).toMatchObject({
      accountId: idOf(1),
      content: { fromAlias: after },
    });
  });

  it('shows its provider, and the colour and label by which the person knows it', async () => {
    const work = outlookAccount(1, { label: 'Tenders', colour: 'clay' });
    const opened = await open({ 'accounts.list': () => accountsAnswer([work]) });
    expect(opened.find('.from-body img').getAttribute('alt')).toBe('Outlook');
    expect(opened.find('.from-body .colour-clay').getAttribute('aria-hidden')).toBe('true');
    expect(opened.find('optgroup').getAttribute('label')).toBe('Tenders (Outlook)');
  });

  it('that is a shared mailbox is called one, and its missing right can be given there', async () => {
    const office = {
      kind: 'shared-mailbox' as const,
      name: 'Office',
      address: 'office@example.com',
    };
    const work = outlookAccount(1, { otherSenders: [office] });
    const opened = await open({
      'accounts.list': () => accountsAnswer([work]),
      'drafts.open': () => draft({ content: { ...draft().content, fromAlias: office.address } }),
      'accounts.grant-rung': () => ({ kind: 'cancelled' }),
    });
    expect(opened.text()).toContain('Office <office@example.com> – shared, right missing');
    expect(opened.text()).toContain('To send from a shared mailbox takes the right');
    await click(opened.button('Give this right'));
    expect(opened.client.requests('accounts.grant-rung')).toEqual([
      { id: work.id, rung: 'shared-mailbox' },
    ]);
    expect(opened.text()).toContain('The sign-in window was closed');
    const given = { ...work, grantedRungs: ['send' as const, 'shared-mailbox' as const] };
    opened.client.answer({ 'accounts.list': () => accountsAnswer([given]) });
    opened.client.tell('accounts');
    await settled();
    expect(opened.text()).not.toContain('takes the right');
    expect(opened.text()).toContain('Office <office@example.com> – shared mailbox');
  });

  it('asks for no right while the account’s own address is chosen', async () => {
    const office = { kind: 'shared-mailbox' as const, name: '', address: 'office@example.com' };
    const work = outlookAccount(1, { otherSenders: [office] });
    const opened = await open({ 'accounts.list': () => accountsAnswer([work]) });
    expect(opened.text()).not.toContain('takes the right');
  });

  it('that the account no longer has is shown, and not replaced', async () => {
    const gone = 'gone@example.com';
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, fromAlias: gone } }),
    });
    expect(opened.value('#from')).toBe(`${idOf(1)} ${gone}`);
    expect(opened.text()).toContain('no longer has');
  });
});

describe('recipients that a page named', () => {
  it('are shown, in Cc and Bcc too', async () => {
    const opened = await open({
      'drafts.open': () =>
        draft({ content: { ...draft().content, bcc: [{ name: '', address: 'crm@example.com' }] } }),
    });
    expect(opened.find('.chips[aria-label^="Bcc"]').textContent).toContain('crm@example.com');
  });

  it('are offered one by one, and never offered twice', async () => {
    const opened = await open({
      'drafts.open': () =>
        draft({
          suggestions: [
            ...draft().content.to.map((one) => ({ ...one, doubts: [] })),
            { name: 'Ruth', address: 'ruth@example.org', doubts: ['shown-differently'] },
          ],
        }),
    });
    expect(opened.place.querySelectorAll('.chip-found')).toHaveLength(1);
    expect(opened.find('.chip-found').textContent).toContain('shown differently on the page');
    await click(opened.button('Add Ruth'));
    expect(opened.place.querySelectorAll('.chip-found')).toHaveLength(0);
    expect(opened.find('.chips').textContent).toContain('ruth@example.org');
  });
});

describe('a window that was opened without a mail', () => {
  const bare = (script: Script, close: () => void): Mounted =>
    (page = mount(
      (client) => (
        <ComposePage
          draftId={null}
          accounts={createLiveAnswer(client, {
            name: 'accounts.list',
            request: {},
            changes: ['accounts'],
          })}
        />
      ),
      script,
      { close },
    ));

  it('makes a new one in a window of its own, and goes', async () => {
    const close = vi.fn();
    const opened = bare(script({ 'compose.new': () => ({ done: true }) }), close);
    await settled();
    expect(opened.client.requests('compose.new')).toEqual([{ accountId: null }]);
    expect(close).toHaveBeenCalledOnce();
  });

  it('stays and says why when that failed', async () => {
    const close = vi.fn();
    const opened = bare(
      script({ 'compose.new': () => ({ code: 'storage', userText: 'The disk is full.' }) }),
      close,
    );
    await settled();
    expect(opened.text()).toContain('The disk is full.');
    expect(close).not.toHaveBeenCalled();
  });
});

describe('discarding', () => {
  it('asks first, with the safe answer under the keyboard', async () => {
    const close = vi.fn();
    const opened = await open({}, { close });
    await click(opened.button('Discard'));
    expect(document.activeElement?.textContent).toBe('Keep it');
    expect(asked(opened)).not.toContain('drafts.discard');
    await click(opened.button('Discard it'));
    expect(asked(opened)).toContain('drafts.discard');
    expect(close).toHaveBeenCalledOnce();
  });
});
