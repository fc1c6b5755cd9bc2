import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { linkAccount, makeDraft, reaches } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* Linking an account in the real consent window, on the production build and the real host names. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  const page = await stage.browser.openPage('options.html');
  await askWorker(page, 'privacy.erase-everything', {});
  await page.close();
  stage.google.revokeAll(stage.accounts.ada.email);
});

describe('an account', () => {
  it('is linked without a client secret, and nothing long-lived is kept', async () => {
    stage.router.log.clear();
    const outcome = await linkAccount(stage);
    // A refresh token is given by the token endpoint alone, and that was never asked.
    expect(stage.router.log.requests({ host: 'oauth2.googleapis.com' })).toEqual([]);
    expect(outcome).toMatchObject({
      kind: 'linked',
      canSend: true,
      account: { address: stage.accounts.ada.email, grant: 'per-session', grantedRungs: ['send'] },
    });
  });

  it('is linked with a client secret, by a code, and stays signed in', async () => {
    const outcome = await linkAccount(stage, { withSecret: true });
    expect(outcome).toMatchObject({
      kind: 'linked',
      canSend: true,
      account: { grant: 'lasting' },
    });
  });

  it('is not linked when the person says no, and nothing of it is stored', async () => {
    expect(await linkAccount(stage, { deny: true })).toMatchObject({ kind: 'cancelled' });
    const page = await stage.browser.openPage('options.html');
    expect((await askWorker(page, 'accounts.list', {})).accounts).toEqual([]);
  });

  it('is linked without the right to send when the box is unticked, and its mail waits for that right', async () => {
    const outcome = await linkAccount(stage, { boxes: 'none' });
    expect(outcome).toMatchObject({ kind: 'linked', canSend: false });
    const page = await stage.browser.openPage('popup.html');
    const id = await makeDraft(page, { to: 'bob@example.com', subject: 'Fence', text: 'Hello' });
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'waiting-for-right' });
    expect(stage.google.deliveries).toEqual([]);
  });

  it('asks for the right to send and for who it is, and for nothing else', async () => {
    stage.router.log.clear();
    await linkAccount(stage);
    const [request] = stage.router.log.requests({ path: '/o/oauth2/v2/auth' });
    const query = new URLSearchParams(request?.query);
    expect(query.get('scope')?.split(' ').sort()).toEqual([
      'email',
      'https://www.googleapis.com/auth/gmail.send',
      'openid',
    ]);
    expect(query.get('include_granted_scopes')).toBe('false');
  });
});

describe('the test of a client', () => {
  const test = async (clientId: string, clientSecret: string | null): Promise<unknown> => {
    const page = await stage.browser.openPage('options.html');
    await askWorker(page, 'clients.save', {
      providerId: 'gmail',
      clientId,
      clientSecret,
      tenant: null,
    });
    return askWorker(page, 'clients.test', { providerId: 'gmail' });
  };

  it('says that a client works, with and without its secret', async () => {
    const works = { kind: 'works', typeSeen: true };
    expect(await test(stage.client.id, null)).toEqual(works);
    expect(await test(stage.client.id, stage.client.secret)).toEqual(works);
  });

  it('says when Google does not know the client', async () => {
    expect(await test('nobody.apps.googleusercontent.com', null)).toMatchObject({
      kind: 'refused',
      code: 'invalid_client',
    });
  });

  it('says when the secret is wrong', async () => {
    expect(await test(stage.client.id, 'wrong')).toMatchObject({
      kind: 'refused',
      code: 'invalid_client',
    });
  });
});
