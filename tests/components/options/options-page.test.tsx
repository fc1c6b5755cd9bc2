// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import type { Tools } from '../../../components/live/tools.ts';
import { OptionsPage } from '../../../components/options/OptionsPage.tsx';
import type { AnswerOf } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../../harness/fake-client.ts';
import { callLog, statistics } from '../../harness/gallery/sample-log.ts';
import {
  account,
  accountsAnswer,
  CLIENT,
  GMAIL,
  idOf,
  minutesAgo,
  NO_CLIENT,
  OUTLOOK,
  OUTLOOK_CLIENT,
  outlookAccount,
} from '../../harness/gallery/sample-records.ts';
import { click, key, mount, settled, write, type Mounted } from '../mount.tsx';

const done = (): { done: boolean } => ({ done: true });

const overview: AnswerOf<'privacy.overview'> = {
  inventory: [],
  hosts: GMAIL.hosts.map((host, index) => ({
    host,
    calls: index === 0 ? 2 : 0,
    unanswered: index === 0 ? 1 : 0,
    requestBytes: index === 0 ? 1_024 : 0,
    answerBytes: 0,
    lastAt: index === 0 ? minutesAgo(1) : null,
  })),
  allowedHosts: ['https://gmail.googleapis.com/*'],
  retentionDays: 30,
  callLogOn: true,
};

async function open(hash: string, more: Script = {}, tools: Partial<Tools> = {}): Promise<Mounted> {
  location.hash = hash;
  const page = mount(
    (client) => (
      <OptionsPage
        accounts={createLiveAnswer(client, {
          name: 'accounts.list',
          request: {},
          changes: ['accounts'],
        })}
        privacyStatement={'## Promises\n\n1. Nothing is kept.'}
      />
    ),
    {
      'accounts.list': () => accountsAnswer([account(1)]),
      'accounts.revoke': () => ({ kind: 'revoked' }),
      'accounts.remove': () => ({ kind: 'asked' }),
      'clients.save': () => ({ kind: 'saved' }),
      'privacy.overview': () => overview,
      'privacy.calls': (request) => callLog(request),
      'privacy.statistics': ({ days }) => statistics(days),
      'privacy.set-call-log': done,
      'privacy.clear-call-log': done,
      ...more,
    },
    tools,
  );
  await settled();
  return page;
}

beforeEach(() => {
  location.hash = '';
});

