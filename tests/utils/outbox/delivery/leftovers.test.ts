import { describe, expect, it, vi } from 'vitest';
import type { Rung } from '../../../../utils/providers/providers.ts';
import {
  createMailWorld,
  fileBytes,
  liveOn,
  viewOf,
  writeDraftWithFile,
  type MailWorld,
} from '../../../harness/mail-world.ts';
import { planMerge } from '../batches/merge-world.ts';
import { peerFetch } from '../../../peers/peer-fetch.ts';

const DRAFTS: readonly Rung[] = ['send', 'drafts'];
const PIECE = { method: 'PUT', host: 'outlook.office.com' };
const DISCARD = { method: 'DELETE', host: 'graph.microsoft.com' };
const FILE = fileBytes(8_000_000);

const messagesAtOutlook = (world: MailWorld) => {
  const home = world.outlook;
  if (home === null) throw new Error('no Outlook here');
  return home.microsoft.messages(home.person.email);
};

/** A mail whose file is on its way to Outlook, held there. */
async function uploading() {
  const world = createMailWorld({ outlook: DRAFTS });
  const id = await writeDraftWithFile(world, FILE);
  const worker = world.worker();
  const hold = world.router.faults.hold({ match: PIECE, nth: 2, at: 'arrived' });
  await worker.send(id);
  void worker.run();
  await hold.arrived;
  expect(messagesAtOutlook(world).map(({ isDraft }) => isDraft)).toEqual([true]);
  return { world, worker, id, hold };
}

/** As a person does in Outlook itself. */
async function sendByHand(world: MailWorld, id: string): Promise<void> {
  const url = `https://graph.microsoft.com/v1.0/me/messages/${encodeURIComponent(id)}/send`;
  const Authorization = `Bearer ${world.outlook?.grant('send') ?? ''}`;
  const answer = await peerFetch(world.router)(url, { method: 'POST', headers: { Authorization } });
  expect(answer.status).toBe(202);
}

describe('what an attempt has left in Drafts', () => {
  it('is removed when the person takes the mail back in the middle of its upload', async () => {
    const { world, worker, id, hold } = await uploading();
    await expect(worker.backToDraft(id)).resolves.toBe(true);
    hold.release();
    await vi.waitFor(() => expect(messagesAtOutlook(world)).toEqual([]));
    expect((await viewOf(world, id)).state.kind).toBe('draft');
    expect(world.calls.map(({ purpose }) => purpose)).toContain('discard-draft');
    await liveOn(world);
    expect(world.accepted()).toBe(0);
    expect(world.reports).toEqual([]);
  });

  it('is removed when the person takes back what they had paused, by a later worker', async () => {
    const { world, worker, id, hold } = await uploading();
    await worker.pause(id);
    hold.release();
    world.endWorkers();
    expect(messagesAtOutlook(world)).toHaveLength(1);
    await world.worker().backToDraft(id);
    await vi.waitFor(() => expect(messagesAtOutlook(world)).toEqual([]));
  });

  it('is removed when the merge that it belongs to is cancelled', async () => {
    const world = createMailWorld({ outlook: DRAFTS });
    const draftId = await writeDraftWithFile(world, FILE, { to: [] });
    const worker = world.worker();
    const hold = world.router.faults.hold({ match: PIECE, nth: 2, at: 'arrived' });
    await worker.merges.start(await planMerge(world, 1, { draftId, revision: 2 }));
    void worker.run();
    await hold.arrived;
    const [mail] = await world.store.mailsOfBatch(draftId);
    await expect(worker.pause(mail?.id ?? '')).resolves.toBe(true);
    hold.release();
    expect(messagesAtOutlook(world)).toHaveLength(1);
    await expect(worker.merges.cancel(draftId)).resolves.toBe(true);
    await vi.waitFor(() => expect(messagesAtOutlook(world)).toEqual([]));
    await liveOn(world);
    expect(world.accepted()).toBe(0);
  });

  it('stays when it was sent there meanwhile, by whomever', async () => {
    const { world, worker, id, hold } = await uploading();
    await worker.pause(id);
    hold.release();
    const [draft] = messagesAtOutlook(world);
    await sendByHand(world, draft?.id ?? '');
    await worker.backToDraft(id);
    await vi.waitFor(() =>
      expect(world.calls.filter(({ purpose }) => purpose === 'find-mail').length).toBeGreaterThan(
        0,
      ),
    );
    await liveOn(world);
    expect(world.router.log.requests(DISCARD)).toEqual([]);
  });

  it('never keeps the person from their mail when Outlook can’t be asked', async () => {
    const { world, worker, id, hold } = await uploading();
    await worker.pause(id);
    hold.release();
    world.router.faults.add({
      match: { host: 'graph.microsoft.com' },
      fault: { kind: 'cut-before-body' },
      times: Infinity,
    });
    await expect(worker.backToDraft(id)).resolves.toBe(true);
    expect((await viewOf(world, id)).state.kind).toBe('draft');
    await liveOn(world);
    expect(world.reports).toEqual([]);
  });
});
