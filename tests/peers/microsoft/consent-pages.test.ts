import { expect, test } from 'vitest';
import { stageMicrosoft } from './microsoft-stage.ts';

test.each([
  ['https://myapps.microsoft.com/', 'joan'],
  ['https://account.live.com/consent/Manage', 'hedy'],
] as const)(
  'at %s a person takes their consent back: the next refresh is refused',
  async (page, who) => {
    const stage = stageMicrosoft();
    const { email } = stage.accounts[who];
    const scopes = ['openid', 'offline_access', 'Mail.Send'];
    const { refreshToken } = stage.microsoft.grant({
      account: email,
      client: stage.client.id,
      scopes,
    });
    const refresh = async (): Promise<number> =>
      (await stage.redeem({ grant_type: 'refresh_token', refresh_token: refreshToken })).status;
    expect(await refresh()).toBe(200);
    const html = await (await stage.fetch(page)).text();
    const remove = /id="remove-1" name="remove" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(remove).toContain(email);
    const after = await stage.fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ remove }),
    });
    expect(await after.text()).toContain('id="none"');
    expect(await refresh()).toBe(400);
  },
);
