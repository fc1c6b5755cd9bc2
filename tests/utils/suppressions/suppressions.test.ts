import { describe, expect, it } from 'vitest';
import {
  createSuppressions,
  suppressionRecords,
  type Suppressions,
} from '../../../utils/suppressions/suppressions.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';
import { createMailWorld } from '../../harness/mail-world.ts';

function createList(): { readonly list: Suppressions; readonly stored: () => Promise<string> } {
  const area = createFakeStorageArea();
  const { vault } = createMailWorld();
  let last: Promise<unknown> = Promise.resolve();
  const list = createSuppressions({
    records: createSealedRecords({ vault, area, ...suppressionRecords }),
    clock: createFakeClock(),
    exclusively: (_name, work) => {
      const mine = last.then(work, work);
      last = mine;
      return mine;
    },
  });
  return { list, stored: async () => JSON.stringify([...(await area.entries())]) };
}

describe('the do-not-mail list', () => {
  it('keeps each address once, however it is written', async () => {
    const { list } = createList();
    expect(await list.add(['ann@example.com', 'Ann@EXAMPLE.com'], 'by-hand')).toEqual({
      kind: 'added',
      added: 1,
      known: 1,
    });
    expect(await list.add(['ANN@example.com', 'bo@example.com'], 'import')).toMatchObject({
      added: 1,
      known: 1,
    });
    expect((await list.list()).map(({ address, why }) => [address, why])).toEqual([
      ['ann@example.com', 'by-hand'],
      ['bo@example.com', 'import'],
    ]);
    expect(await list.keys()).toEqual(new Set(['ann@example.com', 'bo@example.com']));
  });

  it('loses none of two additions at once', async () => {
    const { list } = createList();
    await Promise.all([list.add(['a@b.example'], 'result'), list.add(['c@d.example'], 'result')]);
    expect(await list.keys()).toHaveProperty('size', 2);
  });

  it('takes nothing of a list in which something is no address', async () => {
    const { list } = createList();
    expect(await list.add(['ann@example.com', 'nobody'], 'import')).toEqual({
      kind: 'not-addresses',
      count: 1,
    });
    expect(await list.list()).toEqual([]);
  });

  it('says when it is full, and keeps what it has', async () => {
    const { list } = createList();
    const many = Array.from({ length: 20_000 }, (_, index) => `a${index}@example.com`);
    expect(await list.add(many, 'import')).toMatchObject({ added: 20_000 });
    expect(await list.add(['one.more@example.com'], 'by-hand')).toMatchObject({
      kind: 'list-full',
    });
    expect(await list.keys()).toHaveProperty('size', 20_000);
  });

  it('is stored sealed only', async () => {
    const { list, stored } = createList();
    await list.add(['ann@example.com'], 'by-hand');
    expect(await stored()).toContain('suppressions/list');
    expect(await stored()).not.toContain('ann');
  });

  it('lets an address go again', async () => {
    const { list } = createList();
    await list.add(['ann@example.com'], 'by-hand');
    expect(await list.remove('ANN@example.com')).toBe(true);
    expect(await list.remove('ann@example.com')).toBe(false);
    expect(await list.list()).toEqual([]);
  });
});
