// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ScheduleForm, type ChosenSchedule } from '../../../components/schedule/ScheduleForm.tsx';
import { ownZone } from '../../../components/schedule/zoned-time.ts';
import { idOf, NOW } from '../../harness/gallery/sample-records.ts';
import { click, key, mount, settled, write, type Mounted } from '../mount.tsx';

let page: Mounted | null = null;
afterEach(() => {
  page?.unmount();
  page = null;
});

async function open(answer: string | null = null, before: ChosenSchedule | null = null) {
  const onChoose = vi.fn(() => Promise.resolve(answer));
  const onCancel = vi.fn();
  const mounted = mount(
    () => <ScheduleForm main mailId={idOf(1)} {...{ before, onChoose, onCancel }} />,
    {},
  );
  page = mounted;
  await settled();
  return { mounted, onChoose, onCancel };
}

async function choose(select: HTMLElement, value: string): Promise<void> {
  if (!(select instanceof HTMLSelectElement)) throw new Error('no select');
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

describe('asking for a time', () => {
  it('says on the spot that this device has to be awake then', async () => {
    const { mounted } = await open();
    expect(mounted.text()).toContain('This device sends it: it has to be on and online then');
  });

  it('takes a named time with one press', async () => {
    const { mounted, onChoose } = await open();
    await click(mounted.button('In one hour'));
    expect(onChoose).toHaveBeenCalledWith({ at: NOW + 3_600_000, zone: ownZone() });
  });

  it('takes a date and a time in the zone that was chosen', async () => {
    const { mounted, onChoose } = await open();
    await write(mounted.find('input[type="date"]'), '2026-03-29');
    await write(mounted.find('input[type="time"]'), '02:30');
    await choose(mounted.find('select'), 'Europe/Berlin');
    expect(mounted.find('[role="status"]').textContent).toContain('it becomes 03:30');
    await click(mounted.button('Schedule'));
    const at = Date.parse('2026-03-29T01:30Z');
    expect(onChoose).toHaveBeenCalledWith({ at, zone: 'Europe/Berlin' });
  });

  it('lets the second of two be meant, where clocks go back', async () => {
    const { mounted, onChoose } = await open();
    await write(mounted.find('input[type="date"]'), '2026-10-25');
    await write(mounted.find('input[type="time"]'), '02:30');
    await choose(mounted.find('select'), 'Europe/Berlin');
    const [, which] = mounted.place.querySelectorAll('select');
    await choose(which!, '2');
    await click(mounted.button('Schedule'));
    const at = Date.parse('2026-10-25T01:30Z');
    expect(onChoose).toHaveBeenCalledWith({ at, zone: 'Europe/Berlin' });
  });

  it('begins with the time that a mail has, in its zone, and with the second of two where it is that', async () => {
    for (const time of ['2026-06-01T06:30Z', '2026-10-25T01:30Z']) {
      const before = { at: Date.parse(time), zone: 'Europe/Berlin' };
      const { mounted, onChoose } = await open(null, before);
      await click(mounted.button('Schedule'));
      expect(onChoose).toHaveBeenCalledWith(before);
      mounted.unmount();
    }
  });

  it('begins with the next morning in that zone when the time has passed', async () => {
    const { mounted } = await open(null, { at: NOW - 1, zone: 'Asia/Tokyo' });
    expect(mounted.value('select')).toBe('Asia/Tokyo');
    expect(mounted.value('input[type="time"]')).toBe('08:00');
  });

  it('takes no time that has passed, and says so', async () => {
    const { mounted, onChoose } = await open();
    await write(mounted.find('input[type="date"]'), '2026-03-01');
    await click(mounted.button('Schedule'));
    expect(onChoose).not.toHaveBeenCalled();
    expect(mounted.find('[role="alert"]').textContent).toContain('That time has passed');
  });

  it('is left by Escape, and keeps Ctrl+Enter from sending at once', async () => {
    const { mounted, onCancel } = await open();
    const sent = vi.fn();
    mounted.place.addEventListener('keydown', sent);
    mounted.find('input[type="date"]').focus();
    await key('Enter', { ctrlKey: true });
    expect(sent).not.toHaveBeenCalled();
    await key('Escape');
    expect(onCancel).toHaveBeenCalledOnce();
  });
});
