import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  createMailWorld,
  draftOf,
  liveOn,
  viewOf,
  writeDraft,
} from '../../../harness/mail-world.ts';
import { testBytes } from '../../../harness/send-job.ts';
import {
  arrivedAt,
  attach,
  loseOneForEver,
  people,
  planMerge,
  resultOf,
  startMerge,
} from './merge-world.ts';

const HOST = 'gmail.googleapis.com';

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('a test of a merge', () => {
  const test = {
    fields: ['name'],
    recipient: { name: 'Ann', address: 'ann@example.com', values: ['Ann'] },
    unsubscribe: 'mailto:me@example.com?subject=unsubscribe',
  };
  /** Without what differs from mail to mail: who it is to, its ids and its date. */
  const withoutIds = (mail: Uint8Array | undefined): string =>
    textOf(mail)
      .replace(/^(To|Date|Message-ID|X-Received|Received): .*\r\n/gim, '')
      .replace(/=_?[\w-]{20,}/g, '=boundary')
      .replace(/--[\w=-]{20,}/g, '--boundary');

  it('is what a recipient gets, with its files and its header, and leaves the draft as it was', async () => {
    const world = createMailWorld();
    const plan = await planMerge(world, 1, { ...test, recipients: [test.recipient] });
    const { draftId } = plan;
    await attach(world, draftId);
    const before = await world.worker().openDraft(draftId);
    await expect(world.worker().merges.test({ ...test, draftId })).resolves.toEqual({
      kind: 'queued',
    });
    await liveOn(world);
    expect(await world.worker().openDraft(draftId)).toEqual(before);
    await world.worker().merges.start({ ...plan, revision: before?.revision ?? 0 });
    await liveOn(world);
    const [tested, sent] = world.google.deliveries;
    expect(world.google.deliveries).toHaveLength(2);
    expect(tested?.envelope.to).toEqual([expect.stringContaining('ada')]);
    expect(textOf(sent?.delivered)).toContain('plan.txt');
    expect(withoutIds(tested?.delivered)).toBe(withoutIds(sent?.delivered));
    expect(await world.store.countFiles()).toBe(0);
  });

  it('of large files opens no more than a piece at a time, and sends every byte', async () => {
    const world = createMailWorld();
    const { draftId } = await planMerge(world, 1);
    const bytes = testBytes(1_300_000);
    await attach(world, draftId, bytes);
    await world.worker().merges.test({ ...test, draftId });
    await liveOn(world);
    const encoded = Buffer.from(bytes).toString('base64').slice(-500);
    const mail = textOf(world.google.deliveries[0]?.delivered).replaceAll('\r\n', '');
    expect(mail).toContain(encoded);
  });

  it('that lacks a byte of a file says so, and leaves nothing of it', async () => {
    const world = createMailWorld();
    const { draftId } = await planMerge(world, 1);
    await attach(world, draftId);
    const files = await world.store.files();
    const worker = world.worker();
    const draft = await worker.openDraft(draftId);
    await worker.removeFile({ mailId: draftId, fileId: files[0]?.id ?? '' });
    expect(draft?.content.attachments).toHaveLength(1);
    await expect(worker.merges.test({ ...test, draftId })).resolves.toEqual({
      kind: 'problems',
      problems: ['attachments: no-bytes'],
    });
    expect(await world.store.ids()).toEqual([draftId]);
    expect(await world.store.countFiles()).toBe(0);
    expect(world.accepted()).toBe(0);
  });
});

