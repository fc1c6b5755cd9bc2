import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDraftKeeper,
  versionOf,
  type DraftKeeper,
} from '../../../components/compose/draft-keeper.ts';
import type { SaveOutcome } from '../../../utils/messaging/messaging.ts';
import {
  createFakeClient,
  NO_ANSWER,
  type FakeClient,
  type Script,
} from '../../harness/fake-client.ts';
import { draft } from '../../harness/gallery/sample-records.ts';

const saving: Script = {
  'drafts.save': ({ revision }) => ({ kind: 'saved', revision: revision + 1 }),
};

function begin(script: Script = saving): { client: FakeClient; keeper: DraftKeeper } {
  const client = createFakeClient(script);
  return { client, keeper: createDraftKeeper(client, draft({ revision: 3 })) };
}

const write = (keeper: DraftKeeper, text: string): void =>
  keeper.change({ content: { ...keeper.version.value.content, text } });

const savedTexts = (client: FakeClient): readonly string[] =>
  client.requests('drafts.save').map(({ content }) => content.text);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('autosave', () => {
  it('stores what was written within half a second, also while one goes on typing', async () => {
    const { client, keeper } = begin();
    for (let stroke = 0; stroke < 10; stroke += 1) {
      write(keeper, 'x'.repeat(stroke + 1));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(savedTexts(client)).toEqual(['xxxx', 'xxxxxxxx']);
    await vi.advanceTimersByTimeAsync(400);
    expect(savedTexts(client).at(-1)).toBe('xxxxxxxxxx');
    expect(keeper.saveState.value.kind).toBe('saved');
  });

  it('hands on the revision that each save got', async () => {
    const { client, keeper } = begin();
    write(keeper, 'one');
    await vi.advanceTimersByTimeAsync(500);
    write(keeper, 'two');
    await vi.advanceTimersByTimeAsync(500);
    expect(client.requests('drafts.save').map(({ revision }) => revision)).toEqual([3, 4]);
  });

  it('stores nothing when nothing was written', async () => {
    const { client, keeper } = begin();
    await keeper.flush();
    keeper.leave();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.asked).toEqual([]);
  });

  it('makes one save at a time, and one more for what was written meanwhile', async () => {
    const answers: ((outcome: SaveOutcome) => void)[] = [];
    const { client, keeper } = begin({
      'drafts.save': () => new Promise((resolve) => answers.push(resolve)),
    });
    write(keeper, 'one');
    const flushed = keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    write(keeper, 'two');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(savedTexts(client)).toEqual(['one']);
    answers[0]?.({ kind: 'saved', revision: 4 });
    await vi.advanceTimersByTimeAsync(0);
    expect(savedTexts(client)).toEqual(['one', 'two']);
    expect(client.requests('drafts.save')[1]?.revision).toBe(4);
    answers[1]?.({ kind: 'saved', revision: 5 });
    expect(await flushed).toBe(true);
    expect(keeper.saveState.value.kind).toBe('saved');
  });

  it('stores a half-typed recipient too', async () => {
    const { client, keeper } = begin();
    keeper.change({ pending: { to: '', cc: 'm.horak@exam', bcc: '' } });
    await vi.advanceTimersByTimeAsync(500);
    expect(client.requests('drafts.save')[0]?.content.cc).toEqual([
      { name: '', address: 'm.horak@exam' },
    ]);
    expect(keeper.version.value.pending.cc).toBe('m.horak@exam');
  });
});

describe('a window that goes away', () => {
  it('stores at once what no timer has stored yet', () => {
    const { client, keeper } = begin();
    write(keeper, 'last words');
    keeper.leave();
    expect(savedTexts(client)).toEqual(['last words']);
  });

  it('does not wait for a save under way, whose revision it knows', async () => {
    const { client, keeper } = begin({ 'drafts.save': () => new Promise(() => {}) });
    write(keeper, 'one');
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    write(keeper, 'two');
    keeper.leave();
    expect(client.requests('drafts.save').map(({ revision }) => revision)).toEqual([3, 4]);
    expect(savedTexts(client)).toEqual(['one', 'two']);
  });
});

