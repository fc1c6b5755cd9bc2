// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resultCsv } from '../../../components/merge/SaveResult.tsx';
import {
  KEPT_PLAN,
  largeMerge,
  mergeScenes,
  mergeView,
  pasteTable,
} from '../../harness/gallery/merge-scenes.ts';
import { draft, idOf, NOW } from '../../harness/gallery/sample-records.ts';
import { drawn, press } from '../../harness/gallery/scene.ts';
import { stage, type Staged } from '../../harness/gallery/stage.tsx';

let place: HTMLElement;
let staged: Staged | null = null;

beforeEach(() => {
  place = document.createElement('div');
  document.body.replaceChildren(place);
});

afterEach(async () => {
  // What was drawn last may still have to run its effects.
  await drawn();
  staged?.strike();
  staged = null;
});

async function open(name: string): Promise<Staged> {
  const scene = mergeScenes.find((one) => one.name === name);
  if (!scene) throw new Error(`no scene ${name}`);
  staged = stage(scene, place);
  await drawn();
  return staged;
}

describe('a merge that is planned', () => {
  it('shows what happens with each row before anything is sent', async () => {
    await open('written');
    await pasteTable(place);
    const rows = [...place.querySelectorAll('.merge-findings > li')].map((row) => row.textContent);
    expect(rows).toHaveLength(5);
    expect(rows.join('\n')).toMatch(/Row 2.*Goes out.*“first name” is empty/);
    expect(rows.join('\n')).toMatch(/Row 3.*Left out.*row 1, which gets the mail/);
    expect(rows.join('\n')).toMatch(/Row 4.*“town” is empty/);
    expect(rows.join('\n')).toMatch(/Row 5.*do-not-mail list/);
    expect(rows.join('\n')).toMatch(/Row 6.*can’t be an address/);
  });

  it('shows each mail as its recipient gets it', async () => {
    await open('written');
    await pasteTable(place);
    expect(place.querySelector('.merge-preview')?.textContent).toContain('Dear Ann,');
    await press(place, 'Next');
    expect(place.querySelector('.merge-preview')?.textContent).toContain('Dear neighbour,');
    expect(place.querySelector('.merge-preview')?.textContent).toContain('A fence for Brno');
  });

  it('starts with exactly those who are shown to get a mail', async () => {
    const { client } = await open('written');
    await pasteTable(place);
    await press(place, 'Send 2 mails');
    expect(client.requests('merges.start')).toEqual([
      {
        draftId: expect.any(String) as string,
        revision: expect.any(Number) as number,
        fields: ['town', 'first name'],
        recipients: [
          { name: 'Ann Lee', address: 'ann.lee@example.org', values: ['Ulm', 'Ann'] },
          { name: 'Milan Horák', address: 'm.horak@example.net', values: ['Brno', ''] },
        ],
        spread: false,
        unsubscribe: false,
        plan: expect.stringContaining('"cy at example"') as string,
      },
    ]);
  });

  it('says before it starts that an unsubscribe button takes a right, and gives the step', async () => {
    const { client } = await open('no-right-to-unsubscribe');
    client.answer({ 'accounts.grant-rung': () => ({ kind: 'cancelled' }) });
    await pasteTable(place);
    const choice = place.querySelector<HTMLInputElement>('.check input');
    expect(place.querySelector('.give-right')).toBeNull();
    choice?.click();
    await drawn();
    expect(place.querySelector('.give-right')?.textContent).toMatch(
      /From another address.*an unsubscribe button takes the right “Write drafts/,
    );
    await press(place, 'Give this right');
    expect(client.requests('accounts.grant-rung')).toEqual([{ id: idOf(1), rung: 'drafts' }]);
    choice?.click();
    await drawn();
    expect(place.querySelector('.give-right')).toBeNull();
    expect(client.requests('merges.start')).toEqual([]);
  });

  it('spreads over days only when the person says so', async () => {
    const { client } = await open('over-the-daily-limit');
    await pasteTable(place);
    await press(place, 'Send 2 mails');
    await press(place, 'Spread it over 2 days');
    expect(client.requests('merges.start').map(({ spread }) => spread)).toEqual([false, true]);
  });

  it('shows the mail whose number is typed, and the nearest there is for any other', async () => {
    await open('written');
    await pasteTable(place);
    const which = place.querySelector<HTMLInputElement>('.merge-which input');
    if (!which) throw new Error('no place to type a number');
    for (const [typed, shown] of [
      ['2', 'Milan'],
      ['1', 'Ann Lee'],
      ['99', 'Milan'],
      ['', 'Ann Lee'],
      ['-3', 'Ann Lee'],
    ] as const) {
      which.value = typed;
      which.dispatchEvent(new Event('change', { bubbles: true }));
      await drawn();
      expect(place.querySelector('.merge-preview')?.textContent).toContain(shown);
    }
    expect(which.value).toBe('1');
  });

  it('sends one to oneself first', async () => {
    const { client } = await open('written');
    await pasteTable(place);
    await press(place, 'Send this one to myself');
    expect(client.requests('merges.test')).toMatchObject([
      { recipient: { address: 'ann.lee@example.org' }, unsubscribe: false },
    ]);
  });
});

