import { describe, expect, it } from 'vitest';
import { createDyingWorker, type Death } from '../../../harness/dying-dependencies.ts';
import {
  ACCOUNT_ID,
  createMailWorld,
  liveByAlarms,
  liveOn,
  OTHER_ACCOUNT_ID,
  type MailWorld,
} from '../../../harness/mail-world.ts';
import { testBytes } from '../../../harness/send-job.ts';
import { attach, planMerge, resultOf, startMerge } from './merge-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TEST = {
  fields: ['name'],
  recipient: { name: 'Ann', address: 'ann@example.com', values: ['Ann'] },
  unsubscribe: null,
};

/** Plays it in a worker that dies at each of its calls, before and after; gives what was wrong. */
async function atEachDeath(
  play: (death: Death | null) => Promise<{ calls: readonly string[]; wrong: string | null }>,
): Promise<readonly string[]> {
  const clean = await play(null);
  const found = clean.wrong === null ? [] : [clean.wrong];
  for (let call = 0; call < clean.calls.length; call += 1) {
    for (const when of ['before', 'after'] as const) {
      const { wrong } = await play({ call, when });
      if (wrong !== null) found.push(`${when} call ${call}, ${clean.calls[call] ?? ''}: ${wrong}`);
    }
  }
  return found;
}

/** How many of the mails that arrived have the file. */
function withFile({ google }: MailWorld, bytes: Uint8Array): number {
  const encoded = Buffer.from(bytes).toString('base64').slice(0, 60);
  const texts = google.deliveries.map(({ delivered }) => new TextDecoder().decode(delivered));
  return texts.filter((text) => text.includes(encoded)).length;
}

describe('a test of a merge, in a worker that dies', () => {
  async function live(death: Death | null): ReturnType<Parameters<typeof atEachDeath>[0]> {
    const world = createMailWorld();
    world.choices = { ...world.choices, undoSeconds: 10 };
    const { draftId } = await planMerge(world, 1);
    const bytes = testBytes(600_000);
    await attach(world, draftId, bytes);
    const dying = createDyingWorker(death, () => Promise.resolve());
    const worker = world.worker(dying);
    await Promise.race([
      worker.merges.test({ ...TEST, draftId }).then(() => worker.run()),
      dying.ended,
    ]);
    const states = (await world.worker().list()).map(({ id, state }) =>
      id === draftId ? 'the draft' : state.kind,
    );
    const stray = states.filter((kind) => kind !== 'the draft' && kind !== 'held');
    await world.clock.advance(10_000);
    await liveByAlarms(world);
    await world.clock.advance(HOUR_MS);
    await world.worker().run();
    await liveByAlarms(world);
    const arrived = world.accepted();
    const files = await world.store.countFiles();
    const whole = withFile(world, bytes) === arrived;
    const wasQueued = states.includes('held');
    await world.forget();
    const told = { calls: dying.calls };
    if (stray.length > 0) return { ...told, wrong: `in the list: ${stray.join()}` };
    if (arrived !== (wasQueued ? 1 : 0)) return { ...told, wrong: `${arrived} arrived` };
    if (!whole) return { ...told, wrong: 'without its file' };
    return { ...told, wrong: files === 1 ? null : `${files} files are left` };
  }

  it('is queued with its files or leaves nothing', { timeout: 120_000 }, async () => {
    expect(await atEachDeath(live)).toEqual([]);
  });
});

/** A merge whose first mail was taken out of it, with its file; the rest of it waits. */
async function takenOut(
  world: MailWorld,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ first: string; taken: string }> {
  world.online = false;
  const plan = await planMerge(world, 2);
  await attach(world, plan.draftId, bytes);
  await world.worker().merges.start({ ...plan, revision: 2 });
  const [row] = (await resultOf(world, plan.draftId)).rows;
  const taken = row?.mailId ?? '';
  expect(await world.worker().backToDraft(taken)).toBe(true);
  return { first: plan.draftId, taken };
}

/** The person chooses another account for a draft. */
async function sendAsOther(world: MailWorld, id: string): Promise<void> {
  const draft = await world.worker().openDraft(id);
  if (!draft) throw new Error('no draft');
  const { content, revision } = draft;
  await world.worker().saveDraft({ id, accountId: OTHER_ACCOUNT_ID, content, revision });
}

/** Starts a merge from that draft. */
async function mergeFrom(world: MailWorld, draftId: string, worker = world.worker()) {
  const draft = await world.worker().openDraft(draftId);
  const plan = await planMerge(world, 3);
  await world.worker().discardDraft(plan.draftId);
  return worker.merges.start({ ...plan, draftId, revision: draft?.revision ?? 0 });
}

