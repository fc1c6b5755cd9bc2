import { describe, expect, it } from 'vitest';
import { draftContentSchema, unpackPeople } from '../../../utils/mail/mail.ts';
import { ACCOUNT_ID, createMailWorld, draftOf, writeDraft } from '../../harness/mail-world.ts';

describe('a draft', () => {
  it('is found again by the next worker as it was saved', async () => {
    const world = createMailWorld();
    const made = await world.worker().createDraft({
      accountId: null,
      content: draftOf({ subject: 'First' }),
      suggestions: [{ name: 'Ann', address: 'ann@example.com', doubts: ['not-visible'] }],
    });
    await expect(
      world.worker().saveDraft({
        id: made.id,
        accountId: ACCOUNT_ID,
        content: draftOf({ subject: 'Second' }),
        revision: made.revision,
      }),
    ).resolves.toEqual({ kind: 'saved', revision: 2 });
    await expect(world.worker().openDraft(made.id)).resolves.toMatchObject({
      accountId: ACCOUNT_ID,
      content: { subject: 'Second' },
      suggestions: [{ name: 'Ann', address: 'ann@example.com', doubts: ['not-visible'] }],
      rejection: null,
      revision: 2,
    });
  });

  it('keeps whom else the page had through the saves of a window, and no longer than it is a draft', async () => {
    const world = createMailWorld();
    const outbox = world.worker();
    const id = await writeDraft(world);
    const people = Array.from({ length: 2_000 }, (_, index) => ({
      name: `Anna\tBerg ${index}`,
      address: `anna.${index}@example.com`,
    }));
    const save = outbox.saveDraft({ id, accountId: ACCOUNT_ID, content: draftOf(), revision: 1 });
    await Promise.all([save, outbox.addFound(id, people)]);
    await expect(save).resolves.toEqual({ kind: 'saved', revision: 2 });
    const draft = await outbox.openDraft(id);
    expect(unpackPeople(draft?.alsoFound ?? '')).toEqual(
      people.map(({ name, address }) => ({ name: name.replace('\t', ' '), address })),
    );
    expect(await outbox.send(id)).toEqual({ kind: 'queued' });
    await outbox.addFound(id, people);
    expect(await outbox.backToDraft(id)).toBe(true);
    await expect(outbox.openDraft(id)).resolves.toMatchObject({ alsoFound: '' });
  });

  it('is not overwritten by a window that did not see the last save', async () => {
    const world = createMailWorld();
    const outbox = world.worker();
    const id = await writeDraft(world);
    const save = (subject: string, revision: number) =>
      outbox.saveDraft({ id, accountId: ACCOUNT_ID, content: draftOf({ subject }), revision });
    const [one, two] = await Promise.all([save('one', 1), save('two', 1)]);
    expect([one.kind, two.kind].sort()).toEqual(['conflict', 'saved']);
    await expect(save('old', 1)).resolves.toEqual({ kind: 'conflict', revision: 2 });
  });

  it('is saved when it stands there already, as for a window whose worker died before it answered', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    // As every request is read before it comes here.
    const content = draftContentSchema().parse(draftOf({ subject: 'mine' }));
    const save = (accountId: string | null, revision: number) =>
      world.worker().saveDraft({ id, accountId, content, revision });
    await expect(save(ACCOUNT_ID, 1)).resolves.toEqual({ kind: 'saved', revision: 2 });
    await expect(save(ACCOUNT_ID, 1)).resolves.toEqual({ kind: 'saved', revision: 2 });
    await expect(save(null, 1)).resolves.toEqual({ kind: 'conflict', revision: 2 });
    await expect(save(null, 2)).resolves.toEqual({ kind: 'saved', revision: 3 });
  });

  it('can be saved and discarded no more when it was queued', async () => {
    const world = createMailWorld();
    world.online = false;
    const outbox = world.worker();
    const id = await writeDraft(world);
    await outbox.send(id);
    await expect(
      outbox.saveDraft({ id, accountId: ACCOUNT_ID, content: draftOf(), revision: 2 }),
    ).resolves.toEqual({ kind: 'not-a-draft' });
    await outbox.discardDraft(id);
    await expect(outbox.openDraft(id)).resolves.toBeNull();
    expect((await outbox.list()).map(({ state }) => state.kind)).toEqual(['queued']);
  });

  it('is gone when it is discarded', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await world.worker().discardDraft(id);
    await expect(world.worker().list()).resolves.toEqual([]);
    await expect(world.worker().send(id)).resolves.toEqual({ kind: 'gone' });
  });

  it('that can not be opened is shown, blocks nothing and is kept', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await world.store.change(id, (record) => ({ record, content: new Uint8Array(80) }));
    const other = await writeDraft(world, { subject: 'Whole' });
    const views = await world.worker().list();
    expect(views.map(({ subject, unreadable }) => [subject, unreadable])).toEqual(
      expect.arrayContaining([
        ['', 'corrupt'],
        ['Whole', null],
      ]),
    );
    await expect(world.worker().openDraft(id)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(world.worker().send(other)).resolves.toEqual({ kind: 'queued' });
    await expect(world.store.find(id)).resolves.not.toBeNull();
  });
});
