// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import { OptionsPage } from '../../../components/options/OptionsPage.tsx';
import type { AccountView, AnswerOf, NeedsAdmin } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../../harness/fake-client.ts';
import {
  account,
  accountsAnswer,
  CLIENT,
  GMAIL,
  idOf,
  NO_CLIENTS,
  OUTLOOK,
  OUTLOOK_CLIENT,
  outlookAccount,
} from '../../harness/gallery/sample-records.ts';
import { click, mount, settled, write, type Mounted } from '../mount.tsx';

const done = (): { done: boolean } => ({ done: true });

const NEEDS_ADMIN: NeedsAdmin = {
  kind: 'needs-admin',
  code: 'AADSTS90094',
  clientId: OUTLOOK_CLIENT.clientId,
  tenant: 'langley.example',
  scopes: ['User.Read', 'Mail.Send'],
  link: 'https://login.microsoftonline.com/langley.example/adminconsent?client_id=x',
};

function answer(
  accounts: readonly AccountView[],
  more: Partial<AnswerOf<'accounts.list'>> = {},
): AnswerOf<'accounts.list'> {
  const clients = [CLIENT, OUTLOOK_CLIENT];
  return accountsAnswer(accounts, { providers: [GMAIL, OUTLOOK], clients, ...more });
}

async function open(
  accounts: readonly AccountView[],
  more: Script = {},
  hash = '#accounts',
): Promise<Mounted> {
  location.hash = hash;
  const page = mount(
    (client) => (
      <OptionsPage
        accounts={createLiveAnswer(client, {
          name: 'accounts.list',
          request: {},
          changes: ['accounts'],
        })}
        privacyStatement="## Promises"
      />
    ),
    { 'accounts.list': () => answer(accounts), ...more },
  );
  await settled();
  return page;
}

beforeEach(() => {
  location.hash = '';
});

describe('several accounts', () => {
  const [one, two, three] = [
    account(1, { label: 'Office', colour: 'moss' }),
    outlookAccount(2),
    outlookAccount(3),
  ];

  it('are told apart by label, address and provider, never by colour alone', async () => {
    const page = await open([one, two]);
    expect(page.find(`#account-${one.id}`).textContent).toBe('Office');
    expect(page.text()).toContain('sender1@example.com · Gmail · default sender');
    expect(page.text()).toContain('Outlook, work or school account');
    expect(page.find('.colour-moss').getAttribute('aria-hidden')).toBe('true');
  });

  it('are moved by buttons, and the focus stays with the one that was moved', async () => {
    const page = await open([one, two, three], { 'accounts.reorder': done });
    const button = page.button('Move Office down');
    button.focus();
    await click(button);
    expect(page.client.requests('accounts.reorder')).toEqual([{ ids: [two.id, one.id, three.id] }]);
    page.client.answer({ 'accounts.list': () => answer([two, one, three]) });
    page.client.tell('accounts');
    await settled();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Office down');
    expect(page.text()).toContain('Office is number 2 of 3.');
  });

  it('are not moved past an end', async () => {
    const page = await open([one, two], { 'accounts.reorder': done });
    await click(page.button('Move Office up'));
    expect(page.client.requests('accounts.reorder')).toEqual([]);
  });
});

