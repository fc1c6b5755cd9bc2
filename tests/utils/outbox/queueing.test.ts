import { describe, expect, it } from 'vitest';
import { queueProblemText } from '../../../components/texts/draft-problem-texts.ts';
import { formatMailbox } from '../../../utils/mail/mail.ts';
import { openContent } from '../../../utils/outbox/sealed-mail.ts';
import {
  ACCOUNT_ID,
  createMailWorld,
  draftOf,
  liveOn,
  writeDraft,
} from '../../harness/mail-world.ts';

const PERSON = { name: 'Ann', address: 'ann@example.com' };

describe('pressing Send', () => {
  it('in two windows at once sends one mail', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const [one, two] = [world.worker(), world.worker()];
    const outcomes = await Promise.all([one.send(id), two.send(id), one.send(id)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'already-queued',
      'already-queued',
      'queued',
    ]);
    await liveOn(world);
    expect(world.accepted()).toBe(1);
  });

  it('sends the draft as it was last saved, also when that was a moment ago', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world, { subject: 'Before' });
    const original = { ...world.store };
    let saved = false;
    world.store.find = async (asked) => {
      const found = await original.find(asked);
      if (!saved) {
        saved = true;
        const content = draftOf({ subject: 'After' });
        await world.worker().saveDraft({ id, accountId: ACCOUNT_ID, content, revision: 1 });
      }
      return found;
    };
    await expect(world.worker().send(id)).resolves.toEqual({ kind: 'queued' });
    await liveOn(world);
    const [delivery] = world.google.deliveries;
    expect(new TextDecoder().decode(delivery?.accepted)).toContain('Subject: After');
  });

  it('puts the alias that was chosen into From, with its name or the account’s', async () => {
    const world = createMailWorld();
    world.accounts.otherSenders = [
      { kind: 'alias', name: 'Engine Sales', address: 'sales@engine.example' },
      { kind: 'alias', name: '', address: 'ada@engine.example' },
    ];
    for (const [fromAlias, from] of [
      ['Sales@ENGINE.example', 'Engine Sales <sales@engine.example>'],
      ['ada@engine.example', 'Ada Lovelace <ada@engine.example>'],
    ] as const) {
      const id = await writeDraft(world, { fromAlias });
      const said = await world.worker().send(id);
      expect(said, fromAlias).toEqual({ kind: 'queued' });
      const stored = await world.store.find(id);
      const { fixed } = await openContent(world.vault, id, stored?.content ?? new Uint8Array());
      expect(formatMailbox(fixed?.from ?? PERSON)).toBe(from);
    }
  });

  it('sends from no other address when the alias was taken off the account', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world, { fromAlias: 'gone@engine.example' });
    expect(await world.worker().send(id)).toEqual({
      kind: 'problems',
      problems: ['from: unknown-alias'],
    });
    expect(queueProblemText('from: unknown-alias')).toMatch(/^From: /);
    await liveOn(world);
    expect(world.accepted()).toBe(0);
  });

  it('has an alarm set before the mail is queued', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    world.online = false;
    const alarmsThen: number[] = [];
    const original = { ...world.store };
    world.store.change = (changed, step) => {
      alarmsThen.push(world.alarms.size);
      return original.change(changed, step);
    };
    await world.worker().send(id);
    expect(alarmsThen).toEqual([1]);
  });

  it.for([
    ['problems', { to: [] }, { kind: 'problems', problems: ['to: no-recipient'] }],
    [
      'control characters',
      { subject: 'a\r\nBcc: evil@example.com' },
      { kind: 'problems', problems: ['subject: control-character'] },
    ],
    [
      'a file whose bytes are not here',
      {
        attachments: [
          {
            id: '1',
            fileName: 'a.pdf',
            mediaType: 'application/pdf',
            sizeBytes: 1,
            contentId: null,
          },
        ],
      },
      { kind: 'problems', problems: ['attachments: no-bytes'] },
    ],
    [
      'too many recipients',
      { bcc: Array.from({ length: 500 }, () => PERSON) },
      { kind: 'too-many-recipients', count: 501, limit: 500 },
    ],
  ] as const)('does not queue a mail with %s', async ([, content, outcome]) => {
    const world = createMailWorld();
    const id = await writeDraft(world, content);
    await expect(world.worker().send(id)).resolves.toEqual(outcome);
    expect((await world.worker().list()).map(({ state }) => state.kind)).toEqual(['draft']);
    expect(world.alarms.size).toBe(0);
  });

  it('does not queue a mail that is larger than the provider takes', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    const gmail = world.accounts.provider('gmail')!;
    const limits = { ...gmail.declaration.limits, messageBytes: 100 };
    world.accounts.use({ ...gmail, declaration: { ...gmail.declaration, limits } });
    const outcome = await worker.send(id);
    expect(outcome).toMatchObject({ kind: 'too-large', limitBytes: 100, helpfulRung: null });
    expect(outcome.kind === 'too-large' && outcome.sizeBytes).toBeGreaterThan(300);
  });

  it('names the right with which a mail that is too large could go, and takes it with that right', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    const gmail = world.accounts.provider('gmail')!;
    const limits = { ...gmail.declaration.limits, messageBytes: 100 };
    const limitsWith = { drafts: { messageBytes: 10_000 } };
    world.accounts.use({
      ...gmail,
      declaration: { ...gmail.declaration, limits, limitsWith },
    });
    await expect(worker.send(id)).resolves.toMatchObject({
      kind: 'too-large',
      helpfulRung: 'drafts',
    });
    world.accounts.grantedRungs = ['send', 'drafts'];
    await expect(worker.send(id)).resolves.toEqual({ kind: 'queued' });
  });

  it('wants an account', async () => {
    const world = createMailWorld();
    const draft = await world
      .worker()
      .createDraft({ accountId: null, content: draftOf(), suggestions: [] });
    await expect(world.worker().send(draft.id)).resolves.toEqual({ kind: 'no-account' });
    world.accounts.linked = false;
    const id = await writeDraft(world);
    await expect(world.worker().send(id)).resolves.toEqual({ kind: 'no-account' });
  });
});