describe('a save that fails', () => {
  it('keeps the text, says so, and tries again by itself', async () => {
    const { client, keeper } = begin({
      'drafts.save': () => ({ code: 'storage-full', userText: 'The disk is full.' }),
    });
    write(keeper, 'precious');
    expect(await keeper.flush()).toBe(false);
    expect(keeper.saveState.value).toMatchObject({
      kind: 'failed',
      error: { code: 'storage-full' },
    });
    expect(keeper.version.value.content.text).toBe('precious');
    client.answer(saving);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(keeper.saveState.value.kind).toBe('saved');
    expect(savedTexts(client)).toEqual(['precious', 'precious']);
  });

  it('is asked once more as it was when the worker died over it, and so is no conflict', async () => {
    let stored = 3;
    const { client, keeper } = begin({
      'drafts.save': ({ revision }) => {
        client.answer({
          'drafts.save': (again) =>
            again.content.text === 'one' || again.revision === stored
              ? { kind: 'saved', revision: stored }
              : { kind: 'conflict', revision: stored },
        });
        stored = revision + 1;
        write(keeper, 'two');
        return NO_ANSWER;
      },
    });
    write(keeper, 'one');
    expect(await keeper.flush()).toBe(true);
    expect(savedTexts(client)).toEqual(['one', 'one', 'two']);
    expect(keeper.saveState.value.kind).toBe('saved');
  });

  it('goes on saying so while one types on', async () => {
    const { keeper } = begin({ 'drafts.save': () => ({ code: 'x', userText: 'No.' }) });
    write(keeper, 'one');
    await keeper.flush();
    write(keeper, 'two');
    expect(keeper.saveState.value.kind).toBe('failed');
  });
});

describe('another window that saved in between', () => {
  const conflicting: Script = { 'drafts.save': () => ({ kind: 'conflict', revision: 9 }) };

  it('is never overwritten by itself', async () => {
    const { client, keeper } = begin(conflicting);
    write(keeper, 'mine');
    await vi.advanceTimersByTimeAsync(500);
    expect(keeper.saveState.value.kind).toBe('conflict');
    write(keeper, 'mine, and more');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await keeper.flush()).toBe(false);
    keeper.leave();
    expect(savedTexts(client)).toEqual(['mine']);
    expect(keeper.version.value.content.text).toBe('mine, and more');
  });

  it('is overwritten when the person says so', async () => {
    const { client, keeper } = begin(conflicting);
    write(keeper, 'mine');
    await keeper.flush();
    client.answer(saving);
    const theirs = versionOf(draft());
    expect(await keeper.goOn(keeper.version.value, { version: theirs, revision: 9 })).toBe(true);
    expect(client.requests('drafts.save').at(-1)).toMatchObject({
      revision: 9,
      content: { text: 'mine' },
    });
  });

  it('is taken over without a save', async () => {
    const { client, keeper } = begin(conflicting);
    write(keeper, 'mine');
    await keeper.flush();
    const theirs = versionOf(draft());
    expect(await keeper.goOn(theirs, { version: theirs, revision: 9 })).toBe(true);
    expect(client.requests('drafts.save')).toHaveLength(1);
    expect(keeper.saveState.value.kind).toBe('saved');
  });
});

describe('a mail that is no draft any more', () => {
  it('keeps the text in the window and saves no more', async () => {
    const { client, keeper } = begin({ 'drafts.save': () => ({ kind: 'not-a-draft' }) });
    write(keeper, 'too late');
    expect(await keeper.flush()).toBe(false);
    write(keeper, 'later still');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(client.requests('drafts.save')).toHaveLength(1);
    expect(keeper.version.value.content.text).toBe('later still');
  });
});
