import { describe, expect, test } from 'vitest';
import { type MicrosoftStage, stageMicrosoft, STAGED_AT } from './microsoft-stage.ts';
import { watchForDueMail } from './watch-for-due-mail.ts';

const HOUR_MS = 3_600_000;
const SCOPES = ['Mail.Send', 'Mail.ReadWrite'];
const DUE_AT = STAGED_AT + HOUR_MS;

const PROPERTIES = [
  { id: 'SystemTime 0x3FEF', value: new Date(DUE_AT).toISOString() },
  { id: 'SystemTime 0x000F', value: new Date(DUE_AT).toISOString() },
];

const HELLO = {
  subject: 'Later',
  toRecipients: [{ emailAddress: { address: 'bob@crm.example' } }],
};

interface Desk {
  readonly stage: MicrosoftStage;
  readonly id: string;
  readonly call: (method: string, path: string, json?: unknown) => Promise<Response>;
}

/** A draft with these properties, handed in for sending unless told otherwise. */
async function held(properties: object[] = PROPERTIES, submit = true): Promise<Desk> {
  const stage = stageMicrosoft();
  const call: Desk['call'] = async (method, path, json) =>
    await stage.graph(path, {
      method,
      scopes: SCOPES,
      headers: { prefer: 'IdType="ImmutableId"' },
      ...(json !== undefined && { json }),
    });
  const made = await call('POST', '/me/messages', {
    ...HELLO,
    singleValueExtendedProperties: properties,
  });
  const { id } = (await made.json()) as { id: string };
  if (submit) expect((await call('POST', `/me/messages/${id}/send`)).status).toBe(202);
  return { stage, id, call };
}

describe('a draft with a deferral waits on the server (openonion/connectonion#1221, tried live)', () => {
  test('it stays in Drafts until its hour, then leaves once', async () => {
    const { stage, id, call } = await held();
    stage.microsoft.clock.advance(HOUR_MS - 1);
    expect(stage.microsoft.deliveries).toEqual([]);
    expect(await (await call('GET', `/me/messages/${id}`)).json()).toMatchObject({ isDraft: true });
    stage.microsoft.clock.advance(1);
    expect(stage.microsoft.deliveries).toHaveLength(1);
    expect(await (await call('GET', `/me/messages/${id}`)).json()).toMatchObject({
      isDraft: false,
    });
    stage.microsoft.clock.advance(HOUR_MS);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test('deleting it before cancels it', async () => {
    const { stage, id, call } = await held();
    expect((await call('DELETE', `/me/messages/${id}`)).status).toBe(204);
    stage.microsoft.clock.advance(2 * HOUR_MS);
    expect(stage.microsoft.deliveries).toEqual([]);
    expect((await call('GET', `/me/messages/${id}`)).status).toBe(404);
  });

  test('deleting it after is deleting the copy in Sent Items: the mail has left', async () => {
    const { stage, id, call } = await held();
    stage.microsoft.clock.advance(HOUR_MS);
    await call('DELETE', `/me/messages/${id}`);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test.each([
    ['0x3FEF alone', [PROPERTIES[0]]],
    ['0x000F alone', [PROPERTIES[1]]],
  ])('%s holds it too', async (_what, properties) => {
    const { stage } = await held(properties as object[]);
    expect(stage.microsoft.deliveries).toEqual([]);
    stage.microsoft.clock.advance(HOUR_MS);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test('a time that is past sends it at once', async () => {
    const past = [{ id: 'SystemTime 0x3FEF', value: new Date(STAGED_AT - 1).toISOString() }];
    expect((await held(past)).stage.microsoft.deliveries).toHaveLength(1);
  });

  test('the property can be set later, is given back in Exchange’s form, and must be a time', async () => {
    const { stage, id, call } = await held([], false);
    const set = async (value: string): Promise<number> =>
      (
        await call('PATCH', `/me/messages/${id}`, {
          singleValueExtendedProperties: [{ id: 'SystemTime 0x3FEF', value }],
        })
      ).status;
    expect(await set('soon')).toBe(400);
    expect(await set(new Date(DUE_AT).toISOString())).toBe(200);
    const expand = encodeURIComponent(
      "singleValueExtendedProperties($filter=id eq 'SystemTime 0x3FEF')",
    );
    expect(await (await call('GET', `/me/messages/${id}?$expand=${expand}`)).json()).toMatchObject({
      singleValueExtendedProperties: [
        { id: 'SystemTime 0x3fef', value: new Date(DUE_AT).toISOString() },
      ],
    });
    await call('POST', `/me/messages/${id}/send`);
    expect(stage.microsoft.deliveries).toEqual([]);
  });

  test('while it waits it is neither changed nor sent again', async () => {
    const { stage, id, call } = await held();
    expect((await call('PATCH', `/me/messages/${id}`, { subject: 'x' })).status).toBe(400);
    expect((await call('POST', `/me/messages/${id}/send`)).status).toBe(400);
    stage.microsoft.clock.advance(HOUR_MS);
    expect(stage.microsoft.deliveries).toHaveLength(1);
  });

  test('it leaves although nobody asks', async () => {
    let dueAt: number | null = STAGED_AT;
    const sent = new Promise<void>((resolve) => {
      const sendDue = (): void => {
        dueAt = null;
        resolve();
      };
      watchForDueMail({ sendDue, nextDueAt: () => dueAt }, { now: () => STAGED_AT }).start();
    });
    await sent;
    expect(dueAt).toBeNull();
  });
});

describe('sendMail with a deferral', () => {
  test('is held, or, as one live report had it, sent at once and a second time at the hour', async () => {
    const stage = stageMicrosoft();
    const json = { message: { ...HELLO, singleValueExtendedProperties: PROPERTIES } };
    await stage.graph('/me/sendMail', { method: 'POST', json });
    expect(stage.microsoft.deliveries).toEqual([]);
    stage.microsoft.switches.deferredSendMail = 'sent-twice';
    await stage.graph('/me/sendMail', { method: 'POST', json });
    expect(stage.microsoft.deliveries).toHaveLength(1);
    stage.microsoft.clock.advance(HOUR_MS);
    expect(stage.microsoft.deliveries).toHaveLength(3);
  });
});
