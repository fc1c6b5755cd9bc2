// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { SendingSection } from '../../../components/options/SendingSection.tsx';
import { noticesOf } from '../../harness/fake-notices.ts';
import { click, mount, settled, type Mounted } from '../mount.tsx';

let page: Mounted | null = null;
afterEach(() => {
  page?.unmount();
  page = null;
});

describe('the settings of sending', () => {
  it('show what is chosen, and change one and keep the other', async () => {
    let choices = { undoSeconds: 10, lateToleranceMinutes: 60, receiptRetentionDays: 30 };
    page = mount(() => <SendingSection />, {
      'sending.choices': () => choices,
      'sending.choose': (chosen) => {
        choices = chosen;
        return { done: true };
      },
    });
    await settled();
    expect(page.value('#undo-seconds')).toBe('10');
    const undo = page.find('#undo-seconds');
    if (!(undo instanceof HTMLSelectElement)) throw new Error('no select');
    undo.value = '0';
    undo.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(choices).toEqual({ undoSeconds: 0, lateToleranceMinutes: 60, receiptRetentionDays: 30 });
    expect(page.value('#undo-seconds')).toBe('0');
    expect(page.value('#late-minutes')).toBe('60');
  });

  it('say it when a choice could not be stored, and show what is stored', async () => {
    page = mount(() => <SendingSection />, {
      'sending.choices': () => ({
        undoSeconds: 7,
        lateToleranceMinutes: 60,
        receiptRetentionDays: 30,
      }),
      'sending.choose': () => ({ code: 'storage', userText: 'It was not stored.' }),
    });
    await settled();
    const undo = page.find('#undo-seconds');
    // A time that is not in our list was chosen elsewhere and stays.
    expect(page.value('#undo-seconds')).toBe('7');
    if (!(undo instanceof HTMLSelectElement)) throw new Error('no select');
    undo.value = '30';
    undo.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(page.find('[role="alert"]').textContent).toBe('It was not stored.');
  });

  it('switch notifications on and off by the browser’s own question', async () => {
    const script = {
      'sending.choices': () => ({
        undoSeconds: 7,
        lateToleranceMinutes: 60,
        receiptRetentionDays: 30,
      }),
    };
    page = mount(() => <SendingSection />, script);
    await settled();
    expect(page.text()).toContain('Notifications: off');
    await click(page.button('Switch notifications on'));
    await settled();
    expect(page.text()).toContain('Notifications: on');
    await click(page.button('Switch notifications off'));
    await settled();
    expect(page.text()).toContain('Notifications: off');
    page.unmount();
    page = mount(() => <SendingSection />, script, { notices: noticesOf({ agrees: false }) });
    await settled();
    await click(page.button('Switch notifications on'));
    await settled();
    expect(page.text()).toContain('The browser did not allow it');
  });
});
