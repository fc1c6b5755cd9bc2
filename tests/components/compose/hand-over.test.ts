import { describe, expect, it } from 'vitest';
import { handOver, type HandedOver } from '../../../components/compose/hand-over.ts';
import { createFakeClient, type FakeClient, type Script } from '../../harness/fake-client.ts';
import { idOf } from '../../harness/gallery/sample-records.ts';

const MAIL = idOf(1);
const FILE = idOf(2);
const NO_ANSWER = { code: 'no-answer', userText: 'No answer.' };

const script: Script = {
  'attachments.begin': () => ({ kind: 'begun', fileId: FILE, pieceBytes: 10 }),
  'attachments.put': () => ({ kind: 'stored' }),
  'attachments.finish': () => ({ kind: 'complete' }),
  'attachments.remove': () => ({ done: true }),
};

interface Played {
  readonly outcome: HandedOver;
  readonly client: FakeClient;
  readonly progress: readonly number[];
}

async function play(
  file: File,
  more: Script = {},
  signal = new AbortController().signal,
): Promise<Played> {
  const client = createFakeClient({ ...script, ...more });
  const progress: number[] = [];
  const onProgress = (bytes: number): void => void progress.push(bytes);
  const outcome = await handOver(client, { mailId: MAIL, file, signal, onProgress });
  return { outcome, client, progress };
}

const TEXT = '0123456789abcdefghijXYZ';
const removed = ({ client }: Played): number => client.requests('attachments.remove').length;

describe('handing a file over', () => {
  it('gives every byte, piece by piece, each after the last one was stored', async () => {
    let open = 0;
    const played = await play(new File([TEXT], 'a'), {
      'attachments.put': async () => {
        expect((open += 1)).toBe(1);
        await Promise.resolve();
        open -= 1;
        return { kind: 'stored' };
      },
    });
    expect(played.outcome).toEqual({ kind: 'handed-over', fileId: FILE, sizeBytes: 23 });
    const pieces = played.client.requests('attachments.put');
    expect(pieces.map(({ index, bytes }) => [index, new TextDecoder().decode(bytes)])).toEqual([
      [0, '0123456789'],
      [1, 'abcdefghij'],
      [2, 'XYZ'],
    ]);
    expect(played.progress).toEqual([10, 20, 23]);
    expect(removed(played)).toBe(0);
  });

  it('gives an empty file as one empty piece', async () => {
    const played = await play(new File([], 'a'));
    expect(played.outcome).toMatchObject({ kind: 'handed-over', sizeBytes: 0 });
    expect(played.client.requests('attachments.put')).toMatchObject([{ index: 0 }]);
  });

  it.for(['attachments.begin', 'attachments.finish'] as const)(
    'asks for %s again when the worker died over it',
    async (name) => {
      let asked = 0;
      const first = <T>(answer: T): T | typeof NO_ANSWER =>
        (asked += 1) === 1 ? NO_ANSWER : answer;
      const played = await play(
        new File([TEXT], 'a'),
        name === 'attachments.begin'
          ? { [name]: () => first({ kind: 'begun', fileId: FILE, pieceBytes: 10 } as const) }
          : { [name]: () => first({ kind: 'complete' } as const) },
      );
      expect(played.outcome.kind).toBe('handed-over');
      expect(played.client.requests(name)).toHaveLength(2);
      expect(removed(played)).toBe(0);
    },
  );

  it('gives a piece again when the worker died over it', async () => {
    let asked = 0;
    const played = await play(new File([TEXT], 'a'), {
      'attachments.put': () => ((asked += 1) === 2 ? NO_ANSWER : { kind: 'stored' }),
    });
    expect(played.outcome.kind).toBe('handed-over');
    expect(played.client.requests('attachments.put').map(({ index }) => index)).toEqual([
      0, 1, 1, 2,
    ]);
  });

  it('gives up when the worker stays silent, and takes back what was stored', async () => {
    const played = await play(new File([TEXT], 'a'), { 'attachments.put': () => NO_ANSWER });
    expect(played.outcome).toEqual({ kind: 'not-stored', error: NO_ANSWER });
    expect(played.client.requests('attachments.put')).toHaveLength(4);
    expect(removed(played)).toBe(1);
  });

  it.each([
    ['a full disk', { code: 'storage-full', userText: 'Full.' }, 'not-stored'],
    ['a draft that is gone', { kind: 'gone' } as const, 'not-a-draft'],
    ['a piece that does not fit', { kind: 'refused' } as const, 'changed'],
  ])('says %s at once, and keeps nothing', async (_what, answer, kind) => {
    const played = await play(new File([TEXT], 'a'), { 'attachments.put': () => answer });
    expect(played.outcome.kind).toBe(kind);
    expect(played.client.requests('attachments.put')).toHaveLength(1);
    expect(removed(played)).toBe(1);
  });

  it('says that a file vanished while it was read, and keeps nothing', async () => {
    const file = new File([TEXT], 'a');
    const vanished = {
      arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
    };
    const slice = file.slice.bind(file);
    file.slice = (from, to) => (from === 10 ? (vanished as unknown as Blob) : slice(from, to));
    const played = await play(file);
    expect(played.outcome).toEqual({ kind: 'unreadable' });
    expect(removed(played)).toBe(1);
  });

  it.each([
    ['shorter', (file: File) => Object.assign(file, { slice: () => new Blob(['x']) })],
    [
      'newer',
      (file: File) => {
        let looks = 0;
        return Object.defineProperty(file, 'lastModified', { get: () => (looks += 1) });
      },
    ],
    [
      'longer',
      (file: File) => {
        let looks = 0;
        return Object.defineProperty(file, 'size', { get: () => 22 + (looks += 1) });
      },
    ],
  ])('says that a file became %s while it was read, and keeps nothing', async (_how, change) => {
    const played = await play(change(new File([TEXT], 'a')));
    expect(played.outcome).toEqual({ kind: 'changed' });
    expect(removed(played)).toBe(1);
  });

  it('stops when it is told to, and keeps nothing', async () => {
    const stop = new AbortController();
    const more: Script = {
      'attachments.put': () => {
        stop.abort();
        return { kind: 'stored' };
      },
    };
    const played = await play(new File([TEXT], 'a'), more, stop.signal);
    expect(played.outcome).toEqual({ kind: 'cancelled' });
    expect(played.client.requests('attachments.put')).toHaveLength(1);
    expect(removed(played)).toBe(1);
  });
});