describe('accounts', () => {
  it('gives the accent to one account alone, however many need the person', async () => {
    const health = { kind: 'needs-sign-in', why: 'invalid_grant' } as const;
    const accounts = [account(1), account(2, { health }), account(3, { health })];
    await open('#accounts', { 'accounts.list': () => accountsAnswer(accounts) });
    const wax = [...document.querySelectorAll('.button-wax')];
    expect(wax.map((button) => button.getAttribute('aria-label'))).toEqual([
      `Reconnect ${accounts[1]?.address ?? ''}`,
    ]);
  });

  it('says what an account may do and what not', async () => {
    const page = await open('#accounts');
    expect(page.text()).toContain('Send mail as you');
    expect(page.text()).toContain('It can’t read, list or delete any mail');
  });

  it('shows the result of linking in its place', async () => {
    const page = await open('#accounts', {
      'accounts.list': () => accountsAnswer([]),
      'accounts.link': () => ({
        kind: 'linked',
        account: account(1, { grantedRungs: [] }),
        canSend: false,
        relinked: false,
        lostRungs: [],
      }),
    });
    await click(page.button('Link Gmail'));
    expect(page.find('[role="alert"]').textContent).toContain(
      'the right to send was left unticked',
    );
  });

  it('says that the first account is linked, and takes the focus along, when the steps are gone', async () => {
    const linked: AnswerOf<'accounts.list'>['accounts'][number][] = [];
    const page = await open('#accounts/gmail', {
      'accounts.list': () => accountsAnswer([...linked]),
      'accounts.link': () => {
        linked.push(account(1));
        return {
          kind: 'linked',
          account: account(1),
          canSend: true,
          relinked: false,
          lostRungs: [],
        };
      },
    });
    page.button('Link Gmail').focus();
    await click(page.button('Link Gmail'));
    page.client.tell('accounts');
    await settled();
    expect(page.text()).toContain(`${account(1).address} is linked.`);
    expect(document.activeElement?.textContent).toContain('is linked.');
  });

  it('speaks of another account only where there is one, and of the first no more once a second is linked', async () => {
    const linked: AnswerOf<'accounts.list'>['accounts'][number][] = [];
    const page = await open('#accounts/gmail', {
      'accounts.list': () =>
        accountsAnswer([...linked], {
          providers: [GMAIL, OUTLOOK],
          clients: [CLIENT, OUTLOOK_CLIENT],
        }),
      'accounts.link': ({ providerId }) => {
        const one = providerId === 'gmail' ? account(1) : outlookAccount(2);
        linked.push(one);
        return { kind: 'linked', account: one, canSend: true, relinked: false, lostRungs: [] };
      },
    });
    await click(page.button('Link Gmail'));
    page.client.tell('accounts');
    await settled();
    expect(page.button('Link another Gmail account')).toBeDefined();
    await click(page.button('Link an account at Outlook'));
    page.client.tell('accounts');
    await settled();
    expect(page.text()).not.toContain(`${account(1).address} is linked.`);
    expect(page.text()).toContain(`${outlookAccount(2).address} is linked.`);
    expect(page.button('Link another Outlook account')).toBeDefined();
  });

  it('allows a hidden host in the click and then goes on', async () => {
    const request = vi.fn(() => Promise.resolve(true));
    const page = await open(
      '#accounts',
      {
        'accounts.list': () => accountsAnswer([]),
        'accounts.link': () => ({ kind: 'needs-host', host: 'oauth2.googleapis.com' }),
      },
      { hostPermissions: { request, remove: () => Promise.resolve(true) } },
    );
    await click(page.button('Link Gmail'));
    page.button('Allow oauth2.googleapis.com').click();
    expect(request).toHaveBeenCalledWith(['oauth2.googleapis.com']);
    await settled();
    expect(page.client.requests('accounts.link')).toHaveLength(2);
  });

  it('revokes after a question that names the other browsers', async () => {
    const page = await open('#accounts');
    await click(page.button('Revoke access of'));
    expect(page.client.requests('accounts.revoke')).toEqual([]);
    expect(page.text()).toContain('other browsers');
    await click(page.button('Revoke access'));
    expect(page.client.requests('accounts.revoke')).toEqual([{ id: idOf(1) }]);
    expect(page.text()).toContain('it is gone');
    expect(page.text()).toContain('Other browsers that used this consent are disconnected too.');
  });

  it('takes Escape for a no', async () => {
    const page = await open('#accounts');
    await click(page.button('Remove sender1'));
    await vi.waitFor(() => expect(document.activeElement?.className).toBe('confirm'));
    await key('Escape');
    expect(page.place.querySelector('.confirm')).toBeNull();
    expect(page.client.requests('accounts.remove')).toEqual([]);
  });

  it('still shows what became of an account that is gone', async () => {
    const page = await open('#accounts');
    await click(page.button('Remove sender1'));
    page.client.answer({ 'accounts.list': () => accountsAnswer([]) });
    await click(page.button('Remove it'));
    page.client.tell('accounts');
    await settled();
    expect(page.text()).toContain('sender1@example.com was removed');
    expect(page.button('Open the provider’s page').getAttribute('href')).toBe(GMAIL.consentPage);
  });
});

describe('an account that can’t be opened', () => {
  it('is shown beside the others, and can be removed', async () => {
    const id = idOf(7);
    const page = await open('#accounts', {
      'accounts.list': () =>
        accountsAnswer([account(1)], { unreadable: [{ id, code: 'wrong-key' }] }),
    });
    expect(page.text()).toContain('sender1@example.com');
    expect(page.text()).toContain('An account that can’t be opened');
    expect(page.text()).toContain('wrong-key');
    await click(page.button('Remove…'));
    expect(page.client.requests('accounts.remove')).toEqual([]);
    await click(page.button('Remove it'));
    expect(page.client.requests('accounts.remove')).toEqual([{ id }]);
  });
});

