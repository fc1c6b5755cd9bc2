import { describe, expect, test } from 'vitest';
import { declaration as gmail } from '../../../utils/providers/gmail/gmail.ts';
import { googleClient, world } from './google-world.ts';
import { scriptedWorld } from './scripted-world.ts';

describe('the OAuth client', () => {
  test('is the person’s before the build’s, and the build’s again when it is removed', async () => {
    const { accounts } = await scriptedWorld(gmail);
    const redirectUri = 'https://x.chromiumapp.org/google';
    const built = {
      providerId: 'gmail',
      clientId: 'built-in',
      hasSecret: false,
      tenant: null,
      redirectUri,
    };
    expect(await accounts.clients()).toEqual([{ ...built, origin: 'build' }]);
    await accounts.saveClient('gmail', {
      clientId: ' mine ',
      clientSecret: ' s3cret\n',
      tenant: null,
    });
    const mine = { ...built, clientId: 'mine', hasSecret: true, origin: 'person' };
    expect(await accounts.clients()).toEqual([mine]);
    await accounts.removeClient('gmail');
    expect(await accounts.clients()).toEqual([{ ...built, origin: 'build' }]);
  });

  test('shows no secret once it is saved', async () => {
    const made = await world('id and secret');
    const shown = JSON.stringify(await made.accounts.clients());
    expect(shown).not.toContain(googleClient.secret);
    expect([...made.local.stored.values()].join()).not.toContain(googleClient.secret);
  });

  test('keeps no secret that the provider would not take, and none that is empty', async () => {
    const outlook = await scriptedWorld();
    await outlook.accounts.saveClient('outlook', {
      clientId: 'c',
      clientSecret: 's',
      tenant: null,
    });
    expect(await outlook.accounts.clients()).toMatchObject([{ clientId: 'c', hasSecret: false }]);
    const google = await scriptedWorld(gmail);
    await google.accounts.saveClient('gmail', { clientId: 'c', clientSecret: '  ', tenant: null });
    expect(await google.accounts.clients()).toMatchObject([{ hasSecret: false }]);
  });

  test('without an id is not saved', async () => {
    const { accounts } = await scriptedWorld();
    const saving = accounts.saveClient('outlook', {
      clientId: '  ',
      clientSecret: null,
      tenant: null,
    });
    await expect(saving).rejects.toThrow('refused');
  });

  test('that can not be opened is none, and is not replaced by the build’s behind the person', async () => {
    const { accounts, local } = await scriptedWorld();
    await accounts.saveClient('outlook', { clientId: 'mine', clientSecret: null, tenant: null });
    local.stored.set('oauth-client/outlook', '"1.AAAA"');
    expect(await accounts.clients()).toMatchObject([{ clientId: '', origin: 'none' }]);
    expect(await accounts.link('outlook')).toEqual({ kind: 'no-client' });
    expect(local.stored.get('oauth-client/outlook')).toBe('"1.AAAA"');
    await accounts.saveClient('outlook', { clientId: 'mine', clientSecret: null, tenant: null });
    expect(await accounts.clients()).toMatchObject([{ clientId: 'mine', origin: 'person' }]);
  });
});

describe('the trial of a client', () => {
  test('says whether Google knows it', async () => {
    const none = await world('none');
    expect(await none.accounts.testClient('gmail')).toMatchObject({ code: 'no_client' });
    expect(await (await world('id')).accounts.testClient('gmail')).toEqual({
      kind: 'works',
      typeSeen: true,
    });
    const both = await world('id and secret');
    expect(await both.accounts.testClient('gmail')).toEqual({ kind: 'works', typeSeen: true });
    const { id: clientId } = googleClient;
    await both.accounts.saveClient('gmail', { clientId, clientSecret: 'wrong', tenant: null });
    expect(await both.accounts.testClient('gmail')).toMatchObject({
      kind: 'refused',
      code: 'invalid_client',
    });
  });

  test('stores nothing of what it was granted', async () => {
    const made = await world();
    await made.linked();
    await made.accounts.forget((await made.accounts.list())[0]?.id ?? '');
    expect(await made.accounts.testClient('gmail')).toEqual({ kind: 'works', typeSeen: true });
    expect([...made.local.stored.keys()]).toEqual(['oauth-client/gmail']);
    expect([...made.session.stored.keys()]).toEqual([]);
  });

  test('of a provider that is not there is refused', async () => {
    const { accounts } = await scriptedWorld();
    expect(await accounts.testClient('jmap')).toMatchObject({ code: 'no_client' });
    expect(accounts.provider('jmap')).toBe(null);
    expect(accounts.provider('outlook')?.declaration.name).toBe('Outlook');
  });
});