describe('a merge from a mail that was taken out of another', () => {
  const bytes = testBytes(600_000);

  it.each([
    ['waits', () => Promise.resolve()],
    ['was cancelled', (world: MailWorld, id: string) => world.worker().merges.cancel(id)],
    [
      'was sent and dismissed',
      async (world: MailWorld, id: string) => {
        world.online = true;
        await liveOn(world);
        expect(await world.worker().merges.dismiss(id)).toBe(true);
      },
    ],
  ] as const)('sends the file with each mail, when the other one %s', async (_how, act) => {
    const world = createMailWorld();
    const { first, taken } = await takenOut(world, bytes);
    world.online = false;
    await act(world, first);
    const before = world.accepted();
    world.online = false;
    expect(await mergeFrom(world, taken)).toMatchObject({ kind: 'started', count: 3 });
    if (before === 0) await world.worker().merges.cancel(first);
    world.online = true;
    await liveOn(world);
    expect(world.accepted()).toBe(before + 3);
    expect(withFile(world, bytes)).toBe(before + 3);
    expect(await world.store.countFiles()).toBe(0);
  });

  it('sends the file also when the account of the other one is removed', async () => {
    const world = createMailWorld();
    const { taken } = await takenOut(world, bytes);
    await sendAsOther(world, taken);
    await world.worker().forgetAccount(ACCOUNT_ID);
    expect(await mergeFrom(world, taken)).toMatchObject({ kind: 'started' });
    world.online = true;
    await liveOn(world);
    expect(withFile(world, bytes)).toBe(3);
    expect(await world.store.countFiles()).toBe(0);
  });

  it('goes back to its draft, which has the file as its own', async () => {
    const world = createMailWorld();
    const { first, taken } = await takenOut(world, bytes);
    await mergeFrom(world, taken);
    expect(await world.worker().merges.backToDraft(taken)).toBe(true);
    await world.worker().merges.cancel(first);
    expect(await world.store.countFiles()).toBe(1);
    world.online = true;
    await expect(world.worker().send(taken)).resolves.toEqual({ kind: 'queued' });
    await liveOn(world);
    expect(withFile(world, bytes)).toBe(1);
    expect(await world.store.countFiles()).toBe(0);
  });

  it('does not start when a byte of the file is missing, and leaves the draft as it was', async () => {
    const world = createMailWorld();
    const { taken } = await takenOut(world, bytes);
    const [file] = await world.store.files();
    const draft = await world.worker().openDraft(taken);
    if (!file || !draft) throw new Error('no file');
    const { content, revision, accountId } = draft;
    const [named] = content.attachments;
    const longer = { ...content, attachments: named ? [{ ...named, sizeBytes: 600_001 }] : [] };
    await world.worker().saveDraft({ id: taken, accountId, content: longer, revision });
    expect(await mergeFrom(world, taken)).toEqual({ kind: 'no-bytes' });
    expect(await world.store.countFiles()).toBe(1);
    expect((await world.worker().openDraft(taken))?.content).toEqual(longer);
  });

  it('starts whole or not at all, wherever the worker dies', { timeout: 120_000 }, async () => {
    async function live(death: Death | null): ReturnType<Parameters<typeof atEachDeath>[0]> {
      const world = createMailWorld();
      const { first, taken } = await takenOut(world, bytes);
      const dying = createDyingWorker(death, () => Promise.resolve());
      await Promise.race([mergeFrom(world, taken, world.worker(dying)), dying.ended]);
      // Whoever sees the draft still there presses again.
      const again = await mergeFrom(world, taken);
      await world.worker().merges.cancel(first);
      world.online = true;
      await liveOn(world);
      await world.clock.advance(DAY_MS + 1);
      await liveOn(world);
      const [arrived, files] = [withFile(world, bytes), await world.store.countFiles()];
      await world.forget();
      const wrong = arrived === 3 && files === 0 ? null : `${again.kind}: ${arrived}, ${files}`;
      return { calls: dying.calls, wrong };
    }
    expect(await atEachDeath(live)).toEqual([]);
  });
});

describe('the file of a merge', () => {
  const bytes = testBytes(300_000);

  it('goes with a mail that was taken out, when the account of the merge is removed', async () => {
    const world = createMailWorld();
    const { taken } = await takenOut(world, bytes);
    await sendAsOther(world, taken);
    await world.worker().forgetAccount(ACCOUNT_ID);
    world.online = true;
    await expect(world.worker().send(taken)).resolves.toEqual({ kind: 'queued' });
    await liveOn(world);
    expect(withFile(world, bytes)).toBe(1);
    expect(await world.store.countFiles()).toBe(0);
  });

  it('is wiped with the account of the last mail that may need it', async () => {
    const world = createMailWorld();
    const { first, taken } = await takenOut(world, bytes);
    await sendAsOther(world, taken);
    await world.worker().merges.cancel(first);
    expect(await world.store.countFiles()).toBe(1);
    await world.worker().forgetAccount(OTHER_ACCOUNT_ID);
    expect(await world.store.countFiles()).toBe(0);
  });

  it('that is being copied for a test goes with the account, too', async () => {
    const world = createMailWorld();
    const { draftId } = await planMerge(world, 1);
    await attach(world, draftId, testBytes(600_000));
    const dying = createDyingWorker(
      null,
      () => Promise.resolve(),
      (_call, name) => {
        if (name === 'store.finishFile') dying.end();
        return Promise.resolve();
      },
    );
    await Promise.race([world.worker(dying).merges.test({ ...TEST, draftId }), dying.ended]);
    expect(await world.store.countFiles()).toBe(2);
    await world.worker().forgetAccount(ACCOUNT_ID);
    expect(await world.store.countFiles()).toBe(0);
    expect(await world.store.ids()).toEqual([]);
  });

  it('is not wiped while the merge waits for longer than a day', async () => {
    const world = createMailWorld();
    world.online = false;
    const plan = await planMerge(world, 2);
    await attach(world, plan.draftId, bytes);
    await world.worker().merges.start({ ...plan, revision: 2 });
    await world.clock.advance(2 * DAY_MS);
    await world.worker().run();
    expect(await world.store.countFiles()).toBe(1);
    await world.worker().merges.pause(plan.draftId);
    world.online = true;
    await world.worker().merges.resume(plan.draftId);
    await liveOn(world);
    expect(withFile(world, bytes)).toBe(2);
  });
});

describe('a merge without files', () => {
  it('is started from a mail that was taken out of another', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 2);
    const [row] = (await resultOf(world, id)).rows;
    await world.worker().backToDraft(row?.mailId ?? '');
    expect(await mergeFrom(world, row?.mailId ?? '')).toMatchObject({ kind: 'started' });
    world.online = true;
    await liveOn(world);
    expect(world.accepted()).toBe(4);
  });
});
