import { Agent, type AgentOptions } from 'node:https';
import { Readable } from 'node:stream';
import { connect } from 'node:tls';
import { auth, gmail } from '@googleapis/gmail';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  GMAIL_SEND,
  type GoogleStage,
  mailText,
  REDIRECT_URI,
  stageGoogle,
} from '../google/google-stage.ts';
import { createPerson } from '../google/person.ts';
import { openTlsDoor, type TlsDoor } from '../tls-door.ts';

/**
 * Google's own client for Node, over TLS, under the real host names: what it sends and what it expects to
 * get is what Google's servers do, so the peer cannot drift into something that only our code likes.
 */

let stage: GoogleStage;
let door: TlsDoor;
const agents: Agent[] = [];

beforeEach(async () => {
  stage = stageGoogle();
  door = await openTlsDoor(stage.router);
});
afterEach(async () => await door.close());
afterAll(() => {
  for (const agent of agents) agent.destroy();
});

/** Every host is at the door; its name and authority are checked as usual. */
function agentToDoor(): Agent {
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = (options: AgentOptions) =>
    connect({
      host: '127.0.0.1',
      port: door.port,
      ca: door.caPem,
      servername: options.servername ?? '',
    });
  agents.push(agent);
  return agent;
}

function oauthClient(): InstanceType<typeof auth.OAuth2> {
  return new auth.OAuth2({
    clientId: stage.client.id,
    clientSecret: stage.client.secret,
    redirectUri: REDIRECT_URI,
    transporterOptions: { agent: agentToDoor() },
  });
}

function granted(scopes: readonly string[] = [GMAIL_SEND]): {
  readonly client: InstanceType<typeof auth.OAuth2>;
  readonly api: ReturnType<typeof gmail>;
} {
  const { google, client: registered, accounts } = stage;
  const grant = google.grant({
    account: accounts.ada.email,
    client: registered.id,
    scopes,
    offline: true,
  });
  const client = oauthClient();
  client.setCredentials({
    access_token: grant.accessToken,
    refresh_token: grant.refreshToken,
  });
  return { client, api: gmail({ version: 'v1', auth: client }) };
}

const raw = Buffer.from(mailText()).toString('base64url');

describe('@googleapis/gmail sends', () => {
  test('by JSON', async () => {
    const { api } = granted();
    const { status, data } = await api.users.messages.send({ userId: 'me', requestBody: { raw } });
    expect([status, data.labelIds]).toEqual([200, ['SENT']]);
    expect(stage.google.deliveries.map(({ id }) => id)).toEqual([data.id]);
  });

  test('by media upload', async () => {
    const { api } = granted();
    const media = { mimeType: 'message/rfc822', body: mailText() };
    const { data } = await api.users.messages.send({ userId: 'me', media });
    expect(stage.google.deliveries.map(({ id }) => id)).toEqual([data.id]);
    expect(stage.router.log.requests()).toMatchObject([
      { query: expect.stringContaining('uploadType=media') as unknown },
    ]);
  });

  test('by multipart upload of a stream, into a thread', async () => {
    const { api } = granted();
    const threadId = '00000000000000aa';
    stage.google.addThread(stage.accounts.ada.email, threadId, 'Greetings');
    const mail = mailText({ References: '<1@crm.example>' }, 'x'.repeat(1_000_000));
    const { data } = await api.users.messages.send({
      userId: 'me',
      requestBody: { threadId },
      media: { mimeType: 'message/rfc822', body: Readable.from([mail]) },
    });
    expect(data.threadId).toBe(threadId);
    expect(
      Buffer.from(stage.google.deliveries[0]?.accepted ?? [])
        .toString()
        .trimEnd(),
    ).toBe(mail);
  });

  test('and gets the errors that it knows', async () => {
    const { api } = granted();
    const none = Buffer.from(mailText({ To: null })).toString('base64url');
    await expect(
      api.users.messages.send({ userId: 'me', requestBody: { raw: none } }),
    ).rejects.toMatchObject({
      status: 400,
      message: 'Recipient address required',
    });
    await expect(api.users.getProfile({ userId: 'me' })).rejects.toMatchObject({
      status: 403,
      message: 'Request had insufficient authentication scopes.',
    });
  });
});

describe("google-auth-library's OAuth2 client", () => {
  test('goes through the code flow with PKCE', async () => {
    const client = oauthClient();
    const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
    const url = new URL(
      client.generateAuthUrl({
        access_type: 'offline',
        scope: ['openid', 'email', GMAIL_SEND],
        state: 'state-1',
        code_challenge: codeChallenge ?? '',
        // The library's own constant is not exported by @googleapis/gmail.
        code_challenge_method: 'S256' as never,
      }),
    );
    const end = await createPerson(stage.router, { account: stage.accounts.ada }).visit(
      url.href,
      true,
    );
    if (end.kind === 'page') throw new Error(end.html);
    const code = new URL(end.url).searchParams.get('code') ?? '';
    const { tokens } = await client.getToken({ code, codeVerifier });
    expect(tokens.refresh_token).toMatch(/^1\/\//);
    expect(tokens.scope?.split(' ')).toContain(GMAIL_SEND);
    client.setCredentials(tokens);
    const info = await client.verifyIdToken({
      idToken: tokens.id_token ?? '',
      audience: stage.client.id,
    });
    expect(info.getPayload()?.email).toBe(stage.accounts.ada.email);
  });

  test('renews a token that has died and goes on', async () => {
    const { api } = granted();
    stage.google.expireAccessTokens();
    const { status } = await api.users.messages.send({ userId: 'me', requestBody: { raw } });
    expect(status).toBe(200);
    expect(stage.router.log.requests({ path: '/token' })).toHaveLength(1);
  });

  test('revokes, and knows invalid_grant afterwards', async () => {
    const { client } = granted();
    const refreshToken = client.credentials.refresh_token ?? '';
    const { status } = await client.revokeCredentials();
    expect(status).toBe(200);
    client.setCredentials({ refresh_token: refreshToken });
    await expect(client.getAccessToken()).rejects.toThrow('invalid_grant');
  });
});
