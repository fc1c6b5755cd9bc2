// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Countdown } from '../../../components/mail/Countdown.tsx';
import { mail, NOW } from '../../harness/gallery/sample-records.ts';
import { mount, settled, type Mounted } from '../mount.tsx';

let page: Mounted | null = null;
afterEach(() => {
  page?.unmount();
  page = null;
  vi.useRealTimers();
});

describe('the countdown of a mail that can be undone', () => {
  it('goes on with the clock, and ends with words', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = NOW;
    const held = mail(1, { kind: 'held', until: NOW + 2_000 });
    page = mount(() => <Countdown mail={held} />, {}, { clock: { now: () => now } });
    await settled();
    expect(page.text()).toBe('Goes out in 2 s');
    now = NOW + 1_300;
    vi.advanceTimersByTime(1_300);
    await settled();
    expect(page.text()).toBe('Goes out in 1 s');
    now = NOW + 2_100;
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(page.text()).toBe('Goes out now');
  });

  it('is nothing for any other mail', async () => {
    page = mount(() => <Countdown mail={mail(1, { kind: 'queued' })} />, {});
    await settled();
    expect(page.text()).toBe('');
  });
});
