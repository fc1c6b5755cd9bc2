// @vitest-environment jsdom
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { describe, expect, it } from 'vitest';
import { readRecipients } from '../../../components/compose/read-recipients.ts';
import { RecipientField } from '../../../components/compose/RecipientField.tsx';
import type { Mailbox } from '../../../utils/mail/mail.ts';
import { click, key, mount, settled, write, type Mounted } from '../mount.tsx';

const ANN = { name: 'Ann Lee', address: 'ann.lee@example.org' };
const MILAN = { name: 'Milan Horák', address: 'm.horak@example.net' };

interface Held {
  recipients: readonly Mailbox[];
  text: string;
}

function open(
  recipients: readonly Mailbox[] = [],
  suggestions: readonly Mailbox[] = [],
): Mounted & { held: Held } {
  const held: Held = { recipients, text: '' };
  function Holder(): JSX.Element {
    const [now, setNow] = useState<Held>(held);
    return (
      <>
        <RecipientField
          id="to"
          label="To"
          recipients={now.recipients}
          text={now.text}
          suggestions={suggestions}
          problem=""
          onChange={(next, text) => {
            Object.assign(held, { recipients: next, text });
            setNow({ recipients: next, text });
          }}
        />
        <button type="button">Elsewhere</button>
      </>
    );
  }
  return { ...mount(() => <Holder />), held };
}

const chips = (page: Mounted): string[] =>
  [...page.place.querySelectorAll('.chip-name')].map((chip) => chip.textContent.trim());

function paste(field: HTMLElement, text: string): boolean {
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
    clipboardData: { getData: () => text },
  });
  field.dispatchEvent(event);
  return event.defaultPrevented;
}

describe('typing recipients', () => {
  it('takes an address on Enter', async () => {
    const page = open();
    await write(page.find('#to'), 'Ann Lee <ann.lee@example.org>');
    expect(await key('Enter')).toBe(true);
    expect(page.held).toEqual({ recipients: [ANN], text: '' });
    expect(page.find('[role="status"]').textContent).toBe('Added Ann Lee <ann.lee@example.org>.');
  });

  it('takes an address on a comma and on a semicolon', async () => {
    const page = open();
    await write(page.find('#to'), 'ann.lee@example.org,');
    expect(page.held.recipients.map(({ address }) => address)).toEqual(['ann.lee@example.org']);
    await write(page.find('#to'), 'm.horak@example.net; ');
    expect(page.held.recipients).toHaveLength(2);
    expect(page.held.text).toBe('');
  });

  it('lets a comma stand in a name', async () => {
    const page = open();
    await write(page.find('#to'), 'Lee,');
    expect(page.held.text).toBe('Lee,');
    await write(page.find('#to'), 'Lee, Ann <ann.lee@example.org>');
    await key('Enter');
    expect(page.held.recipients).toEqual([{ name: 'Lee, Ann', address: 'ann.lee@example.org' }]);
  });

  it('takes what was typed when the field is left', async () => {
    const page = open();
    await write(page.find('#to'), 'ann.lee@example.org');
    page.button('Elsewhere').focus();
    await settled();
    expect(page.held.recipients).toHaveLength(1);
  });

  it('leaves a half-typed address alone when the window loses the focus', async () => {
    const page = open();
    const field = page.find('#to');
    await write(field, 'ann.l');
    field.dispatchEvent(new FocusEvent('blur'));
    await settled();
    expect(page.held).toEqual({ recipients: [], text: 'ann.l' });
  });

  it('does not take Enter while an input method composes', async () => {
    const page = open();
    await write(page.find('#to'), 'あん');
    expect(await key('Enter', { isComposing: true })).toBe(false);
    expect(page.held.text).toBe('あん');
  });

  it('leaves Ctrl+Enter to the page, which sends', async () => {
    const page = open();
    await write(page.find('#to'), 'ann.lee@example.org');
    expect(await key('Enter', { ctrlKey: true })).toBe(false);
  });

  it('does not add somebody twice', async () => {
    const page = open([ANN]);
    await write(page.find('#to'), 'ANN.LEE@EXAMPLE.ORG, m.horak@example.net');
    await key('Enter');
    expect(page.held.recipients.map(({ address }) => address)).toEqual([
      'ann.lee@example.org',
      'm.horak@example.net',
    ]);
  });
});

