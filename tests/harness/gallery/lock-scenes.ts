import type { LockView, MessageError } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../fake-client.ts';
import { account, accountsAnswer, draft, NOW, outboxAnswer } from './sample-records.ts';
import { drawn, press, type, type Scene } from './scene.ts';

const LOCKED: MessageError = {
  code: 'locked',
  userText: 'Postern is locked. Nothing was lost: unlock it and try again.',
};
const JONAS = account(1, { address: 'jonas@larch-fences.example' });
const PASSKEY = { credentialId: 'oWHYs_fqA-jt', prfInput: 'A'.repeat(43) };

function lockOf(more: Partial<LockView>): Script {
  const view: LockView = {
    state: 'open',
    waitingMails: 0,
    passkey: null,
    notBefore: null,
    idleMinutes: 15,
    ...more,
  };
  return {
    'lock.status': () => view,
    'accounts.list': () => accountsAnswer([JONAS]),
    'outbox.list': () => outboxAnswer([]),
  };
}

function locked(more: Partial<LockView> = {}): Script {
  return {
    ...lockOf({ state: 'locked', ...more }),
    'accounts.list': () => LOCKED,
    'outbox.list': () => LOCKED,
    'drafts.open': () => LOCKED,
  };
}

const wrong: Script = {
  'lock.unlock': () => ({ kind: 'wrong', notBefore: NOW + 16_000 }),
};

const unlock = async (page: HTMLElement): Promise<void> => {
  await type(page, '#unlock-passphrase', 'not the one');
  await press(page, 'Unlock');
};

/** What each page shows of the lock. */
export const lockScenes: readonly Scene[] = [
  { page: 'popup', name: 'locked', script: locked({ waitingMails: 2, passkey: PASSKEY }) },
  {
    page: 'popup',
    name: 'locked-wrong-passphrase',
    script: { ...locked(), ...wrong },
    act: unlock,
  },
  { page: 'popup', name: 'lock-open', script: lockOf({}) },
  { page: 'compose', name: 'locked', script: locked({ waitingMails: 1, passkey: PASSKEY }) },
  {
    page: 'compose',
    name: 'locked-not-saved',
    script: {
      ...lockOf({}),
      'drafts.open': () => draft(),
      'drafts.save': () => ({ code: 'storage', userText: 'The browser would not store this.' }),
    },
    act: async (page, client) => {
      await type(page, '#text', 'Written as the lock fell.');
      client.answer(locked());
      client.tell('lock');
      await drawn();
    },
  },
  { page: 'options', name: 'lock-off', hash: '#lock', script: lockOf({ state: 'off' }) },
  { page: 'options', name: 'lock-open', hash: '#lock', script: lockOf({}) },
  {
    page: 'options',
    name: 'lock-open-with-passkey',
    hash: '#lock',
    script: lockOf({ passkey: PASSKEY, idleMinutes: null }),
  },
  { page: 'options', name: 'lock-locked', hash: '#lock', script: locked({ passkey: PASSKEY }) },
  { page: 'options', name: 'accounts-locked', hash: '#accounts', script: locked() },
  {
    page: 'options',
    name: 'lock-passphrases-differ',
    hash: '#lock',
    script: lockOf({ state: 'off' }),
    act: async (page) => {
      await type(page, '#lock-new', 'four words of my own');
      await type(page, '#lock-again', 'four words of mine');
      await press(page, 'Switch the lock on');
    },
  },
  {
    page: 'options',
    name: 'lock-wrong-passphrase',
    hash: '#lock',
    script: {
      ...lockOf({}),
      'lock.turn-off': () => ({ kind: 'wrong', notBefore: null }),
    },
    act: async (page) => {
      await type(page, '#off-passphrase', 'not the one');
      await press(page, 'Switch it off');
    },
  },
];