describe('a merge', () => {
  it('sends one mail to each, filled in for them, and tells what became of each', async () => {
    const world = createMailWorld();
    const { id, outcome } = await startMerge(world, 5);
    expect(outcome).toEqual({ kind: 'started', count: 5, days: 1 });
    await liveOn(world);
    expect(arrivedAt(world)).toEqual(people(5).map(({ address }) => address));
    const second = world.google.deliveries.find(({ envelope }) =>
      envelope.to.includes('person.1@example.com'),
    );
    expect(textOf(second?.delivered)).toMatch(/Subject: For Name1\r\n[\s\S]*Dear Name1,/);
    const view = await resultOf(world, id);
    expect(view.counts).toMatchObject({ sent: 5, waiting: 0 });
    expect(view.rows.map(({ outcome: { kind } }) => kind)).toEqual(Array(5).fill('sent'));
    expect(view.rows[4]).toMatchObject({ name: 'Person 4', address: 'person.4@example.com' });
  });

  it('adds nothing to a mail: no picture, no link, no mark but what was written', async () => {
    const world = createMailWorld();
    await startMerge(world, 1);
    await liveOn(world);
    const mail = textOf(world.google.deliveries[0]?.accepted);
    expect(mail.slice(mail.indexOf('\r\n\r\n') + 4)).toBe('Dear Name0,\r\nthe fence is ready.\r\n');
    expect(mail).not.toMatch(/https?:|<img|text\/html/i);
  });

  it('offers recipients a way to unsubscribe where the person asks for it', async () => {
    const world = createMailWorld();
    await startMerge(world, 1, { unsubscribe: 'mailto:me@example.com?subject=unsubscribe' });
    await liveOn(world);
    expect(textOf(world.google.deliveries[0]?.delivered)).toContain(
      'List-Unsubscribe: <mailto:me@example.com?subject=unsubscribe>\r\n',
    );
  });

  it('is told of at a glance until each of its mails has come to its end', async () => {
    const world = createMailWorld();
    expect(await world.worker().merges.unfinished()).toEqual([]);
    world.online = false;
    const { worker } = await startMerge(world, 3);
    await worker.run();
    expect(await world.worker().merges.unfinished()).toMatchObject([
      { total: 3, control: 'running', counts: { sent: 0, waiting: 3 } },
    ]);
    world.online = true;
    await liveOn(world);
    expect(await world.worker().merges.unfinished()).toEqual([]);
    expect(await world.worker().merges.list()).toHaveLength(1);
  });

  it('stands in its own result and not among the mails, of which it would be hundreds', async () => {
    const world = createMailWorld();
    world.online = false;
    const { worker } = await startMerge(world, 3);
    await worker.run();
    expect(await world.worker().list()).toEqual([]);
    expect(await world.worker().merges.list()).toMatchObject([
      { subject: 'For {{name|you}}', total: 3, counts: { waiting: 3 } },
    ]);
  });

  it('is started once, however often and from however many windows', async () => {
    const world = createMailWorld();
    world.online = false;
    const plan = await planMerge(world, 4);
    const [one, two] = [world.worker(), world.worker()];
    const kinds = await Promise.all([one.merges.start(plan), two.merges.start(plan)]);
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['gone', 'started']);
    expect(await world.worker().merges.start(plan)).toEqual({ kind: 'already-started' });
    world.online = true;
    await liveOn(world);
    expect(arrivedAt(world)).toHaveLength(4);
  });

  it('does not start with a text that another window has changed', async () => {
    const world = createMailWorld();
    const plan = await planMerge(world, 2);
    await world.worker().saveDraft({
      id: plan.draftId,
      accountId: ACCOUNT_ID,
      content: draftOf({ subject: 'Another' }),
      revision: 1,
    });
    expect(await world.worker().merges.start(plan)).toEqual({ kind: 'changed' });
    expect(await world.worker().merges.list()).toEqual([]);
    expect(await world.worker().openDraft(plan.draftId)).not.toBeNull();
  });

  it.for([
    ['x\r\nBcc: evil@example.org', 'to: control-character'],
    // Longer than a stored mail may have it: it would never be read again.
    ['x'.repeat(1_001), 'to: header-too-long'],
  ] as const)(
    'is refused whole, by the row, when one mail of it can not be made',
    async ([name, problem]) => {
      const world = createMailWorld();
      const recipients = people(3).map((one, index) => (index === 1 ? { ...one, name } : one));
      const { id, outcome } = await startMerge(world, 3, { recipients });
      expect(outcome).toMatchObject({ kind: 'problems', rows: [{ row: 1, problem }] });
      expect(await world.worker().openDraft(id)).not.toBeNull();
      await liveOn(world);
      expect(world.accepted()).toBe(0);
    },
  );

  it('sends a file with each mail, keeps it once, and wipes it with the last', async () => {
    const world = createMailWorld();
    const plan = await planMerge(world, 3);
    await attach(world, plan.draftId);
    await world.worker().merges.start({ ...plan, revision: 2 });
    expect(await world.store.files()).toHaveLength(1);
    await liveOn(world);
    expect(world.accepted()).toBe(3);
    for (const { delivered } of world.google.deliveries) {
      expect(textOf(delivered)).toContain('filename="plan.txt"');
      expect(textOf(delivered)).toContain(btoa('a plan of the fence'));
    }
    expect(await world.store.files()).toEqual([]);
  });

  it('does not start with a file that is not there as a whole', async () => {
    const world = createMailWorld();
    const draftId = await writeDraft(world, {
      to: [],
      attachments: [
        { id: 'lost', fileName: 'a', mediaType: 'text/plain', sizeBytes: 3, contentId: null },
      ],
    });
    const plan = await planMerge(world, 2);
    const outcome = await world.worker().merges.start({ ...plan, draftId, fields: [] });
    expect(outcome).toEqual({ kind: 'no-bytes' });
    expect(await world.worker().merges.list()).toEqual([]);
  });
});

