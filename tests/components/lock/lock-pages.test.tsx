// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { ComposePage } from '../../../components/compose/ComposePage.tsx';
import { LockSection } from '../../../components/lock/LockSection.tsx';
import { UnlockPrompt } from '../../../components/lock/UnlockPrompt.tsx';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import { unlockText } from '../../../components/texts/lock-texts.ts';
import { unlockOutcome } from '../../../utils/messaging/lock-views.ts';
import type { LockView, MessageError } from '../../../utils/messaging/messaging.ts';
import { passkeysThat } from '../../harness/fake-passkeys.ts';
import type { Script } from '../../harness/fake-client.ts';
import { account, accountsAnswer, draft, idOf, NOW } from '../../harness/gallery/sample-records.ts';
import { mount, settled, write, type Mounted } from '../mount.tsx';
import { everyOutcome } from '../texts/every-outcome.ts';

const LOCKED: MessageError = { code: 'locked', userText: 'Postern is locked.' };
const PASSKEY = { credentialId: 'AQID', prfInput: 'A'.repeat(43) };
const OUTPUT = { prfOutput: 'B'.repeat(43) };

function lockOf(more: Partial<LockView>): Script {
  const view: LockView = {
    state: 'open',
    waitingMails: 0,
    passkey: null,
    notBefore: null,
    idleMinutes: 15,
    ...more,
  };
  return { 'lock.status': () => view };
}

const openWorker: Script = {
  ...lockOf({}),
  'accounts.list': () => accountsAnswer([account(1)]),
  'drafts.open': () => draft(),
  'drafts.save': () => ({ kind: 'saved', revision: 4 }),
};
const lockedWorker: Script = {
  ...lockOf({ state: 'locked' }),
  'accounts.list': () => LOCKED,
  'drafts.open': () => LOCKED,
};

let page: Mounted | null = null;
afterEach(() => page?.unmount());

async function openCompose(script: Script): Promise<Mounted> {
  page = mount(
    (client) => (
      <ComposePage
        draftId={idOf(200)}
        accounts={createLiveAnswer(client, {
          name: 'accounts.list',
          request: {},
          changes: ['accounts', 'lock'],
        })}
      />
    ),
    script,
  );
  await settled();
  return page;
}

async function change(mounted: Mounted, script: Script): Promise<void> {
  mounted.client.answer(script);
  mounted.client.tell('lock');
  await settled();
}

describe('a compose window when the lock falls', () => {
  it('saves once more, and then has nothing of the mail in the page', async () => {
    const mounted = await openCompose(openWorker);
    await write(mounted.find('#text'), 'Only for Ann.');
    await change(mounted, { 'accounts.list': () => LOCKED, ...lockOf({ state: 'locked' }) });
    const [saved] = mounted.client.requests('drafts.save').slice(-1);
    expect(saved?.content.text).toBe('Only for Ann.');
    expect(mounted.place.innerHTML).not.toContain('Only for Ann.');
    expect(mounted.place.innerHTML).not.toContain(draft().content.subject);
    expect(mounted.text()).toContain('Postern is locked');
  });

  it('opens the mail as it is stored when it is unlocked', async () => {
    const mounted = await openCompose(openWorker);
    await change(mounted, { 'accounts.list': () => LOCKED, ...lockOf({ state: 'locked' }) });
    const stored = draft({ revision: 9, content: { ...draft().content, text: 'As stored.' } });
    await change(mounted, { ...openWorker, 'drafts.open': () => stored });
    expect(mounted.value('#text')).toBe('As stored.');
  });

  it('keeps what could not be saved, out of sight, and brings it back', async () => {
    const mounted = await openCompose({
      ...openWorker,
      'drafts.save': () => ({ code: 'storage', userText: 'The disk is full.' }),
    });
    await write(mounted.find('#text'), 'Nowhere but here.');
    await change(mounted, { 'accounts.list': () => LOCKED, ...lockOf({ state: 'locked' }) });
    expect(mounted.place.innerHTML).not.toContain('Nowhere but here.');
    expect(mounted.text()).toContain('What was written last is not saved');
    await change(mounted, openWorker);
    expect(mounted.value('#text')).toBe('Nowhere but here.');
  });

  it('that is opened while it is locked shows the prompt, and the mail afterwards', async () => {
    const mounted = await openCompose(lockedWorker);
    expect(mounted.text()).toContain('Postern is locked');
    await change(mounted, openWorker);
    expect(mounted.value('#subject')).toBe(draft().content.subject);
  });
});

