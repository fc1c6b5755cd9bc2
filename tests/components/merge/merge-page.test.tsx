// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultCsv } from '../../../components/merge/SaveResult.tsx';
import { mergeScenes, mergeView, pasteTable } from '../../harness/gallery/merge-scenes.ts';
import { NOW } from '../../harness/gallery/sample-records.ts';
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
      },
    ]);
  });

  it('spreads over days only when the person says so', async () => {
    const { client } = await open('over-the-daily-limit');
    await pasteTable(place);
    await press(place, 'Send 2 mails');
    await press(place, 'Spread it over 2 days');
    expect(client.requests('merges.start').map(({ spread }) => spread)).toEqual([false, true]);
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

describe('a merge that was started', () => {
  it('asks before it cancels, and before it sends again what may have arrived', async () => {
    const { client } = await open('under-way');
    await press(place, 'Cancel the rest');
    await press(place, 'No, keep it');
    await press(place, 'Send the 1 unconfirmed again');
    expect(place.textContent).toContain('some may get the same mail twice');
    expect(client.requests('merges.cancel')).toEqual([]);
    expect(client.requests('merges.decide')).toEqual([]);
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
