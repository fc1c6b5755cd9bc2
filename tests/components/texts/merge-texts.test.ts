import { describe, expect, it } from 'vitest';
import {
  leftOutText,
  mergeStartText,
  NO_PIXEL,
  onDoNotMailListText,
  readTableText,
  rowOutcomeText,
  suppressionText,
} from '../../../components/texts/merge-texts.ts';
import { mergeProgressText } from '../../../components/texts/merge-progress.ts';
import { wholeText } from '../../../components/texts/outcome-text.ts';
import {
  mergeStart,
  rowOutcome,
  suppressionOutcome,
} from '../../../utils/messaging/merge-views.ts';
import { mergeView } from '../../harness/gallery/merge-scenes.ts';
import { everyOutcome } from './every-outcome.ts';

const SAMPLES = {
  code: 'invalidArgument',
  detail: 'Invalid To header',
  host: 'gmail.googleapis.com',
  rows: [{ row: 4, problem: 'to: control-character' }],
  addresses: ['Ann@example.org'],
};

const told = (text: string): void => {
  expect(text).toMatch(/^[A-Z“\d].{8,}[.:?]$/su);
  expect(text).not.toMatch(/undefined|null|NaN|\[object| \| /);
};

describe('what a person is told of a merge', () => {
  it('has words for every end of a start, and says that nothing was sent where nothing was', () => {
    for (const outcome of everyOutcome(mergeStart(), SAMPLES)) {
      const text = wholeText(mergeStartText(outcome));
      told(text);
      if (outcome.kind === 'started' || outcome.kind === 'already-started') continue;
      expect(text, outcome.kind).toContain('Nothing was sent');
    }
  });

  it('has words for what became of each recipient', () => {
    for (const outcome of everyOutcome(rowOutcome(), SAMPLES)) {
      const text = rowOutcomeText(outcome, 2_000);
      told(wholeText(text));
      expect(text.word).toMatch(/\S/);
    }
  });

  it('has words for the do-not-mail list', () => {
    for (const outcome of everyOutcome(suppressionOutcome(), SAMPLES)) {
      told(wholeText(suppressionText(outcome)));
    }
    told(onDoNotMailListText(['Ann@example.org']));
    told(onDoNotMailListText(['Ann@example.org', 'b@example.org']));
  });

  it('says for each row that is left out why', () => {
    for (const why of [
      { kind: 'no-address' },
      { kind: 'invalid-address' },
      { kind: 'several-addresses' },
      { kind: 'duplicate', firstRow: 1 },
      { kind: 'do-not-mail' },
      { kind: 'missing-fields', fields: ['town'] },
      { kind: 'control-character', field: 'town' },
    ] as const) {
      told(leftOutText(why));
    }
  });

  it('says what is wrong with a table', () => {
    for (const trouble of [
      { kind: 'empty' },
      { kind: 'too-many-rows', count: 10_001, limit: 10_000 },
      { kind: 'too-many-columns', count: 101, limit: 100 },
      { kind: 'too-long', limit: 5_000_000 },
      { kind: 'cell-too-long', row: 3, limit: 10_000 },
    ] as const) {
      told(readTableText({ kind: 'trouble', trouble }));
    }
    told(readTableText({ kind: 'too-large', limitBytes: 10_000_000 }));
  });

  it('promises that nobody learns who opened a mail', () => {
    expect(NO_PIXEL).toContain('no tracking pixel');
  });
});

describe('how far a merge is', () => {
  const NOTHING = { sent: 0, waiting: 3, unconfirmed: 0, rejected: 0, needsYou: 0, notSent: 0 };
  const merge = mergeView({ total: 3, counts: NOTHING, nextAt: 10_000, lastAt: 10_000 });
  it('says that nothing has left for as long as that is so', () => {
    expect(mergeProgressText(merge, 0)).toContain('Nothing has left yet.');
  });
  it('does not say so once its time has come, or when a mail of it was sent', () => {
    expect(mergeProgressText(merge, 10_000)).not.toContain('Nothing has left');
    const begun = { ...merge, counts: { ...NOTHING, sent: 1, waiting: 2 } };
    expect(mergeProgressText(begun, 0)).not.toContain('Nothing has left');
  });
});