describe('pasting', () => {
  it('takes a list from anywhere, and keeps what it can’t read as marked pieces', async () => {
    const page = open();
    const list =
      'Ann Lee <ann.lee@example.org>\nm.horak@example.net;\n"Adler, Ruth" <ruth@example.org>\nnobody at all';
    expect(paste(page.find('#to'), list)).toBe(true);
    await settled();
    expect(page.held.recipients).toEqual([
      ANN,
      { name: '', address: 'm.horak@example.net' },
      { name: 'Adler, Ruth', address: 'ruth@example.org' },
      { name: '', address: 'nobody at all' },
    ]);
    expect(page.place.querySelectorAll('.chip-wrong')).toHaveLength(1);
  });

  it('takes two thousand of ten thousand at once, and leaves the others in the field with their names', () => {
    const list = Array.from({ length: 10_000 }, (_, at) => `"Lee, ${at}" <p${at}@example.org>`);
    const began = performance.now();
    const { mailboxes, rest, notes } = readRecipients(list.join(', '), [ANN]);
    // Seconds are far more than it takes; each one compared with all others took minutes.
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(mailboxes.length + 1).toBe(2000);
    expect(rest).toContain('"Lee, 9999" <p9999@example.org>');
    expect(rest).toContain('"Lee, 2000" <p2000@example.org>');
    expect(notes.join()).toContain('too many');
  });

  it('adds nobody twice of a list, also in another spelling', () => {
    const { mailboxes } = readRecipients('a@b.example, A@B.example, Ann.Lee@example.org', [ANN]);
    expect(mailboxes.map(({ address }) => address)).toEqual(['a@b.example']);
  });

  it('leaves a piece of text to the field', () => {
    const page = open();
    expect(paste(page.find('#to'), 'example.org')).toBe(false);
  });

  it('keeps what can’t be a recipient in the field, and says why', async () => {
    const page = open();
    const long = `${'x'.repeat(1_200)}@example.org`;
    expect(paste(page.find('#to'), `ann.lee@example.org, ${long}`)).toBe(true);
    await settled();
    expect(page.held.recipients).toHaveLength(1);
    expect(page.held.text).toContain('xxx');
    expect(page.find('#to-notes').textContent).toMatch(/“x+…” /);
  });
});

describe('a wrong address', () => {
  it('is kept, marked and explained in its place', async () => {
    const page = open();
    await write(page.find('#to'), 'ruth@');
    await key('Enter');
    const field = page.find('#to');
    expect(chips(page)[0]).toContain('ruth@');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const notes = page.find(`#${field.getAttribute('aria-describedby') ?? 'none'}`);
    expect(notes.textContent).toContain('“ruth@” can’t be right after the @.');
  });

  it('shows the address beside a name that a page gave', () => {
    const page = open([{ name: 'Your bank', address: 'thief@example.net' }]);
    expect(chips(page)[0]).toMatch(/Your bank\s+thief@example.net/);
  });
});

describe('the keyboard', () => {
  it('goes from the field into the recipients and back', async () => {
    const page = open([ANN, MILAN]);
    page.find('#to').focus();
    await key('ArrowLeft');
    expect(document.activeElement?.textContent).toContain('Milan');
    await key('ArrowLeft');
    expect(document.activeElement?.textContent).toContain('Ann');
    await key('ArrowLeft');
    expect(document.activeElement?.textContent).toContain('Ann');
    await key('ArrowRight');
    await key('ArrowRight');
    expect(document.activeElement?.id).toBe('to');
  });

  it('needs two strokes of Backspace to remove somebody', async () => {
    const page = open([ANN, MILAN]);
    page.find('#to').focus();
    await key('Backspace');
    expect(page.held.recipients).toHaveLength(2);
    await key('Backspace');
    expect(page.held.recipients).toEqual([ANN]);
    expect(document.activeElement?.textContent).toContain('Ann');
    await key('Delete');
    expect(page.held.recipients).toEqual([]);
    expect(document.activeElement?.id).toBe('to');
  });

  it('leaves Backspace to the text that is there', async () => {
    const page = open([ANN]);
    await write(page.find('#to'), 'mil');
    expect(await key('Backspace')).toBe(false);
  });

  it('takes a recipient back into the field on Enter, with its name', async () => {
    const page = open([ANN]);
    page.find('#to').focus();
    await key('ArrowLeft');
    await key('Enter');
    expect(page.held).toEqual({ recipients: [], text: 'Ann Lee <ann.lee@example.org>' });
    expect(document.activeElement?.id).toBe('to');
  });

  it('is not needed: a recipient is removed by a click too', async () => {
    const page = open([ANN, MILAN]);
    await click(page.button('Remove Ann Lee'));
    expect(page.held.recipients).toEqual([MILAN]);
  });
});

describe('who was found on the page', () => {
  it('is offered while one types, and taken by arrow and Enter', async () => {
    const page = open([], [ANN, MILAN]);
    const field = page.find('#to');
    await write(field, 'hor');
    expect(field.getAttribute('aria-expanded')).toBe('true');
    expect(page.find('[role="listbox"]').textContent).toContain('Milan');
    await key('ArrowDown');
    const option = page.find(`#${field.getAttribute('aria-activedescendant') ?? 'none'}`);
    expect(option.getAttribute('aria-selected')).toBe('true');
    await key('Enter');
    expect(page.held).toEqual({ recipients: [MILAN], text: '' });
  });

  it('is not taken by Enter alone: what was typed counts', async () => {
    const page = open([], [ANN]);
    await write(page.find('#to'), 'ann@elsewhere.example');
    await key('Enter');
    expect(page.held.recipients).toEqual([{ name: '', address: 'ann@elsewhere.example' }]);
  });

  it('closes on Escape and opens on arrow down', async () => {
    const page = open([], [ANN]);
    const field = page.find('#to');
    await write(field, 'a');
    await key('Escape');
    expect(field.getAttribute('aria-expanded')).toBe('false');
    await key('ArrowDown');
    expect(field.getAttribute('aria-expanded')).toBe('true');
  });

  it('is taken by a click before the field gives up what was typed', async () => {
    const page = open([], [ANN]);
    await write(page.find('#to'), 'an');
    const option = page.find('[role="option"]');
    const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    option.dispatchEvent(down);
    await settled();
    expect(down.defaultPrevented).toBe(true);
    expect(page.held).toEqual({ recipients: [ANN], text: '' });
  });
});