describe('client setup', () => {
  const none: Script = { 'accounts.list': () => accountsAnswer([], { clients: [NO_CLIENT] }) };

  it('shows the exact redirect URI to copy', async () => {
    const page = await open('#client', none);
    expect(page.value('#redirect-gmail')).toBe(CLIENT.redirectUri);
    const writeText = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    await click(page.button('Copy'));
    expect(writeText).toHaveBeenCalledWith(CLIENT.redirectUri);
    expect(page.text()).toContain('Copied');
  });

  it('saves what was typed, without the spaces of a paste, and no secret as none', async () => {
    const page = await open('#client', none);
    await write(page.find('#gmail-clientId'), '  482109.apps.googleusercontent.com ');
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toEqual([
      {
        providerId: 'gmail',
        clientId: '482109.apps.googleusercontent.com',
        clientSecret: null,
        tenant: null,
      },
    ]);
  });

  it('keeps the focus where the form was when it gives way to what is stored, and back', async () => {
    const page = await open('#client');
    page.button('Change').focus();
    await click(page.button('Change'));
    expect(document.activeElement?.id).toBe('gmail-clientId');
    page.button('Keep what is stored').focus();
    await click(page.button('Keep what is stored'));
    expect(document.activeElement?.textContent).toBe('Test this client');
  });

  it('asks for what is missing instead of saving it', async () => {
    const page = await open('#client', none);
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toEqual([]);
    expect(page.text()).toContain('Client ID is missing.');
  });

  it('asks before it saves an id that looks otherwise than the provider’s, and saves it then', async () => {
    const page = await open('#client', none);
    await write(page.find('#gmail-clientId'), 'not-a-client');
    await click(page.button('Save'));
    expect(page.client.requests('clients.save')).toEqual([]);
    expect(page.find('[role="alert"]').textContent).toContain('apps.googleusercontent.com');
    expect(page.find('#gmail-clientId').getAttribute('aria-invalid')).toBe('true');
    await click(page.button('Save it all the same'));
    expect(page.client.requests('clients.save')).toMatchObject([{ clientId: 'not-a-client' }]);
  });

  it('keeps secrets out of the browser’s password store and off the screen', async () => {
    const page = await open('#client', none);
    const secret = page.find('#gmail-clientSecret');
    expect(secret.getAttribute('type')).toBe('text');
    expect(secret.classList.contains('secret')).toBe(true);
  });

  it('shows how a test ended', async () => {
    const page = await open('#client', {
      'clients.test': () => ({ kind: 'refused', code: 'invalid_client', detail: 'Unauthorized' }),
    });
    await click(page.button('Test this client'));
    expect(page.text()).toContain('doesn’t know this client ID');
    expect(page.text()).toContain('invalid_client');
  });

  it('never shows a stored secret, and says that changing replaces it', async () => {
    const page = await open('#client');
    expect(page.text()).toContain('Stored, sealed. It is never shown again.');
    await click(page.button('Change'));
    expect(page.value('#gmail-clientSecret')).toBe('');
    expect(page.text()).toContain('saving replaces it');
  });
});

describe('privacy', () => {
  it('joins random ids with addresses on screen only', async () => {
    const page = await open('#privacy');
    expect(page.text()).toContain('sender1@example.com');
    expect(page.place.innerHTML).not.toContain(`${idOf(1)} `);
  });

  it('takes an allowed host back', async () => {
    const remove = vi.fn(() => Promise.resolve(true));
    const page = await open(
      '#privacy',
      {},
      {
        hostPermissions: { request: () => Promise.resolve(true), remove },
      },
    );
    await click(page.button('Take back gmail.googleapis.com'));
    expect(remove).toHaveBeenCalledWith(['gmail.googleapis.com']);
    expect(page.client.requests('privacy.overview')).toHaveLength(2);
  });

  it('switches the call log off and on', async () => {
    const page = await open('#privacy');
    await click(page.button('Switch the call log off'));
    expect(page.client.requests('privacy.set-call-log')).toEqual([{ on: false }]);
  });

  it('shows the statement also when nothing can be counted', async () => {
    const page = await open('#privacy', {
      'privacy.overview': () => ({ code: 'x', userText: 'No.' }),
    });
    expect(page.text()).toContain('Nothing is kept.');
    expect(page.text()).toContain('No.');
  });

  it('erases only after the word was typed, and shows what was done', async () => {
    const page = await open('#privacy', {
      'privacy.erase-everything': () => ({
        revoked: [
          {
            address: 'sender1@example.com',
            result: { kind: 'failed', reason: 'offline' },
            consentPage: GMAIL.consentPage,
          },
        ],
        unreadable: 1,
        wiped: ['Access tokens'],
        left: ['Keys of this device'],
      }),
    });
    await click(page.button('Erase everything…'));
    const sure = page.button('Erase everything now');
    expect(sure).toHaveProperty('disabled', true);
    await write(page.find('#confirm-word'), 'Erase');
    page.button('Erase everything now').focus();
    await click(page.button('Erase everything now'));
    expect(document.activeElement?.id).toBe('erase');
    expect(page.text()).toContain('Not everything could be wiped.');
    expect(page.text()).toContain('Still there: Keys of this device.');
    expect(page.text()).toContain('The provider could not be asked.');
    expect(page.button('Open the page where you withdraw it')).toHaveProperty(
      'href',
      GMAIL.consentPage,
    );
    expect(page.text()).toContain('One account could not be opened');
  });
});

describe('finding one’s way', () => {
  it('follows the address, and takes the keyboard along', async () => {
    const page = await open('#accounts');
    location.hash = '#privacy';
    await vi.waitFor(() => expect(page.find('h1').textContent).toBe('Privacy'));
    await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('H1'));
    expect(page.find('[aria-current="page"]').textContent).toBe('Privacy');
    expect(document.title).toContain('Privacy');
  });

  it('goes to the accounts when the address says nothing known', async () => {
    const page = await open('#nowhere');
    expect(page.find('h1').textContent).toBe('Accounts');
  });
});
