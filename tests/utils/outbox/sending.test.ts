import { describe, expect, it } from 'vitest';
import { createMailWorld, liveOn, viewOf, writeDraft } from '../../harness/mail-world.ts';

describe('sending', () => {
  it('takes two requests, and keeps a receipt', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await expect(world.worker().send(id)).resolves.toEqual({ kind: 'queued' });
    await liveOn(world);
    expect(world.reports).toEqual([]);
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.router.log.requests().map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });
});