describe('the ladder', () => {
  const work = outlookAccount(1);
  const given = outlookAccount(1, { grantedRungs: ['send', 'drafts'] });

  it('offers what this build can do something with, and nothing else', async () => {
    const page = await open([work]);
    await click(page.button('Rights'));
    expect(page.text()).toContain('Write drafts into your mailbox');
    expect(page.text()).not.toContain('Read your mail');
    expect(page.text()).toContain('Mail.ReadWrite');
    expect(page.text()).toContain('read, change and delete the mails in this mailbox');
  });

  it('shows a right that was given before, also where nothing is done with it', async () => {
    const page = await open([outlookAccount(1, { grantedRungs: ['send', 'read'] })]);
    await click(page.button('Rights'));
    expect(page.button('Give this right back: Read your mail')).toBeDefined();
  });

  it('asks for one right, and says what was left unticked', async () => {
    const page = await open([work], {
      'accounts.grant-rung': () => ({
        kind: 'partly',
        rung: 'drafts',
        missing: ['Mail.ReadWrite'],
      }),
    });
    await click(page.button('Rights'));
    await click(page.button('Give this right'));
    expect(page.client.requests('accounts.grant-rung')).toEqual([{ id: work.id, rung: 'drafts' }]);
    expect(page.find('[role="alert"]').textContent).toContain('Mail.ReadWrite is missing');
  });

  it('says of the right to send that its box was left unticked', async () => {
    const page = await open([account(1, { grantedRungs: [] })]);
    await click(page.button('Rights'));
    expect(page.text()).toContain('You left its box unticked');
  });

  it('says of the right to send of a revoked account that it is not given any more', async () => {
    const health = { kind: 'needs-sign-in', why: 'no_grant' } as const;
    const page = await open([outlookAccount(1, { grantedRungs: [], health })]);
    await click(page.button('Rights, step by step'));
    expect(page.text()).toContain('Not given any more');
    expect(page.text()).not.toContain('unticked');
  });

  it('steps down after a question that says what it means, and keeps the other rights', async () => {
    const page = await open([given], {
      'accounts.step-down': () => ({
        kind: 'stepped-down',
        revoked: { kind: 'local-only', consentPage: OUTLOOK.consentPage, why: 'no-such-call' },
        account: work,
        lostRungs: [],
      }),
    });
    await click(page.button('Rights'));
    await click(page.button('Give this right back'));
    expect(page.client.requests('accounts.step-down')).toEqual([]);
    expect(page.text()).toContain('wipes the sign-in from this device');
    expect(page.text()).toContain('take it back first');
    expect(page.text()).toContain('no call with which an app withdraws a consent');
    await click(page.button('Wipe and link again'));
    expect(page.client.requests('accounts.step-down')).toEqual([{ id: work.id, keep: ['send'] }]);
    expect(page.button('Open the provider’s page').getAttribute('href')).toBe(OUTLOOK.consentPage);
    // Said once, and the keyboard is where the question was.
    expect(page.place.querySelectorAll('.notice')).toHaveLength(1);
    expect(document.activeElement?.getAttribute('aria-label')).toContain('Give this right');
  });
});

describe('an administrator’s approval', () => {
  it('is asked for by a text that can be copied whole, with its link', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    const page = await open([outlookAccount(1, { health: NEEDS_ADMIN })]);
    expect(page.text()).toContain('Needs an administrator');
    await click(page.button('Copy this text'));
    const [text = ''] = writeText.mock.calls[0] ?? [];
    expect(text).toContain(NEEDS_ADMIN.link);
    expect(text).toContain(NEEDS_ADMIN.clientId);
    expect(page.text()).toContain('Copied');
  });
});

describe('other addresses to send from', () => {
  const info = { kind: 'alias' as const, name: 'Info', address: 'info@example.com' };
  const work = outlookAccount(1, { otherSenders: [info] });

  it('are added and removed by hand, and a line without anything is none', async () => {
    const page = await open([work], {
      'accounts.set-other-senders': ({ senders }) => ({ kind: 'saved', otherSenders: senders }),
    });
    await click(page.button('Other addresses'));
    await click(page.button('Add an address'));
    expect(document.activeElement?.id).toBe(`sender-${idOf(1)}-1-name`);
    await write(page.find(`#sender-${idOf(1)}-1-address`), 'sales@example.com');
    await click(page.button('Add an address'));
    await click(page.button('Remove info@example.com'));
    await click(page.button('Save'));
    expect(page.client.requests('accounts.set-other-senders')).toEqual([
      { id: idOf(1), senders: [{ kind: 'alias', name: '', address: 'sales@example.com' }] },
    ]);
    expect(page.text()).toContain('Noted.');
  });

  it('say what is wrong with them in its place, and keep what was typed', async () => {
    const page = await open([work], {
      'accounts.set-other-senders': () => ({
        kind: 'problems',
        problems: [{ index: 1, what: 'address' }],
      }),
    });
    await click(page.button('Other addresses'));
    await click(page.button('Add an address'));
    const field = page.find(`#sender-${idOf(1)}-1-address`);
    await write(field, 'sales at example');
    await click(page.button('Save'));
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const wrong = page.find(`#${field.getAttribute('aria-describedby') ?? ''}`);
    expect(wrong.textContent).toContain('not an address');
    expect(page.value(`#sender-${idOf(1)}-1-address`)).toBe('sales at example');
    await write(field, 'sales@example.com');
    expect(field.getAttribute('aria-invalid')).toBe('false');
  });

  it('stay as they were typed when their part is closed and opened again', async () => {
    const page = await open([work]);
    await click(page.button('Other addresses'));
    await write(page.find(`#sender-${idOf(1)}-0-name`), 'Information');
    await click(page.button('Other addresses'));
    expect(page.find('.fold-body').hidden).toBe(true);
    await click(page.button('Other addresses'));
    expect(page.value(`#sender-${idOf(1)}-0-name`)).toBe('Information');
  });
});