describe('the daily limit of the account', () => {
  it('is said, and nothing is stored, when the person has not agreed to more days', async () => {
    const world = createMailWorld();
    const { outcome } = await startMerge(world, 501);
    expect(outcome).toEqual({
      kind: 'over-daily-limit',
      count: 501,
      leftToday: 500,
      perDay: 500,
      days: 2,
    });
    expect(await world.worker().merges.list()).toEqual([]);
  });

  it('spreads a merge over days when they have, and counts what was sent before', async () => {
    const world = createMailWorld();
    await startMerge(world, 2);
    await liveOn(world);
    world.online = false;
    const { id, outcome } = await startMerge(world, 600, { spread: true });
    expect(outcome).toEqual({ kind: 'started', count: 600, days: 2 });
    const now = world.clock.now();
    const dueAt = (await world.store.mailsOfBatch(id)).map((mail) => mail.dueAt ?? 0);
    expect(dueAt.filter((at) => at <= now)).toHaveLength(498);
    expect(dueAt.filter((at) => at === now + 86_400_000)).toHaveLength(102);
    const { nextAt, lastAt } = await resultOf(world, id);
    expect([nextAt, lastAt]).toEqual([now, now + 86_400_000]);
  });
});

describe('what the person does with a merge', () => {
  it('asks nothing of anybody for as long as a mail can be undone, and goes by itself then', async () => {
    const world = createMailWorld();
    world.choices = { ...world.choices, undoSeconds: 10 };
    const { id, worker } = await startMerge(world, 3);
    await worker.run();
    await world.clock.advance(9_999);
    await worker.run();
    expect(world.router.log.requests()).toEqual([]);
    expect((await resultOf(world, id)).nextAt).toBe(world.clock.now() + 1);
    await liveOn(world);
    expect(arrivedAt(world)).toHaveLength(3);
    expect(world.accepted()).toBe(3);
  });

  it('is cancelled whole within that time, and nothing of it ever leaves', async () => {
    const world = createMailWorld();
    world.choices = { ...world.choices, undoSeconds: 10 };
    const { id, worker } = await startMerge(world, 3);
    await worker.run();
    await world.clock.advance(5_000);
    expect(await world.worker().merges.cancel(id)).toBe(true);
    await liveOn(world);
    expect(world.router.log.requests()).toEqual([]);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 0, waiting: 0, notSent: 3 });
  });

  it('becomes its draft again as long as nothing has left, with its files and its table', async () => {
    const world = createMailWorld();
    world.choices = { ...world.choices, undoSeconds: 10 };
    const plan = await planMerge(world, 3, { plan: 'the table' });
    const id = plan.draftId;
    await attach(world, id);
    const before = await world.worker().openDraft(id);
    await world.worker().merges.start({ ...plan, revision: 2 });
    await world.clock.advance(5_000);
    await world.worker().merges.drop(['person.1@example.com']);
    expect(await resultOf(world, id)).toMatchObject({ canGoBack: true });
    expect(await world.worker().merges.backToDraft(id)).toBe(true);
    expect(await world.worker().merges.backToDraft(id)).toBe(false);
    expect(await world.worker().openDraft(id)).toEqual({
      ...before,
      revision: 3,
      updatedAt: world.clock.now(),
    });
    expect(await world.worker().merges.planOf(id)).toBe('the table');
    expect(await world.worker().merges.show(id)).toBeNull();
    expect(await world.store.ids()).toEqual([id]);
    await liveOn(world);
    expect(world.router.log.requests()).toEqual([]);

    // What a window asked of the merge before does nothing to the draft.
    expect(await world.worker().merges.dismiss(id)).toBe(false);
    expect(await world.worker().merges.cancel(id)).toBe(false);
    const { merges } = world.worker();
    expect(await merges.start({ ...plan, revision: 2 })).toEqual({ kind: 'changed' });
    expect(await merges.start({ ...plan, revision: 3 })).toMatchObject({ kind: 'started' });
    await world.clock.advance(10_000);
    await liveOn(world);
    expect(arrivedAt(world)).toHaveLength(3);
    expect(textOf(world.google.deliveries[0]?.delivered)).toContain('plan.txt');
    expect(await world.store.countFiles()).toBe(0);
  });

  it('does not become a draft again once a mail may have left, also when its receipt is gone', async () => {
    const world = createMailWorld();
    world.router.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'cut-after-accept' },
      times: 1,
    });
    const { id, worker } = await startMerge(world, 2);
    expect((await resultOf(world, id)).canGoBack).toBe(true);
    await worker.run();
    expect(world.accepted()).toBeGreaterThan(0);
    expect((await resultOf(world, id)).canGoBack).toBe(false);
    expect(await world.worker().merges.backToDraft(id)).toBe(false);
    expect(await world.store.keepsDraft(id)).toBe(false);
    await world.worker().merges.pause(id);
    for (const mail of await world.store.mailsOfBatch(id)) {
      if (mail.state.kind !== 'paused') await world.store.remove(mail.id, () => true);
    }
    expect(await world.worker().merges.backToDraft(id)).toBe(false);
  });

  it('does not become a draft again when one mail was taken out, or it was cancelled', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 2);
    const [first] = (await resultOf(world, id)).rows;
    await world.worker().backToDraft(first?.mailId ?? '');
    expect((await resultOf(world, id)).canGoBack).toBe(false);
    expect(await world.worker().merges.backToDraft(id)).toBe(false);
    await world.worker().merges.cancel(id);
    expect(await world.store.keepsDraft(id)).toBe(false);
    expect(await world.worker().merges.backToDraft(id)).toBe(false);
  });

  it('becomes its draft again while it is paused, and after a change of the key', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 2, { plan: 'the table' });
    await world.worker().merges.pause(id);
    const before = await world.store.sealedContent(id);
    expect(
      await world
        .worker()
        .sealAnew(async (label, sealed) =>
          world.vault.seal(label, await world.vault.open(label, sealed)),
        ),
    ).toBe(0);
    expect(await world.store.sealedContent(id)).not.toEqual(before);
    expect(await world.worker().merges.backToDraft(id)).toBe(true);
    expect(await world.worker().merges.planOf(id)).toBe('the table');
    world.online = true;
    await liveOn(world);
    expect(world.google.deliveries).toEqual([]);
    expect((await world.worker().openDraft(id))?.content.subject).toBe('For {{name|you}}');
  });

  it('keeps the table of a draft through a save, and wipes it when the draft is sent', async () => {
    const world = createMailWorld();
    world.choices = { ...world.choices, undoSeconds: 10 };
    const { id } = await startMerge(world, 2, { plan: 'the table' });
    await world.worker().merges.backToDraft(id);
    const draft = await world.worker().openDraft(id);
    if (!draft) throw new Error('no draft');
    const content = { ...draft.content, to: [{ name: '', address: 'ann@example.com' }] };
    await world.worker().saveDraft({ id, accountId: ACCOUNT_ID, content, revision: 2 });
    expect(await world.worker().merges.planOf(id)).toBe('the table');
    await world.worker().send(id);
    await world.worker().backToDraft(id);
    expect(await world.worker().merges.planOf(id)).toBe('');
  });

  it('pauses what has not begun, and goes on with it', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 4);
    expect(await world.worker().merges.pause(id)).toBe(true);
    world.online = true;
    await liveOn(world);
    expect(world.accepted()).toBe(0);
    expect((await resultOf(world, id)).rows.map(({ outcome }) => outcome.kind)).toEqual(
      Array(4).fill('paused'),
    );
    expect(await world.worker().merges.resume(id)).toBe(true);
    await liveOn(world);
    expect(arrivedAt(world)).toHaveLength(4);
  });

  it('plans the days anew when it goes on after days', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 600, { spread: true });
    await world.worker().merges.pause(id);
    world.clock.jump(5 * 86_400_000);
    await world.worker().merges.resume(id);
    const now = world.clock.now();
    const due = (await world.store.mailsOfBatch(id)).filter(({ dueAt }) => (dueAt ?? 0) <= now);
    expect(due).toHaveLength(500);
  });

  it('cancels the rest and keeps what arrived', async () => {
    const world = createMailWorld();
    world.router.faults.add({
      match: { host: HOST, method: 'POST' },
      fault: { kind: 'too-many-requests', retryAfterSeconds: 600 },
      nth: 3,
      times: 1,
    });
    const { id, worker } = await startMerge(world, 5);
    await worker.run();
    expect(world.accepted()).toBe(2);
    expect(await world.worker().merges.cancel(id)).toBe(true);
    await liveOn(world);
    expect(world.accepted()).toBe(2);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 2, notSent: 3, waiting: 0 });
    const contents = await world.store.stock();
    expect(contents.find(({ kind }) => kind === 'mails')?.count).toBe(0);
  });

  it('never sends again what may have arrived, until they say so', async () => {
    const world = createMailWorld();
    loseOneForEver(world);
    const { id, worker } = await startMerge(world, 3);
    await worker.run();
    await liveOn(world);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 2, unconfirmed: 1 });
    expect(await world.worker().merges.needingPerson()).toBe(1);
    expect(await world.worker().merges.retryRejected(id)).toBe(false);
    expect(await world.worker().merges.dismiss(id)).toBe(false);
    await liveOn(world);
    const before = world.accepted();
    expect(await world.worker().merges.decideAll(id, 'send-again')).toBe(true);
    await liveOn(world);
    expect(world.accepted()).toBe(before + 1);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 3, unconfirmed: 0 });
    expect(await world.worker().merges.needingPerson()).toBe(0);
  });

  it('takes their word that the unconfirmed have arrived', async () => {
    const world = createMailWorld();
    loseOneForEver(world);
    const { id } = await startMerge(world, 2);
    await liveOn(world);
    await world.worker().merges.decideAll(id, 'arrived');
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 2 });
    expect((await world.store.stock()).find(({ kind }) => kind === 'mails')?.count).toBe(0);
  });

  it('sends only the refused again, as new mails', async () => {
    const world = createMailWorld();
    world.router.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'refuse', status: 400 },
      times: 1,
    });
    const { id } = await startMerge(world, 3);
    await liveOn(world);
    const { counts, rows } = await resultOf(world, id);
    expect(counts).toMatchObject({ sent: 2, rejected: 1 });
    expect(rows.filter(({ outcome }) => outcome.kind === 'rejected')).toHaveLength(1);
    expect(await world.worker().merges.retryRejected(id)).toBe(true);
    await liveOn(world);
    expect(arrivedAt(world)).toEqual(people(3).map(({ address }) => address));
  });

  it('keeps a paused merge paused when the refused are to go again, and all of it goes on', async () => {
    const world = createMailWorld();
    const match = { method: 'PUT' };
    world.router.faults.add({ match, fault: { kind: 'refuse', status: 400 }, times: 1 });
    const limited = world.router.faults.add({
      match,
      fault: { kind: 'too-many-requests', retryAfterSeconds: 3600 },
      times: Infinity,
    });
    const { id, worker } = await startMerge(world, 3);
    await worker.run();
    limited.remove();
    expect((await resultOf(world, id)).counts).toMatchObject({ rejected: 1, waiting: 2 });
    expect(await world.worker().merges.pause(id)).toBe(true);
    expect(await world.worker().merges.retryRejected(id)).toBe(true);
    await liveOn(world);
    const { control, rows } = await resultOf(world, id);
    expect(control).toBe('paused');
    expect(rows.map(({ outcome }) => outcome.kind)).toEqual(Array(3).fill('paused'));
    expect(world.accepted()).toBe(0);
    expect(await world.worker().merges.resume(id)).toBe(true);
    await liveOn(world);
    expect(arrivedAt(world)).toEqual(people(3).map(({ address }) => address));
  });

  it('lets one mail be taken out, which then is theirs alone', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 2);
    const [first] = (await resultOf(world, id)).rows;
    const mailId = first?.mailId ?? '';
    expect(await world.worker().backToDraft(mailId)).toBe(true);
    expect((await viewOf(world, mailId)).state.kind).toBe('draft');
    await world.worker().merges.cancel(id);
    expect((await resultOf(world, id)).rows.map(({ outcome }) => outcome.kind)).toEqual([
      'taken-out',
      'not-sent',
    ]);
    world.online = true;
    await world.worker().send(mailId);
    await liveOn(world);
    expect(arrivedAt(world)).toEqual(['person.0@example.com']);
  });

  it('drops who came onto the do-not-mail list and was not written to yet', async () => {
    const world = createMailWorld();
    world.online = false;
    await startMerge(world, 3);
    await world.worker().merges.drop(['PERSON.1@example.com']);
    world.online = true;
    await liveOn(world);
    expect(arrivedAt(world)).toEqual(['person.0@example.com', 'person.2@example.com']);
  });

  it('drops of these also whom the provider refused: nobody retries them', async () => {
    const world = createMailWorld();
    const fault = { kind: 'refuse', status: 400 } as const;
    world.router.faults.add({ match: { method: 'PUT' }, fault, times: 2 });
    const { id } = await startMerge(world, 2);
    await liveOn(world);
    await world.worker().merges.drop(['person.0@example.com']);
    expect((await resultOf(world, id)).counts).toMatchObject({ rejected: 1, notSent: 1 });
    expect(await world.worker().merges.retryRejected(id)).toBe(true);
    await liveOn(world);
    expect(arrivedAt(world)).toEqual(['person.1@example.com']);
  });

  it('dismisses the result with everything of it', async () => {
    const world = createMailWorld();
    const { id } = await startMerge(world, 2);
    expect(await world.worker().merges.dismiss(id)).toBe(false);
    await liveOn(world);
    world.clock.jump(60 * 86_400_000);
    await liveOn(world);
    expect((await resultOf(world, id)).counts.sent).toBe(2);
    expect(await world.worker().merges.dismiss(id)).toBe(true);
    expect((await world.store.stock()).every(({ count }) => count === 0)).toBe(true);
  });

  it('is still told after a change of the key, and a change that met it half-way leaves it whole', async () => {
    const world = createMailWorld();
    const { id } = await startMerge(world, 2);
    await liveOn(world);
    const before = (await world.store.findBatch(id))?.sealed;
    const labels: string[] = [];
    const left = await world.worker().sealAnew(async (label, sealed) => {
      labels.push(label.kind);
      return world.vault.seal(label, await world.vault.open(label, sealed));
    });
    expect([left, labels]).toEqual([0, ['batch-content']]);
    expect((await world.store.findBatch(id))?.sealed).not.toEqual(before);
    expect((await resultOf(world, id)).rows).toHaveLength(2);
    await world.store.exchangeBatch(id, before ?? new Uint8Array(), new Uint8Array(1));
    expect((await resultOf(world, id)).unreadable).toBeNull();
  });

  it('loses it with its account, files included', async () => {
    const world = createMailWorld();
    world.online = false;
    const plan = await planMerge(world, 3);
    await attach(world, plan.draftId);
    await world.worker().merges.start({ ...plan, revision: 2 });
    await world.worker().forgetAccount(ACCOUNT_ID);
    expect((await world.store.stock()).every(({ count }) => count === 0)).toBe(true);
  });
});