describe('a merge of which nothing has left', () => {
  it('goes back to its draft, where text, table and choices stand as they were sent', async () => {
    const { client } = await open('nothing-has-left');
    client.answer({
      'merges.back': () => {
        client.answer({
          'merges.show': () => null,
          'drafts.open': () =>
            draft({ content: { ...draft().content, text: 'Dear {{contact}}, to {{town}}' } }),
          'merges.plan': () => ({ plan: KEPT_PLAN }),
        });
        client.tell('outbox');
        return { done: true };
      },
    });
    await press(place, 'Back to the draft');
    const body = await vi.waitFor(() => {
      const field = place.querySelector<HTMLTextAreaElement>('#merge-body');
      if (!field) throw new Error('no text to correct');
      return field;
    });
    expect(client.requests('merges.back')).toEqual([{ id: idOf(200) }]);
    expect(client.requests('merges.cancel')).toEqual([]);
    expect(body.value).toContain('{{town}}');
    expect(place.textContent).toContain('The table of the merge that you took back');
    expect(place.querySelector<HTMLSelectElement>('#merge-address')?.value).toBe('3');
    expect(place.querySelector<HTMLInputElement>('.check input')?.checked).toBe(true);
    await press(place, 'Send 2 mails');
    expect(client.requests('merges.start')).toMatchObject([
      {
        recipients: [{ address: 'ann.lee@example.org' }, { address: 'm.horak@example.org' }],
        unsubscribe: true,
        spread: true,
        plan: KEPT_PLAN,
      },
    ]);
  });

  it('asks about days again when the choice of before is taken back', async () => {
    const { client } = await open('taken-back');
    const [, days] = place.querySelectorAll<HTMLInputElement>('.check input');
    expect(days?.checked).toBe(true);
    days?.click();
    await drawn();
    await press(place, 'Send 2 mails');
    expect(client.requests('merges.start')).toMatchObject([{ spread: false }]);
  });

  it('says so when it has gone on in the meantime, and what a cancel would take away', async () => {
    const { client } = await open('nothing-has-left');
    client.answer({ 'merges.back': () => ({ done: false }) });
    await press(place, 'Back to the draft');
    expect(place.textContent).toContain('it went on in the meantime');
    await press(place, 'Cancel the rest');
    expect(place.textContent).toContain('are wiped. Your text and your table go with them');
  });
});

describe('a merge that was started', () => {
  it('offers no way back to its draft once something has left', async () => {
    await open('under-way');
    expect(place.textContent).not.toContain('Back to the draft');
  });

  it('asks before it cancels, and before it sends again what may have arrived', async () => {
    const { client } = await open('under-way');
    await press(place, 'Cancel the rest');
    // What is on its way is none of them.
    expect(place.textContent).toContain('5 mails that have not gone out are wiped.');
    await press(place, 'No, keep it');
    await press(place, 'Send the unconfirmed one again');
    expect(place.textContent).toContain('some may get the same mail twice');
    expect(client.requests('merges.cancel')).toEqual([]);
    expect(client.requests('merges.decide')).toEqual([]);
  });

  it('draws of a thousand recipients no more than fit, and says of each which it is', async () => {
    await open('a-thousand');
    const rows = [...place.querySelectorAll<HTMLElement>('[data-row]')];
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('1000');
    expect(rows[0]?.textContent).toContain('Person 0');
    for (let press = 0; press < 3; press += 1) {
      const last = [...place.querySelectorAll<HTMLElement>('[data-row]')].at(-1);
      last?.querySelector('button')?.focus();
      await drawn();
      const now = [...place.querySelectorAll<HTMLElement>('[data-row]')].at(-1);
      expect(Number(now?.dataset['row'])).toBe(Number(last?.dataset['row']) + 4);
    }
  });

  it('keeps the focus on a recipient whose row moves', async () => {
    const { client } = await open('a-thousand');
    const row = place.querySelector<HTMLElement>('[data-row="2"]');
    const button = row?.querySelector('button');
    button?.focus();
    const large = largeMerge(1_000);
    client.answer({
      'merges.show': () => ({
        ...large,
        rows: large.rows.map((each, at) =>
          at === 1 ? { ...each, outcome: { kind: 'sent', sentAt: NOW } } : each,
        ),
      }),
    });
    client.tell('outbox');
    await drawn();
    expect(row?.dataset['row']).toBe('1');
    expect(document.activeElement).toBe(button);
  });

  it('puts a recipient onto the do-not-mail list', async () => {
    const { client } = await open('under-way');
    await press(place, 'Do not mail person.1@example.org again');
    expect(client.requests('suppressions.add')).toEqual([
      { addresses: ['person.1@example.org'], why: 'result' },
    ]);
  });

  it('is saved as a table that no spreadsheet runs', () => {
    const [row] = mergeView().rows;
    if (!row) throw new Error('no row');
    const csv = resultCsv(mergeView({ rows: [{ ...row, name: '=HYPERLINK("x")' }] }), NOW);
    expect(csv.split('\r\n')[1]).toMatch(/^"'=HYPERLINK\(""x""\)",person\.0@example\.org,sent,/);
  });
});
