import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../faults.ts';
import { GMAIL_SEND, type GoogleStage, mailText, stageGoogle } from '../google/google-stage.ts';
import { openTlsDoor, type TlsDoor } from '../tls-door.ts';

/**
 * Google's Python client with MediaIoBaseUpload(resumable=True), over TLS, under the real host names,
 * interrupted in several ways. The distribution's python: it is the one that has python3-googleapi.
 */

const PYTHON = '/usr/bin/python3';
const SCRIPT = join(import.meta.dirname, 'resumable_send.py');
const GRANULE = 262_144;

const probe = spawnSync(PYTHON, ['-c', 'import googleapiclient, google_auth_httplib2']);
const missing =
  probe.status === 0 ? null : 'install python3-googleapi and python3-google-auth-httplib2';

interface Outcome {
  readonly id?: string;
  readonly thread?: string;
  readonly interruptions?: readonly string[];
  readonly progress?: readonly number[];
  readonly error?: string;
  readonly status?: number | null;
  readonly reason?: string;
}

let stage: GoogleStage;
let door: TlsDoor;
let folder: string;

beforeEach(async () => {
  stage = stageGoogle();
  door = await openTlsDoor(stage.router);
  folder = await mkdtemp(join(tmpdir(), 'postern-python-'));
});
afterEach(async () => {
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

const bigMail = mailText({}, `${'0123456789abcdef'.repeat(5)}\r\n`.repeat(15_000));

async function python(
  options: {
    readonly mail?: string;
    readonly chunk?: number;
    readonly thread?: string;
    readonly scopes?: readonly string[];
  } = {},
): Promise<Outcome> {
  const { mail = bigMail, chunk = 2 * GRANULE, thread = null, scopes = [GMAIL_SEND] } = options;
  const { google, client, accounts } = stage;
  const grant = google.grant({
    account: accounts.ada.email,
    client: client.id,
    scopes,
    offline: true,
  });
  const files = { ca: join(folder, 'ca.pem'), mail: join(folder, 'mail.eml') };
  await writeFile(files.ca, door.caPem);
  await writeFile(files.mail, mail);
  const asked = {
    ...files,
    port: door.port,
    access_token: grant.accessToken,
    refresh_token: grant.refreshToken,
    client_id: client.id,
    client_secret: client.secret,
    chunk,
    thread,
  };
  return JSON.parse(await run(JSON.stringify(asked))) as Outcome;
}

function run(input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, [SCRIPT], { env: { PATH: '/usr/bin:/bin' } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (errors += piece.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`python ended with ${String(code)}: ${errors}`));
    });
    child.stdin.end(input);
  });
}

function accepted(): readonly string[] {
  return stage.google.deliveries.map(({ accepted: bytes }) => Buffer.from(bytes).toString());
}

describe.skipIf(missing !== null)(
  `python3-googleapi${missing === null ? '' : ` (${missing})`}`,
  () => {
    test('sends a mail in slices through a session', async () => {
      const outcome = await python();
      expect(outcome).toMatchObject({ interruptions: [], progress: [2 * GRANULE, 4 * GRANULE] });
      expect(stage.google.deliveries.map(({ id }) => id)).toEqual([outcome.id]);
      expect(accepted()).toEqual([bigMail]);
    });

    test('sends without a session, and into a thread', async () => {
      const thread = '00000000000000aa';
      stage.google.addThread(stage.accounts.ada.email, thread, 'Greetings');
      const mail = mailText({ References: '<1@crm.example>' });
      expect(await python({ mail, chunk: 0, thread })).toMatchObject({ thread });
      expect(accepted()[0]?.trimEnd()).toBe(mail.trimEnd());
    });

    test.each<[string, Fault, number]>([
      ['mid-slice', { kind: 'cut-mid-body', afterBytes: GRANULE + 5_000 }, 2],
      ['before a slice', { kind: 'cut-before-body' }, 2],
      ['after the last slice was taken', { kind: 'cut-after-accept' }, 3],
    ])(
      'interrupted %s, it asks the session and sends exactly one mail',
      async (_what, fault, nth) => {
        stage.router.faults.add({ match: { method: 'PUT' }, fault, nth });
        const outcome = await python();
        expect(outcome.interruptions).not.toEqual([]);
        const questions = stage.router.log.requests({ contentRange: /^bytes \*\/\d+$/ });
        expect(questions).toHaveLength(outcome.interruptions?.length ?? 0);
        expect(stage.google.deliveries.map(({ id }) => id)).toEqual([outcome.id]);
        expect(accepted()).toEqual([bigMail]);
      },
    );

    test('after a 503 for a slice it asks the session and goes on', async () => {
      stage.router.faults.add({
        match: { method: 'PUT' },
        fault: { kind: 'refuse', status: 503 },
        nth: 2,
      });
      expect((await python()).interruptions).toEqual(['503']);
      expect(accepted()).toEqual([bigMail]);
    });

    test('a token that dies before the session is opened is renewed', async () => {
      const held = stage.router.faults.hold({ match: { method: 'POST' } });
      const pending = python();
      await held.arrived;
      stage.google.expireAccessTokens();
      held.release();
      expect((await pending).interruptions).toEqual([]);
      expect(stage.router.log.requests({ path: '/token' })).toHaveLength(1);
      expect(accepted()).toEqual([bigMail]);
    });

    test('a session that was forgotten is an error 404 to it, and nothing is sent', async () => {
      const fault = { kind: 'forget-session', status: 404 } as const;
      stage.router.faults.add({ match: { method: 'PUT' }, fault, nth: 2 });
      expect(await python()).toMatchObject({ error: 'HttpError', status: 404 });
      expect(accepted()).toEqual([]);
    });

    test('the refusal of a mail and of a scope come through in words', async () => {
      expect(await python({ mail: mailText({ To: null }) })).toMatchObject({
        status: 400,
        reason: 'Recipient address required',
      });
      expect(await python({ scopes: ['openid'] })).toMatchObject({
        status: 403,
        reason: 'Request had insufficient authentication scopes.',
      });
    });
  },
);
