import { describe, expect, it } from 'vitest';
import { mergeStartText } from '../../../components/texts/merge-texts.ts';
import { queueText } from '../../../components/texts/outcome-texts.ts';
import { wholeText } from '../../../components/texts/outcome-text.ts';
import { declaration as outlook } from '../../../utils/providers/outlook/outlook.ts';
import type { MergeStart } from '../../../utils/outbox/outbox.ts';
import type { Rung } from '../../../utils/providers/providers.ts';
import {
  ACCOUNT_ID,
  createMailWorld,
  draftOf,
  liveOn,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../harness/mail-world.ts';
import { planMerge } from './batches/merge-world.ts';

/* Mail from a shared mailbox, and from an alias, at Outlook: what goes, and what is said beforehand. */

const HOUR = 60 * 60_000;
const OFFICE = 'office@bletchley.example';
const ALIAS = 'joan@bletchley.example';
const ANSWER = { inReplyTo: '<a@x.example>', references: ['<a@x.example>'], threadId: null };

function worldWith(...outlookRungs: readonly Rung[]): MailWorld {
  const world = createMailWorld({ outlook: ['send', ...outlookRungs] });
  world.accounts.otherSenders = [
    { kind: 'shared-mailbox', name: 'Office', address: OFFICE },
    { kind: 'alias', name: '', address: ALIAS },
  ];
  return world;
}

function fromOf(world: MailWorld): readonly string[] {
  return (world.outlook?.microsoft.deliveries ?? []).map(
    ({ delivered }) => /^From: .*$/m.exec(new TextDecoder().decode(delivered))?.[0] ?? '',
  );
}

describe('a mail from a shared mailbox', () => {
  it.for([[['shared-mailbox']], [['drafts', 'shared-mailbox']]] as const)(
    'goes once with the rights send and %j, under that mailbox’s name',
    async ([rungs]) => {
      const world = worldWith(...rungs);
      const id = await writeDraft(world, { fromAlias: OFFICE });
      expect(await world.worker().send(id)).toEqual({ kind: 'queued' });
      await liveOn(world);
      expect((await viewOf(world, id)).state.kind).toBe('sent');
      expect(fromOf(world)).toEqual([expect.stringContaining(`Office <${OFFICE}>`)]);
      expect(world.reports).toEqual([]);
    },
  );

  it('is not queued without the right for it, and says which it is', async () => {
    const world = worldWith();
    const id = await writeDraft(world, { fromAlias: OFFICE });
    const said = await world.worker().send(id);
    expect(said).toEqual({
      kind: 'sender-needs-right',
      rung: 'shared-mailbox',
      why: 'shared-mailbox',
    });
    expect(wholeText(queueText(said))).toContain('“Send from shared mailboxes”');
    await liveOn(world);
    expect((await viewOf(world, id)).state).toEqual({ kind: 'draft', reason: null });
    expect(world.router.log.requests()).toEqual([]);
  });

  it('waits for that right when it is lost on the way, and goes once it is back', async () => {
    const world = worldWith('shared-mailbox');
    const id = await writeDraft(world, { fromAlias: OFFICE });
    await world.worker().schedule(id, { at: world.clock.now() + HOUR, zone: 'Europe/Berlin' });
    world.accounts.grantedRungs = ['send'];
    await liveOn(world);
    const waits = { kind: 'waiting-for-right', rung: 'shared-mailbox' };
    expect((await viewOf(world, id)).state).toEqual(waits);
    expect(world.accepted()).toBe(0);
    const before = await world.store.record(id);
    await world.worker().run();
    // Nothing is tried that can't work yet.
    expect(await world.store.record(id)).toEqual(before);
    world.accounts.grantedRungs = ['send', 'shared-mailbox'];
    await world.worker().run();
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
  });

  it('comes back with the reason where Exchange does not let the person send from it', async () => {
    const world = worldWith('shared-mailbox');
    const address = 'board@bletchley.example';
    world.accounts.otherSenders = [{ kind: 'shared-mailbox', name: 'Board', address }];
    const id = await writeDraft(world, { fromAlias: address });
    await world.worker().send(id);
    await liveOn(world);
    expect((await viewOf(world, id)).state).toMatchObject({
      kind: 'draft',
      reason: { code: 'ErrorSendAsDenied' },
    });
    expect(world.accepted()).toBe(0);
  });

  it('is undone before it leaves, with its sender', async () => {
    const world = worldWith('shared-mailbox');
    world.choices = { ...world.choices, undoSeconds: 10 };
    const id = await writeDraft(world, { fromAlias: OFFICE });
    const worker = world.worker();
    expect((await worker.send(id)).kind).toBe('held');
    expect(await worker.backToDraft(id)).toBe(true);
    await liveOn(world);
    expect((await world.worker().openDraft(id))?.content.fromAlias).toBe(OFFICE);
    expect(world.router.log.requests()).toEqual([]);
  });

  it('waits for its hour on this device, and says so, though Outlook could hold others', async () => {
    const world = worldWith('drafts', 'shared-mailbox');
    const at = world.clock.now() + 3 * HOUR;
    const worker = world.worker();
    const [shared, alias] = [
      await writeDraft(world, { fromAlias: OFFICE }),
      await writeDraft(world, { fromAlias: ALIAS }),
    ];
    expect(await worker.schedulePlace(shared)).toEqual({ by: 'device', providerName: null });
    expect((await worker.schedulePlace(alias)).by).toBe('provider');
    await worker.schedule(shared, { at, zone: 'Europe/Berlin' });
    await worker.schedule(alias, { at, zone: 'Europe/Berlin' });
    await worker.run();
    expect((await viewOf(world, shared)).state.kind).toBe('scheduled');
    expect((await viewOf(world, alias)).state.kind).toBe('at-provider');
    expect(world.outlook?.microsoft.messages('joan.clarke@bletchley.example')).toHaveLength(1);
    await liveOn(world);
    expect((await viewOf(world, shared)).state.kind).toBe('sent');
    expect(fromOf(world).filter((from) => from.includes(OFFICE))).toHaveLength(1);
  });

  it('stays on this device also where the mailbox was noted as an alias when it was scheduled', async () => {
    const world = worldWith('drafts', 'shared-mailbox');
    world.accounts.otherSenders = [{ kind: 'alias', name: '', address: OFFICE }];
    const id = await writeDraft(world, { fromAlias: OFFICE });
    const worker = world.worker();
    await worker.schedule(id, { at: world.clock.now() + 3 * HOUR, zone: 'Europe/Berlin' });
    world.accounts.otherSenders = [{ kind: 'shared-mailbox', name: '', address: OFFICE }];
    await worker.run();
    expect((await viewOf(world, id)).state.kind).toBe('scheduled');
    expect(world.router.log.requests()).toEqual([]);
  });
});

describe('what a header makes impossible from another address', () => {
  it.for([ALIAS, OFFICE])('is said of an answer from %s before it is sent', async (fromAlias) => {
    const world = worldWith('shared-mailbox');
    const id = await writeDraft(world, { fromAlias, threading: ANSWER });
    const said = await world.worker().send(id);
    expect(said).toEqual({ kind: 'sender-needs-right', rung: 'drafts', why: 'answer' });
    expect(wholeText(queueText(said))).toContain('“Write drafts into your mailbox”');
    expect(world.router.log.requests()).toEqual([]);
  });

  it('goes with the right to write drafts, header and all', async () => {
    const world = worldWith('drafts', 'shared-mailbox');
    const id = await writeDraft(world, { fromAlias: OFFICE, threading: ANSWER });
    expect(await world.worker().send(id)).toEqual({ kind: 'queued' });
    await liveOn(world);
    const [mail] = world.outlook?.microsoft.deliveries ?? [];
    expect(new TextDecoder().decode(mail?.delivered)).toMatch(/^In-Reply-To: <a@x\.example>/m);
  });

  it('goes from the account’s own address with the right to send alone', async () => {
    const world = worldWith();
    const id = await writeDraft(world, { threading: ANSWER });
    expect(await world.worker().send(id)).toEqual({ kind: 'queued' });
  });

  it('is nothing at a provider that reads From in the message', async () => {
    const world = createMailWorld();
    world.accounts.otherSenders = [{ kind: 'alias', name: '', address: ALIAS }];
    const id = await writeDraft(world, { fromAlias: ALIAS, threading: ANSWER });
    expect(await world.worker().send(id)).toEqual({ kind: 'queued' });
    expect(outlook.rungForHeadersFromOthers).toBe('drafts');
  });
});

describe('a merge from a shared mailbox', () => {
  async function merge(world: MailWorld, unsubscribe: string | null): Promise<MergeStart> {
    const plan = await planMerge(world, 3, { unsubscribe });
    const worker = world.worker();
    const content = draftOf({ fromAlias: OFFICE, to: [] });
    const { draftId: id, revision } = plan;
    await worker.saveDraft({ id, accountId: ACCOUNT_ID, content, revision });
    return worker.merges.start({ ...plan, revision: revision + 1 });
  }

  it('sends each mail from it', async () => {
    const world = worldWith('shared-mailbox');
    const outcome = await merge(world, null);
    expect(outcome).toEqual({ kind: 'started', count: 3, days: 1 });
    await liveOn(world);
    expect(fromOf(world)).toEqual(Array(3).fill(expect.stringContaining(OFFICE)));
  });

  it('is not started without the right for it, nor with a header that can’t go', async () => {
    const without = await merge(worldWith(), null);
    expect(without).toMatchObject({ kind: 'sender-needs-right', why: 'shared-mailbox' });
    const world = worldWith('shared-mailbox');
    const outcome = await merge(world, 'mailto:office@bletchley.example');
    expect(outcome).toEqual({ kind: 'sender-needs-right', rung: 'drafts', why: 'unsubscribe' });
    expect(wholeText(mergeStartText(outcome))).toContain('leave out the unsubscribe button');
    await liveOn(world);
    expect(world.accepted()).toBe(0);
  });
});

describe('a merge with a way to unsubscribe', () => {
  const UNSUBSCRIBE = 'mailto:office@bletchley.example?subject=unsubscribe';
  const needs = (rung: 'drafts' | 'shared-mailbox') => ({ kind: 'sender-needs-right', rung });

  it.for([
    [[], null, 'goes'],
    [['drafts'], null, 'goes'],
    [['shared-mailbox'], null, 'goes'],
    [['drafts', 'shared-mailbox'], null, 'goes'],
    [[], ALIAS, needs('drafts')],
    [['drafts'], ALIAS, 'goes'],
    [['shared-mailbox'], ALIAS, needs('drafts')],
    [['drafts', 'shared-mailbox'], ALIAS, 'goes'],
    [[], OFFICE, needs('shared-mailbox')],
    [['drafts'], OFFICE, needs('shared-mailbox')],
    [['shared-mailbox'], OFFICE, needs('drafts')],
    [['drafts', 'shared-mailbox'], OFFICE, 'goes'],
  ] as const)(
    'with send and %j, from %s: every mail carries it, or nothing is stored and it is said why',
    async ([rights, fromAlias, expected]) => {
      const world = worldWith(...rights);
      const plan = await planMerge(world, 2, { unsubscribe: UNSUBSCRIBE });
      const worker = world.worker();
      const { draftId: id, revision, fields, unsubscribe } = plan;
      const content = draftOf({ fromAlias, to: [] });
      await worker.saveDraft({ id, accountId: ACCOUNT_ID, content, revision });
      const [recipient] = plan.recipients;
      if (!recipient) throw new Error('nobody');
      const tested = await worker.merges.test({ draftId: id, fields, recipient, unsubscribe });
      const started = await worker.merges.start({ ...plan, revision: revision + 1 });
      await liveOn(world);
      const mails = (world.outlook?.microsoft.deliveries ?? []).map(({ delivered }) =>
        new TextDecoder().decode(delivered),
      );
      if (expected === 'goes') {
        expect([tested.kind, started.kind]).toEqual(['queued', 'started']);
        expect(mails).toHaveLength(3);
        for (const mail of mails) {
          expect(mail.replace(/\r\n[ \t]/g, ' ')).toContain(`List-Unsubscribe: <${UNSUBSCRIBE}>`);
        }
        return;
      }
      expect(tested).toMatchObject(expected);
      expect(started).toMatchObject(expected);
      expect(await world.store.ids()).toEqual([id]);
      expect(world.router.log.requests()).toEqual([]);
    },
  );
});