describe('a shared mailbox', () => {
  const office = { kind: 'shared-mailbox' as const, name: 'Office', address: 'office@example.com' };
  const work = outlookAccount(1, { otherSenders: [office] });

  it('is told from an alias by the person', async () => {
    const page = await open([outlookAccount(1)], {
      'accounts.set-other-senders': ({ senders }) => ({ kind: 'saved', otherSenders: senders }),
    });
    await click(page.button('Other addresses'));
    expect(page.text()).toContain('Send on behalf');
    await click(page.button('Add an address'));
    await write(page.find(`#sender-${idOf(1)}-0-address`), office.address);
    const kind = page.find(`#sender-${idOf(1)}-0-kind`) as HTMLSelectElement;
    expect(kind.value).toBe('alias');
    kind.value = 'shared-mailbox';
    kind.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    await click(page.button('Save'));
    expect(page.client.requests('accounts.set-other-senders')).toEqual([
      { id: idOf(1), senders: [{ ...office, name: '' }] },
    ]);
  });

  it('brings the step to its right, with what it unlocks, allows and does', async () => {
    const page = await open([work], {
      'accounts.grant-rung': () => ({
        kind: 'granted',
        rung: 'shared-mailbox',
        account: outlookAccount(1, { grantedRungs: ['send', 'shared-mailbox'] }),
      }),
    });
    await click(page.button('Other addresses'));
    const box = page.find('.give-right');
    expect(box.textContent).toContain('To send from a shared mailbox takes the right');
    expect(box.textContent).toContain('It unlocks: Sending from shared mailboxes');
    expect(box.textContent).toContain('With it Postern could send from every mailbox');
    expect(box.textContent).toContain('from no other');
    await click(page.button('Give this right: Send from shared mailboxes'));
    expect(page.client.requests('accounts.grant-rung')).toEqual([
      { id: work.id, rung: 'shared-mailbox' },
    ]);
    const given = outlookAccount(1, {
      otherSenders: [office],
      grantedRungs: ['send', 'shared-mailbox'],
    });
    page.client.answer({ 'accounts.list': () => answer([given]) });
    page.client.tell('accounts');
    await settled();
    expect(page.place.querySelector('.give-right')).toBeNull();
  });

  it('is offered to nobody who can have none', async () => {
    for (const none of [account(1), outlookAccount(1, { accountType: 'personal' })]) {
      const page = await open([none]);
      await click(page.button('Other addresses'));
      await click(page.button('Add an address'));
      expect(page.place.querySelector(`#sender-${idOf(1)}-0-kind`)).toBeNull();
      expect(page.text()).not.toContain('shared mailbox');
      await click(page.button('Rights'));
      expect(page.text()).not.toContain('Send from shared mailboxes');
      page.unmount();
    }
  });

  it('that such an account can’t have is said to be wrong in its place', async () => {
    const page = await open([work], {
      'accounts.set-other-senders': () => ({
        kind: 'problems',
        problems: [{ index: 0, what: 'kind' }],
      }),
    });
    await click(page.button('Other addresses'));
    await click(page.button('Save'));
    const field = page.find(`#sender-${idOf(1)}-0-kind`);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(page.text()).toContain('only accounts of work or school have');
  });
});

describe('label and colour', () => {
  it('are noted together', async () => {
    const page = await open([outlookAccount(1)], { 'accounts.describe': done });
    await click(page.button('Label and colour'));
    await write(page.find(`#label-${idOf(1)}`), ' Tenders ');
    const plum = [...page.place.querySelectorAll('label')].find(
      (one) => one.textContent === 'Plum',
    );
    await click(plum ?? page.place);
    await click(page.button('Save label and colour'));
    expect(page.client.requests('accounts.describe')).toEqual([
      { id: idOf(1), label: 'Tenders', colour: 'plum' },
    ]);
  });
});