describe('the unlock prompt', () => {
  it('sends the passphrase, keeps it nowhere, and says how it ended', async () => {
    page = mount(() => <UnlockPrompt level={1} />, {
      ...lockOf({ state: 'locked', waitingMails: 2 }),
      'lock.unlock': () => ({ kind: 'wrong', notBefore: NOW + 4_000 }),
    });
    await settled();
    expect(page.text()).toContain('2 mails wait for unlocking');
    await write(page.find('#unlock-passphrase'), 'not the one');
    page.button('Unlock').click();
    await settled();
    expect(page.client.requests('lock.unlock')).toEqual([{ passphrase: 'not the one' }]);
    expect(page.text()).toContain('nothing is ever wiped');
    expect(page.text()).toContain('in 4 seconds');
    expect(page.value('#unlock-passphrase')).toBe('');
  });

  it('asks the passkey and hands its answer to the worker', async () => {
    const passkeys = passkeysThat({ kind: 'answered', question: PASSKEY, answer: OUTPUT });
    page = mount(
      () => <UnlockPrompt level={1} />,
      {
        ...lockOf({ state: 'locked', passkey: PASSKEY }),
        'lock.unlock-by-passkey': () => ({ kind: 'done' }),
      },
      { passkeys },
    );
    await settled();
    page.button('Use your passkey').click();
    await settled();
    expect(page.client.requests('lock.unlock-by-passkey')).toEqual([OUTPUT]);
  });

  it.each([
    [{ kind: 'cancelled' }, 'was not used'],
    [{ kind: 'no-prf' }, 'can’t make a key'],
    [{ kind: 'failed', name: 'SecurityError' }, 'SecurityError'],
  ] as const)('says why a passkey gave no answer: %o', async (outcome, words) => {
    page = mount(() => <UnlockPrompt level={1} />, lockOf({ state: 'locked', passkey: PASSKEY }), {
      passkeys: passkeysThat(outcome),
    });
    await settled();
    page.button('Use your passkey').click();
    await settled();
    expect(page.text()).toContain(words);
  });

  it('has a text for every end', () => {
    for (const outcome of everyOutcome(unlockOutcome(), {})) {
      const { happened } = unlockText(outcome, NOW);
      expect(happened).not.toBe('');
    }
  });
});

describe('the settings of the lock', () => {
  it('switch it on only with a passphrase that was typed twice, and long enough', async () => {
    page = mount(() => <LockSection />, {
      ...lockOf({ state: 'off' }),
      'lock.turn-on': () => ({ done: true }),
    });
    await settled();
    await write(page.find('#lock-new'), 'short');
    await write(page.find('#lock-again'), 'short');
    page.button('Switch the lock on').click();
    await settled();
    expect(page.text()).toContain('eight characters or more');
    await write(page.find('#lock-new'), 'four words of mine');
    page.button('Switch the lock on').click();
    await settled();
    expect(page.text()).toContain('not the same');
    expect(page.client.requests('lock.turn-on')).toEqual([]);
    await write(page.find('#lock-again'), 'four words of mine');
    page.button('Switch the lock on').click();
    await settled();
    expect(page.client.requests('lock.turn-on')).toEqual([{ passphrase: 'four words of mine' }]);
  });

  it('let it fall at once, and after the minutes that are chosen', async () => {
    page = mount(() => <LockSection />, {
      ...lockOf({}),
      'lock.now': () => ({ done: true }),
      'lock.set-idle-minutes': () => ({ done: true }),
    });
    await settled();
    page.button('Lock now').click();
    const choice = page.find('#lock-idle-minutes') as HTMLSelectElement;
    choice.value = '5';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    choice.value = '';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(page.client.requests('lock.now')).toHaveLength(1);
    expect(page.client.requests('lock.set-idle-minutes')).toEqual([
      { minutes: 5 },
      { minutes: null },
    ]);
  });

  it('ask for the passphrase before it is changed, switched off or given a passkey', async () => {
    const done = (): { kind: 'done' } => ({ kind: 'done' });
    page = mount(
      () => <LockSection />,
      {
        ...lockOf({}),
        'lock.change-passphrase': done,
        'lock.turn-off': done,
        'lock.add-passkey': done,
      },
      { passkeys: passkeysThat({ kind: 'answered', question: PASSKEY, answer: OUTPUT }) },
    );
    await settled();
    for (const words of ['Switch it off', 'Add a passkey']) {
      page.button(words).click();
      await settled();
    }
    expect(page.client.requests('lock.turn-off')).toEqual([]);
    expect(page.client.requests('lock.add-passkey')).toEqual([]);
    for (const [field, text] of [
      ['#off-passphrase', 'now'],
      ['#passkey-passphrase', 'now'],
      ['#change-now', 'now'],
      ['#change-next', 'the next one'],
      ['#change-again', 'the next one'],
    ] as const) {
      await write(page.find(field), text);
    }
    for (const words of ['Add a passkey', 'Change it', 'Switch it off']) {
      page.button(words).click();
      await settled();
    }
    expect(page.client.requests('lock.add-passkey')).toEqual([
      { passphrase: 'now', question: PASSKEY, answer: OUTPUT },
    ]);
    expect(page.client.requests('lock.change-passphrase')).toEqual([
      { passphrase: 'now', next: 'the next one' },
    ]);
    expect(page.client.requests('lock.turn-off')).toEqual([{ passphrase: 'now' }]);
  });
});
