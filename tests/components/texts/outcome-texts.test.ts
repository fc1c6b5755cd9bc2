import { describe, expect, it } from 'vitest';
import type { OutcomeText } from '../../../components/texts/outcome-text.ts';
import {
  clientTestText,
  codeText,
  healthText,
  linkText,
  mailStateText,
  MAY_NOT_SEND,
  queueText,
  revokeText,
  saveText,
  unreadableText,
} from '../../../components/texts/outcome-texts.ts';
import type { MailState } from '../../../utils/messaging/messaging.ts';
import {
  accountView,
  clientTestOutcome,
  linkOutcome,
  revokeResult,
} from '../../../utils/messaging/account-views.ts';
import { mailView, queueOutcome, saveOutcome } from '../../../utils/messaging/mail-views.ts';
import { account, NOW } from '../../harness/gallery/sample-records.ts';
import { everyOutcome } from './every-outcome.ts';

const SAMPLES = {
  account: account(1),
  address: 'ann@example.org',
  host: 'gmail.googleapis.com',
  code: 'some_code',
  detail: 'The provider’s own words',
  consentPage: 'https://example.com/consent',
  problems: ['to: bad-address'],
};

/** Texts that end a matter: nothing is at stake and nothing has to be done. */
const WITHOUT_NEXT = new Set([
  'saved',
  'queued',
  'already-queued',
  'works',
  'sending',
  'retry',
  'sent',
  'revoked',
]);

function expectText(text: OutcomeText, outcome: { kind: string }): void {
  const told = JSON.stringify(outcome);
  expect(text.happened, told).toMatch(/\S/);
  for (const part of [text.happened, text.kept, text.next]) {
    expect(part, told).not.toMatch(/undefined|null|NaN|\[object| \| /);
  }
}

describe('every outcome that the worker can answer', () => {
  const cases = [
    ['linking', everyOutcome(linkOutcome(), SAMPLES), linkText],
    ['revoking', everyOutcome(revokeResult(), SAMPLES), revokeText],
    ['testing a client', everyOutcome(clientTestOutcome(), SAMPLES), clientTestText],
    ['queueing', everyOutcome(queueOutcome(), SAMPLES), queueText],
    ['saving', everyOutcome(saveOutcome(), SAMPLES), saveText],
    ['an account’s health', everyOutcome(accountView().shape.health, SAMPLES), healthText],
    [
      'a mail’s state',
      everyOutcome(mailView().shape.state, SAMPLES),
      (state: MailState) => mailStateText(state, NOW),
    ],
  ] as const;

  it.each(cases)('has a text: %s', (_name, outcomes, textOf) => {
    expect(outcomes.length).toBeGreaterThan(1);
    for (const outcome of outcomes)
      expectText((textOf as (o: unknown) => OutcomeText)(outcome), outcome);
  });

  it.each(cases)('says what to do where something went wrong: %s', (_name, outcomes, textOf) => {
    for (const outcome of outcomes) {
      if (WITHOUT_NEXT.has(outcome.kind)) continue;
      if (outcome.kind === 'draft' && 'reason' in outcome && outcome.reason === null) continue;
      if (outcome.kind === 'linked' && 'canSend' in outcome && outcome.canSend) continue;
      const text = (textOf as (o: unknown) => OutcomeText)(outcome);
      expect(text.kept, JSON.stringify(outcome)).toMatch(/\S/);
      expect(text.next, JSON.stringify(outcome)).toMatch(/\S/);
    }
  });

  it('names the state of an account that may not send', () => {
    expectText(MAY_NOT_SEND, { kind: 'may-not-send' });
    expect(MAY_NOT_SEND.next).toContain('tick');
  });

  it('names a mail that can’t be opened, with its code', () => {
    expect(unreadableText('wrong-key').next).toContain('wrong-key');
  });
});

describe('codes of providers', () => {
  it('shows the provider’s own words where we have none', () => {
    expect(codeText({ code: 'never_heard_of', detail: 'Daily quota' })).toContain('Daily quota');
  });
  it('says that no reason was given rather than nothing', () => {
    expect(codeText({ code: 'never_heard_of', detail: '' })).toContain('no reason');
  });
  it('does not take names of object members for codes', () => {
    expect(codeText({ code: 'constructor', detail: 'x' })).toBe('The provider says: “x”');
  });
  it('keeps a provider’s bar out of the parts of a text', () => {
    const text = linkText({ kind: 'refused', code: 'odd', detail: 'a | b | c' });
    expect(text.happened).toContain('a | b | c');
    expect(text.kept).toBe('Nothing was stored.');
  });
});