describe('the first account', () => {
  it('asks where the mailbox is before it asks for anything else', async () => {
    const page = await open([], { 'accounts.list': () => answer([], { clients: NO_CLIENTS }) });
    expect(() => page.button('Link')).toThrow();
    const [, outlook] = page.place.querySelectorAll<HTMLInputElement>('input[name="provider"]');
    await click(outlook ?? page.place);
    expect(page.button('Set up a client for Outlook').getAttribute('href')).toBe('#client/outlook');
  });

  it('is one click away where the address names the provider and there is a client', async () => {
    const page = await open([], { 'accounts.link': () => NEEDS_ADMIN }, '#accounts/outlook');
    await click(page.button('Link Outlook'));
    expect(page.client.requests('accounts.link')).toEqual([{ providerId: 'outlook' }]);
    expect(page.value('#ask-link-outlook')).toContain(NEEDS_ADMIN.link ?? '-');
  });
});

describe('a client with a choice of whose accounts may sign in', () => {
  const choose = async (page: Mounted, value: string): Promise<void> => {
    const select = page.find('#outlook-tenant');
    if (!(select instanceof HTMLSelectElement)) throw new Error('not a select');
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
  };
  const none: Script = {
    'accounts.list': () =>
      answer([], { clients: NO_CLIENTS.map((one) => ({ ...one, tenant: null })) }),
    'clients.save': () => ({ kind: 'saved' }),
  };

  it('begins with what the provider declares, and saves it', async () => {
    const page = await open([], none, '#client/outlook');
    expect(page.value('#outlook-tenant')).toBe('common');
    await write(page.find('#outlook-clientId'), OUTLOOK_CLIENT.clientId);
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toEqual([
      {
        providerId: 'outlook',
        clientId: OUTLOOK_CLIENT.clientId,
        clientSecret: null,
        tenant: 'common',
      },
    ]);
  });

  it('takes one organisation by its name, and does not save without it', async () => {
    const page = await open([], none, '#client/outlook');
    await write(page.find('#outlook-clientId'), OUTLOOK_CLIENT.clientId);
    await choose(page, 'other');
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toEqual([]);
    expect(page.text()).toContain('Who may sign in is missing.');
    await write(page.find('[aria-label="Who may sign in: ID or domain"]'), 'bletchley.example');
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toMatchObject([{ tenant: 'bletchley.example' }]);
  });

  it('asks about an id that is no GUID, until it is put right', async () => {
    const page = await open([], none, '#client/outlook');
    await write(page.find('#outlook-clientId'), 'not-a-client');
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toEqual([]);
    expect(page.text()).toContain('Nothing was saved');
    await write(page.find('#outlook-clientId'), OUTLOOK_CLIENT.clientId.toUpperCase());
    expect(page.text()).not.toContain('Nothing was saved');
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toHaveLength(1);
  });

  it('has one act in red, that of the client which the person set about last', async () => {
    const page = await open(
      [],
      {
        'accounts.list': () => answer([]),
        'clients.test': () => ({ kind: 'works', typeSeen: true }),
      },
      '#client',
    );
    const red = (): readonly (string | null)[] =>
      [...page.place.querySelectorAll('.button-wax')].map(
        (one) => one.getAttribute('href') ?? one.textContent,
      );
    expect(red()).toEqual(['Test this client']);
    const [gmail, outlook] = [...page.place.querySelectorAll('.setup')].map((setup) =>
      [...setup.querySelectorAll('button')].find((one) => one.textContent === 'Test this client'),
    );
    await click(gmail ?? page.place);
    expect(red()).toEqual(['#accounts/gmail']);
    await click(outlook ?? page.place);
    expect(red()).toEqual(['#accounts/outlook']);
  });

  it('says why each browser has a redirect address of its own', async () => {
    const page = await open([], none, '#client/outlook');
    expect(page.value('#redirect-outlook')).toBe(OUTLOOK_CLIENT.redirectUri);
    expect(page.text()).toContain('It belongs to this browser’s copy of Postern');
  });
});
