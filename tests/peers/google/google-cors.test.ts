import { describe, expect, test } from 'vitest';
import { peerFetch } from '../peer-fetch.ts';
import { EXTENSION_ORIGIN, mailText, SEND_URL, stageGoogle, UPLOAD_URL } from './google-stage.ts';

const RESUMABLE = `${UPLOAD_URL}?uploadType=resumable`;

function opening(token: string): RequestInit {
  const headers = { authorization: `Bearer ${token}`, 'x-upload-content-type': 'message/rfc822' };
  return { method: 'POST', headers };
}

describe('from an extension worker without host permission', () => {
  test('exposed: a resumable send goes through, Location and Range can be read', async () => {
    const stage = stageGoogle();
    const opened = await stage.extensionFetch(RESUMABLE, opening(stage.token()));
    const uri = opened.headers.get('location') ?? '';
    const mail = new Uint8Array(300_000).fill(97);
    mail.set(new TextEncoder().encode(mailText({}, '')));
    const first = await stage.extensionFetch(uri, {
      method: 'PUT',
      body: mail.slice(0, 262_144),
      headers: { 'content-range': 'bytes 0-262143/300000' },
    });
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    const last = await stage.extensionFetch(uri, {
      method: 'PUT',
      body: mail.slice(262_144),
      headers: { 'content-range': 'bytes 262144-299999/300000' },
    });
    expect(last.status).toBe(200);
    const origins = new Set(stage.router.log.all.map(({ origin }) => origin));
    expect([...origins]).toEqual([EXTENSION_ORIGIN]);
  });

  test('hidden: the session is opened, but nobody learns its address', async () => {
    const stage = stageGoogle();
    stage.router.cors.set('hidden');
    const opened = await stage.extensionFetch(RESUMABLE, opening(stage.token()));
    expect([opened.status, opened.headers.get('location')]).toEqual([200, null]);
    expect(await opened.text()).toBe('');
  });

  test('hidden: a 308 comes without its Range, a 200 with its body', async () => {
    const stage = stageGoogle();
    const opened = await stage.extensionFetch(RESUMABLE, opening(stage.token()));
    const uri = opened.headers.get('location') ?? '';
    stage.router.cors.set('hidden');
    const part = await stage.extensionFetch(uri, {
      method: 'PUT',
      body: new Uint8Array(262_144),
      headers: { 'content-range': 'bytes 0-262143/300000' },
    });
    expect([part.status, part.headers.get('range')]).toEqual([308, null]);
    const other = await stage.fetch(RESUMABLE, opening(stage.token()));
    const simple = await stage.extensionFetch(SEND_URL, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ raw: Buffer.from(mailText()).toString('base64url') }),
    });
    expect(await simple.json()).toMatchObject({ labelIds: ['SENT'] });
    expect(other.headers.get('location')).not.toBeNull();
  });

  test('refused: nothing is sent, for the preflight fails', async () => {
    const stage = stageGoogle();
    stage.router.cors.set('refused');
    await expect(stage.extensionFetch(RESUMABLE, opening(stage.token()))).rejects.toThrow(
      TypeError,
    );
    expect(stage.router.log.requests()).toEqual([]);
  });

  test('refused for the last answer alone: the mail is sent and the answer cannot be read', async () => {
    const stage = stageGoogle();
    const opened = await stage.extensionFetch(RESUMABLE, opening(stage.token()));
    const mail = mailText();
    const range = `bytes 0-${mail.length - 1}/${mail.length}`;
    stage.router.cors.only({ contentRange: /^bytes 0-/ }, 'refused');
    const last = stage.extensionFetch(opened.headers.get('location') ?? '', {
      method: 'PUT',
      body: mail,
      headers: { 'content-range': range },
    });
    await expect(last).rejects.toThrow(TypeError);
    expect(stage.google.deliveries).toHaveLength(1);
  });

  test('errors can be read as well: 401, 403, 404 of a forgotten session', async () => {
    const stage = stageGoogle();
    const dead = await stage.extensionFetch(RESUMABLE, opening('ya29.dead'));
    expect(dead.status).toBe(401);
    const weak = await stage.extensionFetch(RESUMABLE, opening(stage.token(['openid'])));
    expect(weak.status).toBe(403);
    const gone = await stage.extensionFetch(`${RESUMABLE}&upload_id=gone`, {
      method: 'PUT',
      body: 'x',
    });
    expect(gone.status).toBe(404);
  });
});

describe('a session belongs to the origin that opened it (google-cloud-node#1099)', () => {
  test('opened without an Origin, no page can read its answers', async () => {
    const stage = stageGoogle();
    const opened = await stage.fetch(RESUMABLE, opening(stage.token()));
    const uri = opened.headers.get('location') ?? '';
    const asked = stage.extensionFetch(uri, {
      method: 'PUT',
      headers: { 'content-range': 'bytes */*' },
    });
    await expect(asked).rejects.toThrow(TypeError);
  });

  test('opened by one page, another cannot read them', async () => {
    const stage = stageGoogle();
    const opened = await stage.extensionFetch(RESUMABLE, opening(stage.token()));
    const uri = opened.headers.get('location') ?? '';
    const other = peerFetch(stage.router, { origin: 'https://other.example' });
    const question = { method: 'PUT', headers: { 'content-range': 'bytes */*' } };
    await expect(other(uri, question)).rejects.toThrow(TypeError);
    expect((await stage.extensionFetch(uri, question)).status).toBe(308);
  });
});

test('token endpoint and userinfo can be read; sign-in pages cannot', async () => {
  const stage = stageGoogle();
  const body = new URLSearchParams({ grant_type: 'x' });
  const token = await stage.extensionFetch('https://oauth2.googleapis.com/token', {
    method: 'POST',
    body,
  });
  expect(token.status).toBe(400);
  const headers = { authorization: `Bearer ${stage.token()}` };
  const who = await stage.extensionFetch('https://openidconnect.googleapis.com/v1/userinfo', {
    headers,
  });
  expect(who.status).toBe(200);
  await expect(stage.extensionFetch(stage.authorizeUrl())).rejects.toThrow(TypeError);
});
